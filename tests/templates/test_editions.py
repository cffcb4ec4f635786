"""The official editions agree with the form, and errors in an edition's file are reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from nianbao.cli.main import MODULES, main
from nianbao.core.edition import CellKind, Edition
from nianbao.core.ids import parse_address
from nianbao.core.totals import total_equations
from nianbao.templates import UnknownEditionError, edition_for_year, edition_ids, load_edition
from nianbao.templates.data_files import HERE, read_node
from nianbao.templates.editions import build_edition
from nianbao.templates.validate_edition import require_valid_edition
from repository import EXAMPLES

REQUEST_ROWS_2021 = [
    "new_received",
    "carried_over",
    "granted",
    "partly_granted",
    "refused_state_secret",
    "refused_by_law",
    "refused_security",
    "refused_third_party",
    "refused_internal_affairs",
    "refused_process_information",
    "refused_enforcement_file",
    "refused_administrative_query",
    "unavailable_not_held",
    "unavailable_needs_creation",
    "unavailable_unclear",
    "rejected_complaint",
    "rejected_repeated",
    "rejected_publication",
    "rejected_excessive",
    "rejected_confirmation",
    "other_overdue_clarification",
    "other_overdue_fee",
    "other_reasons",
    "total",
    "carried_forward",
]
REQUEST_COLUMNS = ["natural_person", "enterprise", "research", "public_interest", "legal_service", "other", "total"]


def rows_of(edition: Edition, section: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for address in edition.addresses:
        if address.section == section:
            found.setdefault(address.row, []).append(address.column)
    return found


@pytest.mark.parametrize(
    ("year", "edition"), [(2008, "2008"), (2018, "2008"), (2019, "2019"), (2020, "2019"), (2021, "2021"), (2024, "2021"), (2031, "2021")]
)
def test_the_year_decides_the_edition(year: int, edition: str) -> None:
    assert edition_for_year(year).id == edition


def test_no_edition_is_older_than_the_regulation() -> None:
    with pytest.raises(UnknownEditionError):
        edition_for_year(2007)


def test_the_editions_in_force_are_known() -> None:
    assert edition_ids() == ("2008", "2019", "2021")


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_an_edition_has_the_six_sections_in_order(edition: str) -> None:
    sections = load_edition(edition).sections
    assert [section.id for section in sections] == ["overview", "disclosure", "requests", "review", "problems", "other"]
    assert [section.title for section in sections] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_table_2_of_the_2021_form_has_its_rows_and_columns() -> None:
    rows = rows_of(load_edition("2021"), "disclosure")
    documents = ["issued", "repealed", "in_force"]
    assert rows == {
        "regulations": documents,
        "normative_documents": documents,
        "licences": ["decisions"],
        "penalties": ["decisions"],
        "coercion": ["decisions"],
        "fees": ["amount"],
    }


def test_table_2_of_the_2019_form_has_its_rows_and_columns() -> None:
    items = ["previous_items", "change", "decisions"]
    documents = ["made", "published", "total_public"]
    assert rows_of(load_edition("2019"), "disclosure") == {
        "regulations": documents,
        "normative_documents": documents,
        "licences": items,
        "other_services": items,
        "penalties": items,
        "coercion": items,
        "fees": ["previous_items", "change"],
        "procurement": ["projects", "amount"],
    }


@pytest.mark.parametrize(("edition", "other"), [("2021", None), ("2019", "other_handling")])
def test_table_3_has_seven_columns_in_every_row(edition: str, other: str | None) -> None:
    rows = rows_of(load_edition(edition), "requests")
    expected = list(REQUEST_ROWS_2021)
    if other:
        expected[20:23] = [other]
    assert list(rows) == expected
    assert all(columns == REQUEST_COLUMNS for columns in rows.values())


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_table_4_has_three_groups_of_five(edition: str) -> None:
    rows = rows_of(load_edition(edition), "review")
    assert list(rows) == ["reconsideration", "litigation_direct", "litigation_after_review"]
    assert set(map(tuple, rows.values())) == {("upheld", "corrected", "other", "pending", "total")}


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_printed_identity_is_there(edition: str) -> None:
    equations = load_edition(edition).equations
    count = {code: sum(equation.code == code for equation in equations) for code in ("C01", "C02", "C03", "C04")}
    rows = len(rows_of(load_edition(edition), "requests"))
    assert count == {"C01": 7, "C02": 7, "C03": rows, "C04": 3}


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_result_row_counts_once_in_its_columns_total(edition: str) -> None:
    loaded = load_edition(edition)
    column = next(equation for equation in loaded.equations if equation.code == "C02" and equation.place == "自然人")
    rows = list(rows_of(loaded, "requests"))
    assert [loaded.addresses[at].row for at in column.addends] == rows[2:-2]


def test_each_cell_has_its_kind() -> None:
    of_2019, of_2021 = load_edition("2019"), load_edition("2021")
    assert of_2021.info(parse_address("disclosure.fees.amount")).kind is CellKind.AMOUNT
    assert of_2019.info(parse_address("disclosure.procurement.amount")).kind is CellKind.MONEY
    assert of_2019.info(parse_address("disclosure.fees.change")).kind is CellKind.CHANGE
    assert {kind for kind, address in zip(of_2021.kinds, of_2021.addresses, strict=True) if address.section != "disclosure"} == {
        CellKind.COUNT
    }


def test_the_full_label_of_a_cell_is_every_label_over_and_beside_it() -> None:
    info = load_edition("2021").info(parse_address("requests.refused_security.research"))
    assert (info.block.caption, *info.row.path) == ("", "三、本年度办理结果", "（三）不予公开", "3.危及“三安全一稳定”")
    assert info.column.path == ("申请人情况", "法人或其他组织", "科研机构")
    assert info.name == "表三“（三）不予公开3.危及“三安全一稳定””科研机构"


def test_names_of_cells_are_all_different() -> None:
    for name in ("2019", "2021"):
        names = [info.name for info in load_edition(name).cells]
        assert len(set(names)) == len(names)


def test_totals_come_after_the_totals_they_are_made_of() -> None:
    edition = load_edition("2021")
    order = [total for total, _ in total_equations(edition)]
    corner = edition.index[parse_address("requests.total.total")]
    assert order.index(corner) > max(order.index(at) for at in order if edition.addresses[at].row == "granted")


# Errors in an edition's file are reported with their position.

SOUND = """
id = "2031"
first_year = 2031
title = "{agency}{year}年公开报告"

