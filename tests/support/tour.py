"""Generator of docs/tour.md and docs/tour.zh-CN.md, a first report driven through tmux at 80×24: `python tests/support/tour.py`.

Both pages come from one run: the screens are the program's own, the narration is given in English and Chinese. tests/project/test_tour.py
takes the same tour and waits for each screen of the pages.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pty_terminal import editor_environ
from real_world import PROGRAM, Tmux
from repository import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

NAME = "2024.toml"
TEXT = "2024.txt"

FOLDER = ROOT / "docs"
ENGLISH_PAGE, CHINESE_PAGE = "tour.md", "tour.zh-CN.md"

OVERVIEW = """\
2024年1月1日至12月31日，本局按照《政府信息公开条例》和上级部署推进政务公开。
（一）主动公开。全年在政府网站公开文件、办事指南和财政信息，制发行政规范性文件1件。
（二）依申请公开。全年收到政府信息公开申请17件，上年没有结转，均按期答复。
（三）政府信息管理。公文在拟稿时写明公开属性，每季度清理一次网站内容。
（四）平台建设。网站设有专栏，服务大厅设有查阅点。
（五）监督保障。组织培训一次，没有发生责任追究的情形。"""
PROBLEMS = "存在的问题：政策解读的形式较少。\n改进情况：2025年为新制发的文件配图解，并由起草人作答。"
OTHER = "本年度没有收取政府信息公开信息处理费。没有其他需要报告的事项。"


class Part(NamedTuple):
    """Part of the pages: a paragraph in both languages and the screen below it, empty for none."""

    english: str
    chinese: str
    screen: str = ""


@dataclass(slots=True)
class Tour:
    """Run of the tour, with the parts of the pages so far."""

    tmux: Tmux
    parts: list[Part] = field(default_factory=list)

    def say(self, english: str, chinese: str) -> None:
        """Add a heading or a paragraph."""
        self.parts.append(Part(english, chinese))

    def show(self, english: str, chinese: str, wanted: str | Callable[[str], bool]) -> None:
        """Wait for a screen and add it below a paragraph."""
        self.tmux.wait_for(wanted)
        self.parts.append(Part(english, chinese, self.tmux.at_rest()))

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names, waiting for the reply to each."""
        for key in keys:
            self.tmux.press(key)
            self.tmux.at_rest(0.1)

    def close(self, words: str) -> None:
        """Press Escape and wait until `words` disappear: a key immediately after it would be read as Alt with that key."""
        self.tmux.press("Escape")
        self.tmux.wait_for(lambda shown: words not in shown)

    def fill(self, figures: str) -> None:
        """Type figures from the current cell on, Tab after each."""
        for figure in figures.split():
            self.tmux.type(figure)
            self.press("Tab")


@contextmanager
def shell(folder: Path) -> Iterator[Tmux]:
    """Run a shell in an empty directory without the user's configuration."""
    environ = editor_environ(folder / "state", TERM="screen-256color")
    work = folder / "work"
    work.mkdir()
    with Tmux(["env", "PS1=$ ", "bash", "--norc", "--noprofile", "-i"], environ, folder=work) as tmux:
        tmux.wait_for("$")
        yield tmux


def take(tour: Tour) -> None:
    """Take the whole tour."""
    introduce(tour)
    begin(tour)
    tables(tour)
    prose(tour)
    mistake(tour)
    publish(tour)


def introduce(tour: Tour) -> None:
    """Add the head of the pages."""
    tour.say("# Tutorial: a first report", "# 教程：第一份年报")
    tour.say(f"[中文]({CHINESE_PAGE})", f"[English]({ENGLISH_PAGE})")
    tour.say(
        "This page goes from an empty folder to a text that can be published, one step at a time. The agency is made up: 青石区档案局\n"
        "received 17 requests in 2024, 14 from individuals and 3 from companies, and answered all of them within the year.",
        "本页从空文件夹开始，一步一步填好一份年报，到导出可以公布的文本为止。机关是虚构的：青石区档案局 2024 年收到 17 件申请，\n"
        "自然人 14 件，企业 3 件，当年全部办结。",
    )
    tour.say(
        "The screens are the program's own, recorded at 80×24 by `python tests/support/tour.py`. The program speaks Chinese, as the form does.",
        "画面由 `python tests/support/tour.py` 在 80×24 的终端里真实操作得到，一字未改。",
    )


