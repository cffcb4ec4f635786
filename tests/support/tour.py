"""A first report, from nothing to the published text, driven through tmux at 80×24: `python tests/support/tour.py > docs/tour.md`.

Every screen is the program's own. tests/tui/test_tour.py takes the same tour and waits for each screen of the page.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pty_terminal import editor_environ
from real_world import PROGRAM, Tmux

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAME = "2024.toml"
TEXT = "2024.txt"

HEAD = """\
# 填一份年报

本页的画面由 `python tests/support/tour.py > docs/tour.md` 在 80×24 的 tmux 中真实操作得到，一字未改。
从一个空文件夹开始，到导出可以公布的文本为止。
"""

OVERVIEW = """\
2024年1月1日至12月31日，本局按照《政府信息公开条例》和上级部署推进政务公开。
（一）主动公开。全年在政府网站公开文件、办事指南和财政信息，制发行政规范性文件1件。
（二）依申请公开。全年收到政府信息公开申请17件，上年没有结转，均按期答复。
（三）政府信息管理。公文在拟稿时写明公开属性，每季度清理一次网站内容。
（四）平台建设。网站设有专栏，服务大厅设有查阅点。
（五）监督保障。组织培训一次，没有发生责任追究的情形。"""
PROBLEMS = "存在的问题：政策解读的形式较少。\n改进情况：2025年为新制发的文件配图解，并由起草人作答。"
OTHER = "本年度没有收取政府信息公开信息处理费。没有其他需要报告的事项。"


@dataclass(slots=True)
class Tour:
    """The screens so far, each with what was done before it."""

    tmux: Tmux
    pages: list[tuple[str, str]] = field(default_factory=list)

    def show(self, words: str, wanted: str | Callable[[str], bool]) -> None:
        """Wait for a screen and keep it."""
        self.tmux.wait_for(wanted)
        self.pages.append((words, self.tmux.at_rest()))

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names, one after the other, each answered."""
        for key in keys:
            self.tmux.press(key)
            self.tmux.at_rest(0.1)

    def close(self, words: str) -> None:
        """Press Escape and wait for what it closes to go: a key right behind it would be taken for Alt and that key."""
        self.tmux.press("Escape")
        self.tmux.wait_for(lambda shown: words not in shown)

    def fill(self, figures: str) -> None:
        """Type figures from the current cell on, Tab after each."""
        for figure in figures.split():
            self.tmux.type(figure)
            self.press("Tab")


@contextmanager
def shell(folder: Path) -> Iterator[Tmux]:
    """A shell in an empty folder, with nothing of the user's."""
    environ = editor_environ(folder / "state", TERM="screen-256color")
    work = folder / "work"
    work.mkdir()
    with Tmux(["env", "PS1=$ ", "bash", "--norc", "--noprofile", "-i"], environ, folder=work) as tmux:
        tmux.wait_for("$")
        yield tmux


def take(tour: Tour) -> None:
    """The whole tour."""
    begin(tour)
    tables(tour)
    prose(tour)
    mistake(tour)
    publish(tour)


def begin(tour: Tour) -> None:
    """From the command line to an empty report."""
    tmux = tour.tmux
    tmux.type(f"alias nianbao='{' '.join(PROGRAM)}'; clear")
    tmux.press("Enter")
    tmux.wait_for(lambda shown: "alias" not in shown)
    tmux.type("nianbao edit")
    tmux.press("Enter")
    tour.show("不给文件名，编辑器先问从哪里开始：`nianbao edit`", "新建一份报告")
    tour.press("Enter")
    tmux.wait_for("机关名称")
    tmux.type("青石区档案局")
    tour.press("Tab", "Tab", "C-a", "C-k")
    tmux.type("2024")
    tour.press("Tab", "Tab")
    tmux.type(NAME)
    tour.show("回车选“新建一份报告”，逐项填写，`Tab` 到下一项：", NAME)
    tour.press("C-s")
    tour.show("`Ctrl+S` 确定，空白的报告就打开了。第一次使用时，倒数第二行有一句提示：", "青石区档案局2024年")