[deadlines]
department = "02-28"

[settings]
received = ["beta.seen.all"]

[[section]]
id = "alpha"
numeral = "一"
heading = "概要"
topics = [{ name = "数据开放", words = ["数据开放"] }]

[[section]]
id = "beta"
numeral = "二"
heading = "会议"

[[section.block]]
columns = [{ id = "q1", label = "上半年" }, { id = "q2", label = "下半年" }, { id = "all", label = "合计", kind = "count" }]
rows = [{ id = "seen", label = "现场" }, { id = "heard", label = "网络" }]

[[equation]]
code = "C03"
section = "beta"
for_each = "row"
relation = "="
left = ["all"]
right = ["q1", "q2"]
total = "left"
"""
CIRCLE = """
[[equation]]
code = "C03"
section = "beta"
for_each = "row"
left = ["q1"]
right = ["all", "q2"]
total = "left"
"""
MISTAKES = [
    ('id = "2031"', 'id = "2032"', "id 写的是“2032”，应当和文件名一样是“2031”"),
    ("first_year = 2031", 'first_year = "2031"', "first_year 应当是整数"),
    ("first_year = 2031", "first_yaer = 2031", "first_year 没有写"),
    ("first_year = 2031", "first_year = 2031\nlast_year = 2030", "last_year 早于 first_year"),
    ("first_year = 2031", "first_year = ", "第 3 行第 14 列 不合 TOML 的写法"),
    ("02-28", "02-30", "deadlines 的 department 不能是“02-30”，应当是某月某日，如 03-31"),
    ("02-28", "02-29", "应当是某月某日"),
    ("02-28", "13-01", "应当是某月某日"),
    ("02-28", "tomorrow", "应当是某月某日"),
    ('["beta.seen.all"]', '["beta.nope.q1"]', "settings 的 received 写到的“beta.nope.q1”在表格里没有"),
    ("received =", "recieved =", "settings 的 recieved 不能是“recieved”，可以是：rule_making、"),
    ('words = ["数据开放"]', 'words = ["数据开放"], code = "X99"', "第 1 个 section 的 第 1 个 topics 的 code 写的规则“X99”不存在"),
    ('words = ["数据开放"]', 'words = "数据开放"', "第 1 个 section 的 第 1 个 topics 的 words 应当是列表"),
    ('id = "beta"', 'id = "alpha"', "section 里“alpha”出现了两次"),
    ('id = "beta"', 'id = "report"', "第 2 个 section 的 id 不能是“report”"),
    ('id = "q2"', 'id = "q.2"', "第 2 个 section 的 第 1 个 block 的 第 2 个 columns 的 id 不能是“q.2”"),
    ('id = "heard"', 'id = "text"', "第 2 个 rows 的 id 不能是“text”"),
    ('rows = [{ id = "seen", label = "现场" }, { id = "heard", label = "网络" }]', "rows = []", "第 1 个 block 要有 rows 和 columns"),
    ('label = "网络"', 'label = ""', "第 2 个 rows 的 label 或 path 里有空的文字"),
    ('kind = "count"', 'kind = "number"', "kind 不能是“number”，可以是：count、change、amount、money"),
    ('relation = "="', 'relation = "=>"', "第 1 个 equation 的 relation 不能是“=>”，可以是：=、>=、!="),
    ('code = "C03"', 'code = "X01"', "第 1 个 equation 的 code 写的规则“X01”不存在，运行 nianbao rules 查看全部规则"),
    ('code = "C03"', 'code = "C14"', "第 1 个 equation 的 code 写的规则 C14 不能用在这里：它的说明里要用到 name、row"),
    (
        'code = "C03"',
        'code = "C03"\nwording = { message = "{table}：{sums}" }',
        "第 1 个 equation 的 wording 的 message 写的规则 C03 不能用在这里：它的说明里要用到 sums",
    ),
    (
        'code = "C03"',
        'code = "C03"\nwording = { message = "{table" }',
        "第 1 个 equation 的 wording 的 message 写的规则 C03 不能用在这里：它的说明里要用到 {table",
    ),
    ('for_each = "row"', 'for_each = "cell"', "第 1 个 equation 的 for_each 不能是“cell”，可以是：row、column"),
    ('section = "beta"', 'section = "alpha"', "第 1 个 equation 的 section 写的“alpha”没有表格"),
    ('["q1", "q2"]', '["q1", "q3"]', "第 1 个 equation 写到的 all、q1、q3 不在同一行或同一列里"),
    ('["q1", "q2"]', "[]", "第 1 个 equation 的 right 是空的"),
    ('left = ["all"]', 'left = ["previous.all"]', "第 1 个 equation 的 left 不能以上一年的格（previous.all）开头"),
    ('total = "left"', 'total = "right"', "第 1 个 equation 的 total 只能是 left 或 right"),
    ('total = "left"\n', 'total = "left"\n' + CIRCLE, "equation 里合计互相包含"),
]


def told(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """Return the message of a command for an invalid edition file: one line, whatever the command."""
    assert main(argv) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("错误：格式版本的数据文件 ")
    assert shown.err.count("\n") == 1
    return shown.err


def test_a_sound_edition_of_ones_own_is_used(own_editions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_editions / "2031.toml").write_text(SOUND, "utf-8")
    assert main(["new", "--year", "2031"]) == 0
    assert "[beta]" in capsys.readouterr().out


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES, ids=[said for *_, said in MISTAKES])
def test_a_mistake_in_an_edition_is_told_with_its_place(
    own_editions: Path, capsys: pytest.CaptureFixture[str], right: str, wrong: str, said: str
) -> None:
    assert right in SOUND
    (own_editions / "2031.toml").write_text(SOUND.replace(right, wrong, 1), "utf-8")
    assert f"{own_editions / '2031.toml'} 有错：" in (sentence := told(capsys, "new", "--year", "2024"))
    assert said in sentence


EXAMPLE = str(EXAMPLES / "department-2024.toml")
COMMANDS = [
    ["check", EXAMPLE],
    ["diff", EXAMPLE, EXAMPLE],
    ["edit", EXAMPLE],
    ["explain", "C01"],
    ["export", EXAMPLE],
    ["facts", EXAMPLE],
    ["import", EXAMPLE],
    ["new", "--year", "2031"],
    ["recover"],
    ["rules"],
    ["schema"],
    ["similar", EXAMPLE],
    ["sum", EXAMPLE, EXAMPLE],
]


def test_every_command_is_among_those_tried() -> None:
    assert [name for name, *_ in COMMANDS] == sorted(MODULES)


@pytest.mark.parametrize("argv", COMMANDS, ids=[name for name, *_ in COMMANDS])
def test_every_command_tells_of_a_wrong_edition_before_it_does_anything(
    own_editions: Path, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    (own_editions / "2031.toml").write_text(SOUND.replace('relation = "="', 'relation = "=>"'), "utf-8")
    assert "relation 不能是“=>”" in told(capsys, *argv)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("2031.toml", SOUND.encode("utf-16"), "编码不是 UTF-8"),
        ("2031.toml", b"nothing of an edition", "第 1 行第 9 列 不合 TOML 的写法"),
        ("my-edition.toml", SOUND.encode(), "文件名只能用字母和数字"),
    ],
)
def test_a_file_that_should_be_an_edition_is_not_passed_over(
    own_editions: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, said: str
) -> None:
    (own_editions / name).write_bytes(data)
    assert said in told(capsys, "check", EXAMPLE)


def test_reports_and_settings_may_lie_beside_editions(own_editions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (own_editions / "2031.toml").write_text(SOUND, "utf-8")
    (own_editions / "report.toml").write_bytes(Path(EXAMPLE).read_bytes())
    (own_editions / "settings.toml").write_text("[tool]\nx = 1\n", "utf-8")
    assert main(["check", EXAMPLE]) == 0
    assert capsys.readouterr().out == ""


def test_a_folder_of_editions_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NIANBAO_TEMPLATES", str(tmp_path / "none"))
    assert "没有这个文件夹，请改正环境变量 NIANBAO_TEMPLATES" in told(capsys, "check", EXAMPLE)


def test_an_edition_read_twice_is_one_edition() -> None:
    one, other = (build_edition(read_node(HERE / "2021.toml")) for _ in range(2))
    assert one is not other
    assert one == other == load_edition("2021")
    assert len({one, other}) == 1
    assert replace(one, deadlines={}) != other


def test_each_folder_of_editions_has_its_own_of_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, word in (("one", "会议"), ("other", "讲座")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "2031.toml").write_text(SOUND.replace("会议", word), "utf-8")
        monkeypatch.setenv("NIANBAO_TEMPLATES", str(tmp_path / folder))
        assert load_edition("2031").sections[1].heading == word


@pytest.mark.parametrize("name", ["2008", "2019", "2021"])
def test_our_own_editions_are_as_sound_as_others_must_be(name: str) -> None:
    require_valid_edition(load_edition(name), read_node(HERE / f"{name}.toml"))
