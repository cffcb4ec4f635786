"""The second reader: tomlkit reads every report as the program does, or the difference is reported."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.commands import reduce
from nianbao.files.report import second_reader
from nianbao.files.report.report_file import read_report
from nianbao.files.report.second_reader import MAX_BYTES, SecondReading, second_reading
from nianbao.files.report.serialize import report_bytes
from strategies import commands, reports

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.toml"))
CITY = next(path for path in EXAMPLES if path.name == "city-2024.toml")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_the_second_reader_agrees_on_every_example(path: Path, mark: bytes, end: bytes) -> None:
    assert second_reading(mark + path.read_bytes().replace(b"\n", end)) is SecondReading.AGREES


@given(reports(), st.data())
def test_the_second_reader_agrees_on_any_report_new_or_edited(report: object, data: st.DataObject) -> None:
    source = read_report(report_bytes(report))  # type: ignore[arg-type] # the strategy's type
    assert second_reading(report_bytes(source.report)) is SecondReading.AGREES
    assert second_reading(report_bytes(reduce(source.report, data.draw(commands(source.report))), source)) is SecondReading.AGREES


@pytest.mark.parametrize(
    "lines",
    [
        "own = [1.50, -0.0, 1e3, inf, nan, 1_000.5, 0x1F, true]",
        "own = {a.b = 1, c = [{}, {d = 2024-01-01}]}",
        "at = 2024-01-01T08:00:00+08:00\nclock = 07:32:00.5\nlocal = 1979-05-27T07:32:00",
        "[[own]]\na = 1\n[[own]]\na = 2",
        "\"“引号”\" = 'C:\\路径'\n'' = '''\n  三行\n'''",
        "long = 1.00000000000000000000000000000000000000000000000000000000001",
    ],
)
def test_the_second_reader_agrees_on_keys_of_the_users_own(lines: str) -> None:
    assert second_reading(f"{CITY.read_text(encoding='utf-8')}\n[own_keys]\n{lines}\n".encode()) is SecondReading.AGREES


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("year = 2024", "year = 2023"),
        ("year = 2024", "year = 2024.0"),
        ("format = 1", "format = true"),
        ('text = """\n', 'text = """\n又'),
        ("agency", "agancy"),
    ],
)
def test_another_key_or_value_differs(monkeypatch: pytest.MonkeyPatch, before: str, after: str) -> None:
    parse = tomlkit.parse
    monkeypatch.setattr(tomlkit, "parse", lambda text: parse(text.replace(before, after, 1)))
    assert second_reading(CITY.read_bytes()) is SecondReading.DIFFERS


def test_another_number_of_digits_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = tomlkit.parse
    monkeypatch.setattr(tomlkit, "parse", lambda text: parse(text.replace("1.50", "1.5")))
    assert second_reading(b"own = 1.50\n") is SecondReading.DIFFERS


@pytest.mark.parametrize("error", [ValueError, RecursionError, IndexError, MemoryError])
def test_whatever_it_raises_is_a_refusal(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def refuse(_text: str) -> None:
        raise error

    monkeypatch.setattr(tomlkit, "parse", refuse)
    assert second_reading(CITY.read_bytes()) is SecondReading.REFUSED


def test_without_tomlkit_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomlkit", None)
    assert second_reading(CITY.read_bytes()) is SecondReading.NOT_READ


def test_a_very_long_file_is_not_read_twice() -> None:
    assert second_reading(CITY.read_bytes() + b"#" * MAX_BYTES) is SecondReading.NOT_READ


def test_where_no_thread_can_start_the_save_loads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refused)
    monkeypatch.delitem(sys.modules, "tomlkit")
    second_reader.load_in_background()
    assert "tomlkit" not in sys.modules
    assert second_reading(CITY.read_bytes()) is SecondReading.AGREES
