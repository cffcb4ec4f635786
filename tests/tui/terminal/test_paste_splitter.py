"""Separating pastes from keys, however the input is split into reads."""

from __future__ import annotations

from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from nianbao.tui.terminal.paste_splitter import BEGIN, END, Pasted, PasteSplitter

KEYS = st.text(st.sampled_from("a中1。"), max_size=4) | st.sampled_from(["\x1b[A", "\x1bOP", "\x1b[15~"])
PASTES = st.text(st.sampled_from("a中\n\t\x1b[31m2~0"), max_size=12).filter(lambda text: END not in text + END[:-1])


@examples(200)
@given(st.lists(st.tuples(KEYS, PASTES), max_size=4), st.lists(st.integers(1, 7), max_size=60))
def test_pastes_and_keys_come_out_in_order_however_they_are_cut(parts: list[tuple[str, str]], cuts: list[int]) -> None:
    stream = "".join(f"{keys}{BEGIN}{paste}{END}" for keys, paste in parts)
    splitter = PasteSplitter()
    found: list[str | Pasted] = []
    for cut in [*cuts, len(stream)]:
        piece, stream = stream[:cut], stream[cut:]
        found += splitter.feed(piece)
    assert [part.text for part in found if isinstance(part, Pasted)] == [paste for _, paste in parts]
    assert "".join(part for part in found if isinstance(part, str)) + splitter.release() == "".join(keys for keys, _ in parts)


def test_an_escape_key_is_let_go_when_nothing_follows() -> None:
    splitter = PasteSplitter()
    assert list(splitter.feed("\x1b")) == []
    assert splitter.release() == "\x1b"
    assert splitter.release() == ""
