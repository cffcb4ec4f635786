"""Copied paragraphs are found across scripts, years and agencies, and what every report says is no copy."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from example_counts import examples
from hypothesis import assume, given
from hypothesis import strategies as st
from nianbao.cli.formats.similar_passages import aligned
from nianbao.cli.main import main
from nianbao.cli.similar.index import HashedIndex, index_for
from nianbao.core.chinese.width import text_width
from nianbao.core.ids import SectionId
from nianbao.core.report import Header, Report, blank_report
from nianbao.core.similarity.overlap import SmallIndex, likeness, overlaps, percent, shares, similarity
from nianbao.core.similarity.passages import LEAST, Passage, passages, substance
from nianbao.files.report.new_document import new_document
from nianbao.templates import load_edition
from requirements import SHARED, needs_shared

EDITION = load_edition("2021")
OWN = (
    "一些科室答复前没有同申请人通话，只寄一张格式答复书，群众看了仍不明白该去哪里找材料。",
    "解读都由办公室代写，起草文件的科室不参加，写出来的问答离办事的人想知道的还差一步。",
    "栏目换过两次名称，旧链接没有转过来，从搜索引擎进来的人常常看到一张空白的页面。",
    "明年把答复书分成五种写法，每一种都附上办事窗口的地图，由法规科在寄出之前逐件通读。",
    "请窗口同事轮流参加解读的讨论，把一周里被问得最多的十句话写进问答，每个季度换一批。",
)
STANDARD = (
    "本报告根据《中华人民共和国政府信息公开条例》和国务院办公厅规定的格式编制，由总体情况、主动公开政府信息情况等六个部分组成。",
    "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。",
    "本年度没有其他需要报告的事项。",
    "按照《政府信息公开信息处理费管理办法》，本年度没有发出收费通知，没有收取信息处理费，总金额为零元。",
    "本机关本年度未收到政府信息公开申请，没有因政府信息公开引起的行政复议和行政诉讼。",
    "全年新收申请 13 件，上年结转 2 件，予以公开 6 件，部分公开 1 件，不予公开 1 件，无法提供 4 件，不予处理 1 件。",
    "如对本报告有疑问，请与本机关办公室联系，联系电话见网站首页。",
)


def report(texts: dict[str, str], agency: str = "示例市园林局", year: int = 2024) -> Report:
    made = blank_report(EDITION, Header(agency=agency, kind="department", year=year))
    for section, text in texts.items():
        made = made.with_text(SectionId(section), text)
    return made


def compared(*reports: Report, least: float = 0.8) -> dict[tuple[int, int], dict[str, float]]:
    """Pairs of reports with the share of each section that they have in common."""
    found = [tuple(passages(one)) for one in reports]
    return {
        (overlap.one, overlap.other): {section: share for section, share in shares(found[overlap.one], overlap.matches).items() if share}
        for overlap in overlaps(found, SmallIndex(), least)
    }


TO_TRADITIONAL = str.maketrans("见没请书办写从来参会轮种图换链转过个页张", "見沒請書辦寫從來參會輪種圖換鏈轉過個頁張")


def test_a_paragraph_is_found_in_the_other_script_year_and_section() -> None:
    one = report({"problems": OWN[0] + "\n" + OWN[1]})
    other = report({"overview": OWN[2] + "\n" + OWN[0].translate(TO_TRADITIONAL)}, "样例县水务局", 2019)
    assert OWN[0].translate(TO_TRADITIONAL) != OWN[0]
    assert set(compared(one, other)) == {(0, 1)}
    assert 0.4 < compared(one, other)[0, 1]["problems"] < 0.6


@pytest.mark.parametrize("sentence", STANDARD)
def test_what_every_report_says_is_no_copy(sentence: str) -> None:
    assert substance(sentence) == ""
    assert compared(report({"other": sentence}), report({"other": sentence}, "样例县水务局")) == {}


@pytest.mark.parametrize("sentence", OWN)
def test_own_words_count_whole(sentence: str) -> None:
    assert len(substance(sentence)) >= len(sentence) - sentence.count("，") - sentence.count("、") - 1 - 8
    assert compared(report({"problems": sentence}), report({"problems": sentence}, "样例县水务局"))[0, 1]["problems"] == 1


def test_figures_years_and_the_agencys_own_name_make_no_difference() -> None:
    one = report({"overview": f"示例市园林局在2024年做了这些事：{OWN[3]}共答复 13 件。"}, year=2024)
    other = report({"overview": f"样例县水务局在2019年做了这些事：{OWN[3]}共答复 217 件。"}, "样例县水务局", 2019)
    assert compared(one, other)[0, 1]["overview"] == 1


def test_short_paragraphs_may_be_alike_by_chance() -> None:
    assert (
        compared(report({"overview": "加强组织领导，完善制度。"}), report({"overview": "加强组织领导，完善制度。"}, "样例县水务局")) == {}
    )


def test_a_section_broken_into_other_paragraphs_is_still_the_section() -> None:
    one = report({"problems": "\n".join(OWN)})
    other = report({"problems": OWN[0] + OWN[1][:20] + "\n" + OWN[1][20:] + OWN[2] + "\n" + OWN[3] + OWN[4]}, "样例县水务局")
    assert compared(one, other)[0, 1]["problems"] == 1


def test_many_reports_with_one_paragraph_are_all_named() -> None:
    reports = [report({"problems": OWN[0]}, f"示例市第{number}局") for number in range(60)]
    found = compared(*reports)
    assert {0} == {one for one, _ in found}
    assert {other for _, other in found} == set(range(1, 60))


def test_with_reports_to_compare_against_the_given_ones_are_not_compared_with_each_other() -> None:
    found = [tuple(passages(report({"problems": OWN[0]}, f"示例市第{number}局"))) for number in range(4)]
    pairs = {(overlap.one, overlap.other) for overlap in overlaps(found, SmallIndex(), 0.8, against=2)}
    assert pairs == {(0, 2), (0, 3), (1, 2), (1, 3)}


texts = st.text(st.sampled_from("公开信息工作制度答复申请群众网站平台"), min_size=LEAST, max_size=80)


@given(texts, texts)
def test_similarity_is_the_same_both_ways_and_never_less_than_difflibs_common_runs_allow(one: str, other: str) -> None:
    found = similarity(one, other)
    assert found == similarity(other, one)
    assert 0 <= found <= 1
    assert (found == 1) == (one == other)
    assert (percent(found) == 100) == (one == other)


@examples(50)
@given(texts, st.integers(0, 79), st.integers(1, 4), st.text("甲乙丙丁", max_size=4))
def test_one_changed_place_costs_what_it_is_long(text: str, at: int, length: int, put: str) -> None:
    changed = text[:at] + put + text[at + length :]
    assume(changed)
    longest = len(text[:at]) + len(text[at + length :])
    assert similarity(text, changed) >= 2 * longest / (len(text) + len(changed)) - 1e-9
    assert likeness(text, changed, 0.9) in (0.0, similarity(text, changed))


def planted(count: int, share: float, seed: int) -> tuple[list[tuple[Passage, ...]], set[tuple[int, int]]]:
    """Reports of words put together by chance, every fifth with a paragraph of the one before, changed in a share of its characters."""
    rng = random.Random(seed)  # noqa: S311 - reports, not secrets
    letters = [chr(0x4E00 + number) for number in range(0, 9000, 13)]
    reports: list[tuple[Passage, ...]] = []
    copies: set[tuple[int, int]] = set()
    before = ""
    for number in range(count):
        text = "".join(rng.choices(letters, k=150))
        if number % 5 == 4:
            changed = list(before)
            for at in rng.sample(range(len(changed)), int(len(changed) * share)):
                changed[at] = rng.choice(letters)
            text = "".join(changed)
            copies.add((number - 1, number))
        before = text
        reports.append(tuple(Passage(SectionId("problems"), 0, len(text), text, whole=whole) for whole in (False, True)))
    return reports, copies


@pytest.mark.parametrize(("share", "least"), [(0.0, 1.0), (0.03, 0.99), (0.06, 0.95)])
@pytest.mark.parametrize("kind", [SmallIndex, HashedIndex])
def test_planted_copies_and_nothing_else_are_found(kind: type[SmallIndex | HashedIndex], share: float, least: float) -> None:
    reports, copies = planted(400, share, 7)
    found = {(overlap.one, overlap.other) for overlap in overlaps(reports, kind(), 0.8)}
    assert found <= copies
    assert len(found) >= least * len(copies)


def test_the_index_follows_the_number_of_passages() -> None:
    assert isinstance(index_for(100)[0], SmallIndex)
    assert isinstance(index_for(100_000)[0], HashedIndex)


@given(st.text("公开信息資訊网站 ，。“”《》ab12\u3000", max_size=40), st.text("公开信息資訊网站 ，。“”《》ab12\u3000", max_size=40))
def test_both_texts_stand_whole_in_their_columns(left: str, right: str) -> None:
    pieces = aligned(left, right)
    assert "".join(one for one, _ in pieces) == left
    assert "".join(other for _, other in pieces) == right


class Outcome(NamedTuple):
    code: int
    out: str
    err: str


class Folder:
    """A folder of reports and the command line over it."""

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
