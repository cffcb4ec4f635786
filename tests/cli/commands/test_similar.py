"""`similar`: copied passages between reports, with severity and position."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from nianbao.cli.main import main
from nianbao.core.chinese.width import text_width
from nianbao.core.report import Report
from nianbao.files.report.new_document import new_document
from repository import SHARED, needs_shared
from rule_check import EDITION
from similar_reports import OWN, STANDARD, report


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Folder:
    """A directory of reports, and `similar` run on it."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self.capsys = capsys

    def write(self, name: str, made: Report) -> str:
        path = self.path / name
        path.write_text(new_document(made), encoding="utf-8")
        return str(path)

    def similar(self, *arguments: str) -> Outcome:
        self.capsys.readouterr()
        code = main(["similar", *arguments])
        return Outcome(code, *self.capsys.readouterr())


@pytest.fixture
def folder(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr("nianbao.cli.main.prepare_streams", lambda: None)
    return Folder(tmp_path, capsys)


def test_a_copied_section_is_an_error_and_stands_side_by_side(folder: Folder) -> None:
    one = folder.write("a.toml", report({"problems": "\n".join(OWN)}))
    other = folder.write("b.toml", report({"problems": "\n".join(OWN).replace("五种", "六种")}, "样例县水务局", 2019))
    outcome = folder.similar(one, other)
    assert outcome.code == 1
    assert "错误 C62  五、存在的主要问题及改进情况：99% 相同，整个部分雷同" in outcome.out
    row = next(line for line in outcome.out.splitlines() if "五种" in line)
    left, right = row.split(" | ")
    assert left.strip().replace("五种", "六种") == right.strip()
    assert all(text_width(line) <= 80 for line in outcome.out.splitlines() if " | " in line)
    assert "1 对有雷同，其中 1 对有整个部分雷同" in outcome.err
    brief = folder.similar(one, other, "--brief")
    assert "|" not in brief.out
    assert brief.out in outcome.out.replace("\n\n", "\n") + "\n" or brief.out.splitlines()[:3] == outcome.out.splitlines()[:3]


def test_one_paragraph_is_a_warning_with_lines_and_words_in_json(folder: Folder) -> None:
    one = folder.write("a.toml", report({"problems": f"{OWN[0]}\n{OWN[1]}\n{OWN[2]}"}))
    other = folder.write("b.toml", report({"problems": f"{OWN[3]}\n{OWN[4]}\n{OWN[1]}"}, year=2023))
    outcome = folder.similar(one, other, "--format", "json")
    assert outcome.code == 0
    document = json.loads(outcome.out)
    assert document["files"][0] == {"path": one, "edition": "2021", "agency": "示例市园林局", "year": 2024}
    assert document["summary"] == {"files": 2, "pairs": 1, "errors": 0}
    pair = document["pairs"][0]
    assert (pair["code"], pair["severity"], pair["path"], pair["other"]) == ("C45", "warning", one, other)
    assert [(entry["section"], entry["copied"]) for entry in pair["sections"]] == [("problems", False)]
    assert 0.2 < pair["sections"][0]["share"] < 0.5
    passage = pair["passages"][0]
    assert (passage["text"], passage["other_text"], passage["similarity"]) == (OWN[1], OWN[1], 1.0)
    assert Path(one).read_text(encoding="utf-8").splitlines()[passage["line"] - 1] == OWN[1]
    assert Path(other).read_text(encoding="utf-8").splitlines()[passage["other_line"] - 1] == OWN[1] + '"""'
    assert folder.similar(one, other, "--fail-on", "warning").code == 1
    assert folder.similar(one, other, "--fail-on", "never").code == 0


def test_a_higher_threshold_asks_for_more(folder: Folder) -> None:
    half = OWN[0][:20] + "换成了另外一些话，写法也不一样。"
    one, other = folder.write("a.toml", report({"problems": OWN[0]})), folder.write("b.toml", report({"problems": half}, "样例县水务局"))
    assert "没有发现雷同的段落" in folder.similar(one, other).err
    assert json.loads(folder.similar(one, other, "--threshold", "0.5", "--format", "json").out)["pairs"]


def test_plain_text_and_a_folder_are_taken_too(folder: Folder) -> None:
    folder.write("a.toml", report({"problems": "\n".join(OWN)}))
    headings = "\n".join(f"{section.title}\n{'，'.join(OWN) if section.id == 'problems' else '见附表。'}" for section in EDITION.sections)
    (folder.path / "b.txt").write_text(f"样例县水务局2019年政府信息公开工作年度报告\n{headings}\n", encoding="utf-8")
    (folder.path / "nianbao.toml").write_text("[rules]\n", encoding="utf-8")
    document = json.loads(folder.similar(str(folder.path), "--format", "json").out)
    assert [Path(file["path"]).name for file in document["files"]] == ["a.toml", "b.txt"]
    assert document["pairs"][0]["severity"] == "error"
    assert document["pairs"][0]["sections"][0]["section"] == "problems"


def test_the_order_of_pairs_is_gravity_then_the_order_given_and_always_the_same(folder: Folder) -> None:
    names = [
        folder.write(f"{number}.toml", report({"problems": f"{OWN[number % 3]}\n{OWN[3]}\n{OWN[4]}"}, f"示例市第{number}局"))
        for number in range(6)
    ]
    outcome = folder.similar(*names, "--format", "json")
    pairs = [(pair["severity"], pair["path"], pair["other"]) for pair in json.loads(outcome.out)["pairs"]]
    assert pairs == sorted(pairs)
    assert len(pairs) == 15
    assert sum(severity == "error" for severity, _, _ in pairs) == 3
    assert folder.similar(*names, "--format", "json").out == outcome.out


def test_only_the_given_reports_are_compared_with_those_against(folder: Folder) -> None:
    names = [folder.write(f"{number}.toml", report({"problems": OWN[0]}, f"示例市第{number}局")) for number in range(4)]
    outcome = folder.similar(names[3], "--against", names[0], "--against", names[1], "--format", "json")
    assert [(pair["path"], pair["other"]) for pair in json.loads(outcome.out)["pairs"]] == [(names[3], names[0]), (names[3], names[1])]


def test_a_policy_weighs_and_switches_off(folder: Folder) -> None:
    one = folder.write("a.toml", report({"problems": OWN[0]}))
    other = folder.write("b.toml", report({"problems": OWN[0]}, "样例县水务局"))
    policy = folder.path / "other.toml"
    policy.write_text('[rules]\nC62 = "error"\n', encoding="utf-8")
    assert folder.similar(one, other).code == 0
    assert folder.similar(one, other, "--policy", str(policy)).code == 1
    policy.write_text('[rules]\nC62 = "off"\n', encoding="utf-8")
    assert json.loads(folder.similar(one, other, "--policy", str(policy), "--format", "json").out)["pairs"] == []


def test_a_policy_beside_the_reports_switches_nothing_off_and_a_broken_one_is_told_of(folder: Folder) -> None:
    one = folder.write("a.toml", report({"problems": OWN[0]}))
    other = folder.write("b.toml", report({"problems": OWN[0]}, "样例县水务局"))
    found = folder.path / "nianbao.toml"
    found.write_text('[rules]\nC62 = "off"\n', encoding="utf-8")
    assert len(json.loads(folder.similar(one, other, "--format", "json").out)["pairs"]) == 1
    found.write_text('[rules]\nC62 = "of"\n', encoding="utf-8")
    outcome = folder.similar(one, other, "--format", "json")
    assert outcome.code == 1
    assert f"{found}:2:" in outcome.err
    assert len(json.loads(outcome.out)["pairs"]) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["one.toml"], ["--threshold", "0.2", "x", "y"], ["--width", "10", "x", "y"], ["--format", "xml", "x", "y"]]
)
def test_what_cannot_be_compared_is_usage(folder: Folder, arguments: list[str]) -> None:
    outcome = folder.similar(*arguments)
    assert outcome.code == 2
    assert outcome.err


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_compared(folder: Folder) -> None:
    one = folder.write("a.toml", report({"problems": OWN[0]}))
    other = folder.write("b.toml", report({"problems": OWN[0]}, "样例县水务局"))
    outcome = folder.similar(one, str(folder.path / "nothing.toml"), other, "--format", "json")
    assert outcome.code == 2
    assert "nothing.toml：" in outcome.err
    assert len(json.loads(outcome.out)["pairs"]) == 1