def begin(tour: Tour) -> None:
    """Go from the command line to an empty report."""
    tmux = tour.tmux
    tmux.type(f"alias nianbao='{' '.join(PROGRAM)}'; clear")
    tmux.press("Enter")
    tmux.wait_for(lambda shown: "alias" not in shown)
    tmux.type("nianbao edit")
    tmux.press("Enter")
    tour.say("## Create the report", "## 新建报告")
    tour.show(
        "Type `nianbao edit` and press Enter. Without a file name, the editor asks where to start.",
        "输入 `nianbao edit`，按回车。没有给出文件名，编辑器先问从哪里开始。",
        "新建一份报告",
    )
    tour.press("Enter")
    tmux.wait_for("机关名称")
    tmux.type("青石区档案局")
    tour.press("Tab", "Tab", "C-a", "C-k")
    tmux.type("2024")
    tour.press("Tab", "Tab")
    tmux.type(NAME)
    tour.show(
        "Press Enter for 新建一份报告 (new report). Fill in the agency, the year and the name of the file; `Tab` goes to the next field.\n"
        "Last year's report can be given too: its wording and its carried-over requests are then filled in. Here there is none.",
        "按回车，选“新建一份报告”。填机关名称、年度和文件名，按 `Tab` 到下一项。有去年的报告文件时也填上，\n程序会带入去年的文字和结转件数；这里没有，空着。",
        NAME,
    )
    tour.press("C-s")
    tour.show(
        "Press `Ctrl+S` to confirm. The empty report opens at section 1.\n\n"
        "The first line names the report and says 未保存 (not saved). The second line lists the six sections; `_` marks those still to be filled.\n"
        "The last line shows the keys used most. The hint above it appears once: every key you type is kept on disk, `F1` lists\n"
        "all keys, `Ctrl+P` finds commands.",
        "按 `Ctrl+S` 确定。空白的报告打开了，停在第一部分。\n\n"
        "第一行是报告的名称，右边写着“未保存”。第二行是六个部分，`_` 表示还没有填完。最后一行是常用的按键。\n"
        "倒数第二行的提示只在第一次出现。",
        "青石区档案局2024年",
    )


def tables(tour: Tour) -> None:
    """Fill the three tables."""
    tmux = tour.tmux
    tour.say("## Fill in the tables", "## 填表")
    tour.press("F6")
    tour.show(
        "Press `F6` for section 2. A blank cell shows `_`. Blank is not zero: where nothing happened, the form asks for a 0.\n\n"
        "The lines below the table are about the current cell: its full name, what is wrong with it, the identities it is part of, and\n"
        "last year's figure.",
        "按 `F6` 到第二部分。没有填的格子显示 `_`。空白不是零：没有发生的要填 0。\n\n表格下面几行说的是当前的格子：全称、问题、所在的勾稽关系、上年的数。",
        "第二十条第（一）项",
    )
    tour.press("Down")
    tour.fill("1 0 6")
    tour.show(
        "Press `↓` for the row 行政规范性文件. Type the figures 1, 0 and 6, with `Tab` after each.",
        "按 `↓` 到“行政规范性文件”一行。键入 1、0、6，每个数之后按 `Tab`。",
        "6│",
    )
    tour.press("M-0")
    tour.show(
        "The other cells are all zero. `Alt+0` fills them in one step, which `Ctrl+Z` can undo. The mark of section 2 becomes `=`: nothing is wrong.",
        "其余的格子都是零。按 `Alt+0` 一次填完；填错了按 `Ctrl+Z` 撤销。第二部分的记号变成 `=`，表示没有问题。",
        "填为零",
    )
    tour.press("F6")
    tmux.wait_for("申请人情况")
    tour.fill("14 3")
    tour.show(
        "Press `F6` for section 3. Type 14 requests of individuals and 3 of companies. The total on the right follows: 17.",
        "按 `F6` 到第三部分。键入自然人 14 件、商业企业 3 件。右边的总计跟着变成 17。",
        "14│",
    )
    tour.press("Home", "Down", "Down")
    tour.fill("9 3")
    tour.press("Home")
    while "本机关不掌握" not in current(tmux.text()):
        tour.press("Down")
    tour.fill("4")
    tour.show(
        "Now the outcomes: 9 and 3 requests were granted. Go down to 本机关不掌握相关政府信息 (the agency does not hold the information) and type 4.\n"
        "The table is longer than the screen; its head stays in place.",
        "再填办理结果：予以公开 9 件和 3 件。往下到“本机关不掌握相关政府信息”，键入 4。表比屏幕长，表头留在原处。",
        "4│",
    )
    tour.press("M-0")
    tour.show(
        "`Alt+0` fills the rest. The totals are computed. But section 3 is now marked `!`, with two errors, and so are some cells. More on this below.",
        "按 `Alt+0`，其余填零，总计由程序算出。这时第三部分标着 `!`，有误 2 处，有的格子也标着 `!`。这个问题后面再查。",
        "填为零",
    )
    tour.press("F6")
    tmux.wait_for("行政复议")
    tour.fill("1")
    tour.press("M-0")
    tour.show(
        "Press `F6` for section 4. There was one administrative review, and the decision was upheld. Type 1, then `Alt+0`.",
        "按 `F6` 到第四部分。有一件行政复议，结果维持。键入 1，再按 `Alt+0`。",
        "填为零",
    )


