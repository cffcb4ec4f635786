"""Messages about a successful save that the second reader could not confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...files.saving.atomic_save import SaveNote

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SECOND_READER: Final[Mapping[SaveNote, str]] = {
    SaveNote.SECOND_READER_REFUSED: "{name} 已经写好，读回来与报告一致；但另一个程序（tomlkit）读不了这个文件，别的软件可能也读不了。"
    "请看看文件里有没有少见的写法。",
    SaveNote.SECOND_READER_DIFFERS: "{name} 已经写好，读回来与报告一致；但另一个程序（tomlkit）从文件里读出的内容不同，其中必有一个读错了。"
    "发布前请打开文件逐项核对，并留好备份。",
}


def second_reader_words(name: str, notes: Collection[SaveNote]) -> list[str]:
    """Return the messages for a saved file that the second reader rejected or read differently; empty if it confirmed the file."""
    return [sentence.format(name=name) for note, sentence in SECOND_READER.items() if note in notes]
