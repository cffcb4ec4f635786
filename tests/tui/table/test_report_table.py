"""Statutory tables in the editor: navigation, typing, totals, marks, repairs, blocks."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from nianbao.core.ids import SectionId, parse_address
from nianbao.core.report import BLANK, NA, Header, Text, blank_report
from nianbao.files.report.serialize import report_bytes
from nianbao.service.cell_marks import CellMark
from nianbao.service.examination import Examination
from nianbao.templates import edition_ids, load_edition
from nianbao.tui import words
from nianbao.tui.screens.dialogs import Question
from nianbao.tui.table.addends import explain_identities
from tui_support import editing, finished_report, new_report, wrong_report

NEW = "requests.new_received.natural_person"
NEW_TOTAL = "requests.new_received.total"
GRANTED = "requests.granted.natural_person"


async def test_typing_replaces_a_value_and_enter_goes_down(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("21")
        assert stage.value(NEW) == 14, "nothing is changed before the value is confirmed"
        await stage.press("enter")
        assert stage.value(NEW) == 21
        assert stage.value(NEW_TOTAL) == 24, "the total follows"
        assert str(stage.main.table.here) == "requests.carried_over.natural_person"  # type: ignore[union-attr]


async def test_escape_restores_the_cell_and_nothing_else(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("5")
        await stage.press("enter")
        await stage.write("77")
        await stage.press("escape")
        assert stage.value("requests.carried_over.natural_person") == 0
        assert stage.value(NEW) == 5


async def test_f2_changes_the_value_that_is_there(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3", "f2", "home", "delete")
        await stage.write("3")
        await stage.press("enter")
        assert stage.value(NEW) == 34


@pytest.mark.parametrize(
    ("key", "goes_to"),
    [
        ("right", "requests.carried_over.enterprise"),
        ("left", "requests.carried_over.natural_person"),
        ("home", "requests.carried_over.natural_person"),
        ("end", "requests.carried_over.total"),
        ("up", "requests.new_received.natural_person"),
        ("down", "requests.granted.natural_person"),
        ("pageup", "requests.new_received.natural_person"),
        ("ctrl+home", "requests.new_received.natural_person"),
    ],
)
async def test_while_a_value_is_typed_over_another_the_keys_that_move_take_it_over_and_leave(
    tmp_path: Path, key: str, goes_to: str
) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3", "down")
        await stage.write("12")
        await stage.press(key)
        assert stage.value("requests.carried_over.natural_person") == 12
        assert str(stage.main.address_here()) == goes_to


async def test_in_a_value_that_is_edited_home_and_end_move_the_caret_and_f2_changes_over_to_that(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("34")
        await stage.press("f2", "home")
        await stage.write("12")
        await stage.press("end")
        await stage.write("5")
        await stage.press("left", "delete", "down")
        assert stage.value("requests.new_received.natural_person") == 1234
        assert str(stage.main.address_here()) == "requests.carried_over.natural_person"


async def test_only_totals_that_say_something_are_marked_as_right(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.press("alt+3")
        assert stage.main.table is not None
        assert not stage.main.table.marks
        await stage.press("alt+0")
        assert stage.main.table.marks[parse_address(NEW_TOTAL)] is CellMark.COMPUTED


async def test_a_cell_that_only_the_prose_of_another_section_contradicts_is_marked(tmp_path: Path) -> None:
    report = finished_report()
    prose = "2024年，本机关新收政府信息公开申请99件。"
    async with editing(tmp_path, report.with_text(SectionId("overview"), prose)) as stage:
        found = [finding for finding in stage.editor.examined().findings if finding.span is not None and finding.cells]  # type: ignore[union-attr]
        assert found
        await stage.press("alt+3")
        assert stage.main.table is not None
        for finding in found:
            assert stage.main.table.marks[finding.cells[0]] is CellMark.DOUBTFUL


async def test_tab_goes_right_and_wraps_to_the_next_row(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3", "end")
        await stage.write("17")
        await stage.press("tab")
        assert str(stage.main.table.here) == "requests.carried_over.natural_person"  # type: ignore[union-attr]
        await stage.press("shift+tab")
        assert str(stage.main.table.here) == NEW_TOTAL  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("１２３", 123), ("1,234", 1234), ("12件", 12), ("/", NA), ("-3", -3), ("3个半", Text("3个半"))],
)
async def test_values_are_read_as_people_write_them(tmp_path: Path, typed: str, value: object) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write(typed)
        await stage.press("enter")
        assert stage.value(NEW) == value


async def test_what_was_put_right_is_said(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("１２")
        await stage.press("up")
        assert stage.value(NEW) == 12
        assert "12" in stage.message()


async def test_amounts_are_decimals(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+2", "ctrl+end")
        await stage.write("1,021.90万元")
        await stage.press("enter")
        assert stage.value("disclosure.fees.amount") == Decimal("1021.90")


async def test_a_letter_is_refused_with_a_reason(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("公")
        assert stage.message() == words.key_refused("公")


async def test_a_blank_is_shown_otherwise_than_zero(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3", "delete")
        assert stage.value(NEW) is BLANK
        row = next(line for line in stage.screen().splitlines() if line.startswith("一、本年新收"))
        assert "_│" in row


async def test_the_rest_is_filled_with_zero_in_one_undoable_step(tmp_path: Path) -> None:
    async with editing(tmp_path, new_report()) as stage:
        await stage.press("alt+3")
        await stage.write("4")
        await stage.press("enter", "alt+0")
        assert stage.value("requests.carried_forward.total") == 0
        assert stage.value(NEW_TOTAL) == 4
        await stage.press("ctrl+z")
        assert stage.value("requests.carried_forward.total") is BLANK
        assert stage.value(NEW) == 4


async def test_a_broken_cell_is_marked_by_a_sign_and_named(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        await stage.press("alt+3", "f8")
        table = stage.main.table
        assert table is not None
        assert str(table.here) == GRANTED
        assert table.marks[parse_address(GRANTED)] is CellMark.BROKEN
        assert "!   8│" in stage.screen()
        assert "表三“自然人”一列" in stage.screen()


async def test_a_repair_is_accepted_with_one_key_and_taken_back_with_another(tmp_path: Path) -> None:
    async with editing(tmp_path, wrong_report()) as stage:
        await stage.press("alt+3", "f8", "f11")
        assert stage.value(GRANTED) == 9
        assert "8改为9" in stage.message()
        await stage.press("ctrl+z")
        assert stage.value(GRANTED) == 8


async def test_several_possible_repairs_are_asked_about(tmp_path: Path) -> None:
    report = finished_report().with_cell(parse_address("review.reconsideration.total"), 3)
    async with editing(tmp_path, report) as stage:
        await stage.press("alt+4", "f8", "alt+r")
        assert isinstance(stage.editor.screen, Question)
        shown = stage.screen()
        assert shown.count("改法1：表四“行政复议”总计：3 → 1") == 1, "each repair is one answer, with its cell and its values"
        await stage.press("escape")
        assert stage.report == report


async def test_repairs_that_are_too_long_for_one_line_stand_over_the_answers(tmp_path: Path) -> None:
    report = finished_report().with_cell(parse_address("review.reconsideration.total"), 3)
    async with editing(tmp_path, report, size=(40, 20)) as stage:
        await stage.press("alt+4", "f8", "alt+r")
        shown = stage.screen().replace("\n", "").replace(" ", "").replace("│", "")
        assert "改法2：表四" in shown
        assert "改法2：1→3" in shown


async def test_undo_says_what_it_took_back(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("5")
        await stage.press("enter", "alt+1", "ctrl+z")
        assert "已撤销" in stage.message()
        assert "自然人" in stage.message()
        assert "5 → 14" in stage.message()
        await stage.press("ctrl+y")
        assert "14 → 5" in stage.message()


async def test_totals_of_a_published_report_stay_until_they_are_accepted(tmp_path: Path) -> None:
    report = finished_report().with_cell(parse_address(NEW_TOTAL), 99)
    async with editing(tmp_path, report) as stage:
        await stage.press("alt+3")
        await stage.write("15")
        await stage.press("enter")
        assert stage.value(NEW_TOTAL) == 99
        await stage.press("alt+t")
        assert stage.value(NEW_TOTAL) == 18


async def test_the_addends_of_a_total_are_shown(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3", "end", "alt+a")
        table = stage.main.table
        assert table is not None
        assert {str(address) for address in table.addends} == {
            f"requests.new_received.{column}"
            for column in ("natural_person", "enterprise", "research", "public_interest", "legal_service", "other")
        }
        assert stage.message().startswith("17 = 14 + 3")
        assert "+  14│+   3│" in stage.screen()
        await stage.press("left")
        assert not table.addends


async def test_of_a_cell_that_is_no_total_the_identities_are_shown_as_they_are(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report(), size=(120, 40)) as stage:
        await stage.press("alt+3", "equals_sign")
        said = stage.message()
        assert said.startswith("本格不是合计。")
        assert "左边 14 + 3（其余为0） = 17，右边 17，应左=右：平" in said or "左边 17，右边 14 + 3（其余为0） = 17，应左=右：平" in said
        assert "14 = 14" not in said


async def test_a_total_that_is_not_what_its_addends_make_is_not_said_to_be(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3", "end")
        await stage.write("18")
        await stage.press("enter", "up", "alt+a")
        assert stage.message().startswith("18 ≠ ")


@pytest.mark.parametrize("edition", edition_ids())
def test_whatever_is_said_with_a_sign_of_equality_is_so(edition: str) -> None:
    report = blank_report(load_edition(edition), Header(agency="示例市", kind="government", year=2024))
    for number, address in enumerate(report.edition.addresses):
        report = report.with_cell(address, number % 5)
    examination = Examination(report)
    for address in report.edition.addresses:
        for stated in re.split("[，；。：]|左边|右边", explain_identities(examination, address)[1]):
            plain = stated.partition("（+")[0].replace("（其余为0）", "")
            if " = " in plain:
                *_, left, right = re.split(" = | ≠ ", plain)
                assert sum(map(Decimal, left.split(" + "))) == Decimal(right), stated


async def test_a_long_sum_is_said_in_full_over_several_lines(tmp_path: Path) -> None:
    report = finished_report()
    column = [address for address in report.edition.addresses if address.section == "requests" and address.column == "natural_person"]
    for number, address in enumerate(column):
        report = report.with_cell(address, 1000 + number)
    async with editing(tmp_path, report) as stage:
        await stage.press("alt+3", *["down"] * (len(column) - 2), "equals_sign")
        said, shown = stage.message(), stage.screen()
        assert said.count(" + ") > 15
        last = said.partition("（+")[0].rpartition(" + ")[2]
        assert last.partition(" ")[0] in "".join(shown.splitlines()[-4:])


async def test_the_status_line_tells_label_identity_and_last_year(tmp_path: Path) -> None:
    last = finished_report()
    (tmp_path / "2023.toml").write_bytes(report_bytes(last.with_header(last.header._replace(year=2023))))
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        screen = stage.screen()
        assert "一、本年新收政府信息公开申请数量 申请人情况 自然人：14（2023年：14）" in screen
        assert "自然人 14 = 14 平" in screen


async def test_a_copied_block_can_be_pasted_after_a_look(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3", "shift+right", "ctrl+c")
        assert stage.editor.clipboard_block == "14\t3\n"
        await stage.press("down", "home", "ctrl+v")
        assert isinstance(stage.editor.screen, Question)
        assert "14" in stage.screen()
        await stage.press("enter")
        assert stage.value("requests.carried_over.natural_person") == 14
        assert stage.value("requests.carried_over.total") == 17
        await stage.press("ctrl+z")
        assert stage.value("requests.carried_over.natural_person") == 0


async def test_a_paste_that_is_refused_changes_nothing(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.paste("1\t2\r\n3\t4\r\n")
        await stage.press("escape")
        assert stage.report == finished_report()


async def test_a_copied_block_goes_to_a_file(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3", "shift+right", "shift+down")
        stage.main.table.action_copy_to_file()  # type: ignore[union-attr]
        await stage.settle()
        await stage.press("enter")
        assert (tmp_path / "report.tsv").read_text("utf-8") == "14\t3\n0\t0\n"


async def test_the_cursor_stays_on_the_screen_in_a_small_window(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report(), size=(60, 20)) as stage:
        await stage.press("alt+3", "ctrl+end")
        table = stage.main.table
        assert table is not None
        region = table.region
        assert region.contains_point(stage.editor.cursor_position)
        await stage.press("alt+4", "end")
        assert stage.main.table.region.contains_point(stage.editor.cursor_position)  # type: ignore[union-attr]
        assert stage.editor.cursor_position.x < 60


async def test_a_large_number_widens_its_column(tmp_path: Path) -> None:
    async with editing(tmp_path, finished_report()) as stage:
        await stage.press("alt+3")
        await stage.write("1234567")
        await stage.press("enter")
        assert "1234567│" in stage.screen()


async def test_markup_in_a_cell_is_shown_as_it_is(tmp_path: Path) -> None:
    report = finished_report().with_cell(parse_address("disclosure.fees.amount"), Text("[/]【red】[bold]"))
    async with editing(tmp_path, report, size=(100, 30)) as stage:
        await stage.press("alt+2", "ctrl+end")
        assert "[/]【red】[bold]" in stage.screen()