def prose(tour: Tour) -> None:
    """Write the three sections of prose."""
    tmux = tour.tmux
    tour.say("## Write the text", "## 写文字")
    tour.press("M-1")
    tmux.wait_for("一、总体情况")
    tmux.paste(OVERVIEW)
    tour.show(
        "`Alt` and a digit goes to a section. Press `Alt+1` and write; text can also be pasted, as here. Its numbers are compared with the tables.",
        "按 `Alt` 加数字直接到某一部分。按 `Alt+1`，写文字；也可以像这里一样粘贴。文字里的数会与表格核对。",
        "责任追究",
    )
    tour.press("M-5")
    tmux.wait_for("五、存在的主要问题")
    tmux.paste(PROBLEMS)
    tour.show("Press `Alt+5` for section 5.", "按 `Alt+5`，写第五部分。", "由起草人作答")
    tour.press("M-6")
    tmux.wait_for("六、其他需要报告")
    tmux.paste(OTHER)
    tour.show("Press `Alt+6` for section 6.", "按 `Alt+6`，写第六部分。", "没有其他需要报告")


def mistake(tour: Tour) -> None:
    """Find, explain and repair a figure that does not add up."""
    tmux = tour.tmux
    tour.say("## Find a mistake and correct it", "## 查错，改错")
    tour.press("F7")
    tour.show(
        "Press `F7` for the list of findings. Individuals made 14 requests, but the outcomes add up to 13: one is missing.",
        "按 `F7` 看问题清单。自然人新收 14 件，办理结果加起来只有 13 件，少了一件。",
        "相差",
    )
    tour.press("e")
    tour.show(
        "Press `e` for an explanation: what the rule means, which clause it rests on, how to correct it.",
        "按 `e` 看说明：这条规则是什么意思，依据什么，怎么改。",
        "依据",
    )
    tour.close("依据")
    tour.press("Enter")
    tour.show(
        "Press `Esc`, then Enter: the editor goes to the cell. `!` marks the cells that may be wrong.",
        "按 `Esc` 返回，再按回车，转到所在的格子。可能有误的格子标着 `!`。",
        "种改法可选",
    )
    tour.press("=")
    tour.show(
        "Press `=`. The cells that the identity adds up are marked `+`, and the lines below give both sides of it.",
        "按 `=`。相加的格子标着 `+`，下面写出勾稽关系的两边各是多少。",
        "+",
    )
    tour.press("F11")
    tour.show(
        "Press `F11` for the smallest changes that would make the figures agree. The program cannot know which is true; compare them with the records.",
        "按 `F11`，看改动最少的几种改法。哪一种属实，程序不知道，要对照台账来选。",
        "采用哪一种改法",
    )
    tour.close("采用哪一种改法")
    while "本机关不掌握" not in current(tmux.text()) or "自然人" not in current(tmux.text()):
        tour.press("Down")
    tmux.type("5")
    tour.press("Enter")
    tour.show(
        "Here neither is. The records say that 5 requests, not 4, were about information the agency does not hold. Press `Esc`, go to that cell, type 5, press\n"
        "Enter. All `!` are gone.",
        "两种都不对。查台账，“本机关不掌握相关政府信息”应为 5 件。按 `Esc` 返回，到那一格，键入 5，按回车。`!` 都没有了。",
        lambda shown: "!" not in shown,
    )


