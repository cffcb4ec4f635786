"""Copied passages side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from nianbao.cli.formats.similar_passages import aligned


@given(st.text("公开信息資訊网站 ，。“”《》ab12\u3000", max_size=40), st.text("公开信息資訊网站 ，。“”《》ab12\u3000", max_size=40))
def test_both_texts_stand_whole_in_their_columns(left: str, right: str) -> None:
    pieces = aligned(left, right)
    assert "".join(one for one, _ in pieces) == left
    assert "".join(other for _, other in pieces) == right