def tables(tour: Tour) -> None:
    """The three tables."""
    tmux = tour.tmux
    tour.press("F6")
    tour.show("`F6` 到第二部分。未填的格子有下划线记号 `_`，与 0 不同：", "第二十条第（一）项")
    tour.press("Down")
    tour.fill("1 0 6")
    tour.show("`↓` 到规范性文件一行，直接键入数字，`Tab` 到右边一格：", "6│")
    tour.press("M-0")
    tour.show("其余各格都是零：`Alt+0` 一次填完，可以撤销：", "填为零")
    tour.press("F6")
    tmux.wait_for("申请人情况")
    tour.fill("14 3")
    tour.show("第三部分。键入新收的 14 件和 3 件，合计随着变：", "14│")
    tour.press("Home", "Down", "Down")
    tour.fill("9 3")
    tour.press("Home")
    while "本机关不掌握" not in current(tmux.text()):
        tour.press("Down")
    tour.fill("4")
    tour.show("表比屏幕长，表头和行名留在原处；状态行写着当前格的全称：", "4│")
    tour.press("M-0")
    tour.show("填完办理结果，其余填零。合计由程序算出：", "填为零")
    tour.press("F6")
    tmux.wait_for("行政复议")
    tour.fill("1")
    tour.press("M-0")
    tour.show("第四部分也一样：", "填为零")


def prose(tour: Tour) -> None:
    """The three sections of prose."""
    tmux = tour.tmux
    tour.press("M-1")
    tmux.wait_for("一、总体情况")
    tmux.paste(OVERVIEW)
    tour.show("`Alt+1` 回到第一部分，把写好的文字粘贴进来（直接书写也一样）：", "责任追究")
    tour.press("M-5")
    tmux.wait_for("五、存在的主要问题")
    tmux.paste(PROBLEMS)
    tour.show("第五部分：", "由起草人作答")
    tour.press("M-6")
    tmux.wait_for("六、其他需要报告")
    tmux.paste(OTHER)
    tour.show("第六部分：", "没有其他需要报告")


def mistake(tour: Tour) -> None:
    """A figure that does not add up: found, explained, repaired."""
    tmux = tour.tmux
    tour.press("F7")
    tour.show("`F7` 列出全部问题：自然人一列新收 14 件，办理结果只有 13 件，少填了一件：", "相差")
    tour.press("e")
    tour.show("`e` 说明这个问题是什么意思、依据什么、怎么改：", "依据")
    tour.close("依据")
    tour.press("Enter")
    tour.show("`Esc` 返回，回车转到所在的单元格：", "种改法可选")
    tour.press("=")
    tour.show("`=` 标出有关的分项：", "+")
    tour.press("F11")
    tour.show("`F11` 给出能使数字平衡的改法，由人对照原始资料来选：", "采用哪一种改法")
    tour.close("采用哪一种改法")
    while "本机关不掌握" not in current(tmux.text()) or "自然人" not in current(tmux.text()):
        tour.press("Down")
    tmux.type("5")
    tour.press("Enter")
    tour.show("查了台账，是“不掌握相关政府信息”应为 5 件，改过来，标记就都平了：", lambda shown: "!" not in shown)


def publish(tour: Tour) -> None:
    """Save, look at the text, export, leave."""
    tmux = tour.tmux
    tour.press("C-s")
    tour.show("`Ctrl+S` 保存：", "已保存到")
    tour.press("F7")
    tour.show("再看问题清单：", "可以发布")
    tour.close("可以发布")
    tour.press("F12")
    tour.show("`F12` 预览将要公布的全文：", "政府信息公开工作年度报告")
    tour.press("PageDown")
    tour.show("`PgDn` 翻页：", "第二十条第（六）项")
    tour.press("e")
    tmux.wait_for("导出到")
    tour.press("C-a", "C-k")
    tmux.type(TEXT)
    tour.show("`e` 导出，写下文件名：", TEXT)
    tour.press("Enter")
    tour.show("回车就写好了：", "已导出到")
    tour.press("C-q")
    tmux.wait_for(lambda shown: "青石区" not in shown)
    tmux.type(f"clear; ls; nianbao check {NAME}; head -8 {TEXT}")
    tour.press("Enter")
    tour.show("`Ctrl+Q` 退出，文件夹里有了报告和文本：", "一、总体情况")


def current(shown: str) -> str:
    """The lines that name the current cell, the first of the status."""
    return "".join(shown.splitlines()[19:21])


def page(pages: list[tuple[str, str]]) -> str:
    """The document."""
    parts = [HEAD]
    for words, screen in pages:
        parts.append(f"{words}\n\n```text\n{screen.rstrip()}\n```\n")
    return "\n".join(parts)


def main() -> None:
    """Take the tour and print it."""
    with tempfile.TemporaryDirectory(prefix="nianbao-tour-") as name, shell(Path(name)) as tmux:
        tour = Tour(tmux)
        try:
            take(tour)
        finally:
            sys.stdout.write(page(tour.pages))


if __name__ == "__main__":
    main()