def publish(tour: Tour) -> None:
    """Save, preview, export and quit."""
    tmux = tour.tmux
    tour.say("## Save and export", "## 保存和导出")
    tour.press("C-s")
    tour.show("Press `Ctrl+S` to save.", "按 `Ctrl+S` 保存。", "已保存到")
    tour.press("F7")
    tour.show(
        "Press `F7` again: nothing was found, the report can be published.",
        "再按 `F7`：没有发现问题，可以发布。",
        "可以发布",
    )
    tour.close("可以发布")
    tour.press("F12")
    tour.show(
        "Press `Esc`, then `F12` for the full text as it will be published. Its lines are drawn for Chinese fonts, in which they meet;\n"
        "`b` changes to plain lines.",
        "按 `Esc` 返回，再按 `F12`，预览将要公布的全文。框线按中文字体画，在中文字体里是齐的；按 `b` 换成直线。",
        "政府信息公开工作年度报告",
    )
    tour.press("PageDown")
    tour.show("`PgDn` turns the page.", "按 `PgDn` 翻页。", "第二十条第（六）项")
    tour.press("e")
    tmux.wait_for("导出到")
    tour.press("C-a", "C-k")
    tmux.type(TEXT)
    tour.show("Press `e` to export, and type the name of the file.", "按 `e` 导出，写下文件名。", TEXT)
    tour.press("Enter")
    tour.show("Press Enter. The text is written.", "按回车，文本写好了。", "已导出到")
    tour.press("C-q")
    tmux.wait_for(lambda shown: "青石区" not in shown)
    tmux.type(f"clear; ls; nianbao check {NAME}; head -8 {TEXT}")
    tour.press("Enter")
    tour.show(
        f"Press `Ctrl+Q` to leave. The folder holds the report, `{NAME}`, and the text, `{TEXT}`. `nianbao check` gives the same verdict as the editor.",
        f"按 `Ctrl+Q` 退出。文件夹里有报告 `{NAME}` 和文本 `{TEXT}`。`nianbao check` 的结论与编辑器相同。",
        "一、总体情况",
    )
    tour.say("## Next", "## 接下来")
    tour.say(
        "- All keys: [keys](keys.md).\n- Start from a report that was published earlier: [import](import.md).\n"
        "- A finding that is right as it stands: [waivers](policy.md).\n- Garbled lines, input methods, SSH: [terminals](terminals.md).",
        "- 全部按键：[按键](keys.zh-CN.md)。\n- 从以前发布的年报开始：[导入](import.zh-CN.md)。\n"
        "- 检查结果属实、不必改的：[认可](policy.zh-CN.md)。\n- 画面错位、输入法、SSH：[终端](terminals.zh-CN.md)。",
    )


def current(shown: str) -> str:
    """Return the lines that name the current cell, the first of the status."""
    return "".join(shown.splitlines()[19:21])


def pages(parts: Sequence[Part]) -> dict[str, str]:
    """Return both documents by file name."""
    return {
        ENGLISH_PAGE: _page((part.english, part.screen) for part in parts),
        CHINESE_PAGE: _page((part.chinese, part.screen) for part in parts),
    }


def _page(parts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{words}\n\n```text\n{screen.rstrip()}\n```\n" if screen else f"{words}\n" for words, screen in parts)


def main() -> None:
    """Take the tour and write both pages."""
    with tempfile.TemporaryDirectory(prefix="nianbao-tour-") as name, shell(Path(name)) as tmux:
        tour = Tour(tmux)
        take(tour)
    for name, text in pages(tour.parts).items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