def test_a_report_without_words_of_its_own_is_named_and_no_fault(folder: Folder) -> None:
    one = folder.write("a.toml", report({"problems": OWN[0]}))
    other = folder.write("b.toml", report({"other": STANDARD[2]}, "样例县水务局"))
    outcome = folder.similar(one, other)
    assert outcome.code == 0
    assert "b.toml：没有自己的文字可以比较" in outcome.err


def test_hostile_names_and_words_reach_no_terminal(folder: Folder) -> None:
    hostile = report({"problems": OWN[0] + "\u202e\u200b"}, "\u009b31m局")
    one, other = folder.write("a.toml", hostile), folder.write("b.toml", replace(hostile))
    outcome = folder.similar(one, other)
    assert not {"\u202e", "\u200b", "\u009b"} & set(outcome.out + outcome.err)


@needs_shared
def test_section_five_of_the_fifth_seed_is_the_third_ones(folder: Folder) -> None:
    seeds = [str(path) for path in sorted((SHARED / "seeds").glob("*.txt"))]
    document = json.loads(folder.similar(*seeds, "--format", "json").out)
    assert len(document["pairs"]) == 1
    pair = document["pairs"][0]
    assert (Path(pair["path"]).name[:3], Path(pair["other"]).name[:3]) == ("002", "004")
    assert (pair["code"], pair["severity"]) == ("C62", "error")
    assert [(entry["section"], round(entry["share"], 2)) for entry in pair["sections"]] == [("problems", 0.96)]
    assert len(pair["passages"]) == 6
