"""The real program in tmux, tried as a new user would: from nothing to a published text."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Self

import pytest
from nianbao.core.report import parse_address
from nianbao.files.report_file import load_report
from nianbao.files.report_writer import report_bytes
from pty_terminal import PATIENCE, editor_environ
from tui_support import finished_report

if TYPE_CHECKING:
    from pathlib import Path

TMUX = shutil.which("tmux")

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")


class Tmux:
    """A tmux server of its own with one window."""

    def __init__(self, folder: Path, command: list[str], environ: dict[str, str]) -> None:
        self._socket = str(folder / "tmux")
        line = shlex.join(
            ["env", "-i", *(f"{name}={value}" for name, value in environ.items() if name != "TERM"), "TERM=screen-256color", *command]
        )
        self._do("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", f"{line}; echo ENDED $?; sleep 60")

    def _do(self, *arguments: str) -> str:
        done = subprocess.run([TMUX or "tmux", "-S", self._socket, *arguments], capture_output=True, text=True, check=True)
        return done.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._do("kill-server")

    def screen(self) -> str:
        """The window's lines."""
        return self._do("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        """Keys by tmux's names."""
        self._do("send-keys", *keys)

    def write(self, text: str) -> None:
        """Characters as they are."""
        self._do("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        """A bracketed paste from tmux's own buffer."""
        self._do("set-buffer", text)
        self._do("paste-buffer", "-p")

    def wait_for(self, wanted: str) -> str:
        """The screen once it shows a text."""
        end = time.monotonic() + PATIENCE
        while wanted not in (shown := self.screen()):
            assert time.monotonic() < end, f"{wanted!r} does not appear:\n{shown}"
            time.sleep(0.03)
        return shown


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    state = tmp_path / "state"
    state.mkdir()
    (state / "first-hint").touch()
    return editor_environ(state)


def edit(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "nianbao", "edit", *arguments]


def test_a_new_user_gets_from_nothing_to_a_published_text(tmp_path: Path, environ: dict[str, str]) -> None:  # noqa: PLR0915 - one long session
    path = tmp_path / "2024.toml"
    with Tmux(tmp_path, edit(), environ) as tmux:
        tmux.wait_for("新建一份报告")
        tmux.press("Enter")
        tmux.wait_for("机关名称")
        tmux.write("示例区档案局")
        tmux.press("Tab", "Tab")
        tmux.press("C-a", "C-k")
        tmux.write("2024")
        tmux.press("Tab", "Tab")
        tmux.write(str(path))
        tmux.press("C-s")
        tmux.wait_for("示例区档案局2024年")
        tmux.write("2024年1月1日至12月31日，本局主动公开、依申请公开、政府信息管理、平台建设、监督保障各项工作均已完成。")
        tmux.press("F6")
        tmux.wait_for("第二十条第（一）项")
        tmux.press("M-0", "F6")
        tmux.wait_for("申请人情况")
        tmux.write("3")
        tmux.press("Enter", "Down")
        tmux.write("2")
        tmux.press("Enter", "M-0")
        tmux.wait_for("个未填单元格填为零")
        tmux.press("F6")
        tmux.wait_for("行政诉讼")
        tmux.press("M-0", "F6")
        tmux.wait_for("五、存在的主要问题及改进情况")
        tmux.paste("存在的问题：解读较少。\n改进情况：增加图解。")
        tmux.press("F6")
        tmux.wait_for("六、其他需要报告的事项")
        tmux.paste("本年度没有收取政府信息公开信息处理费。")
        tmux.press("M-3", "F8")
        tmux.wait_for("新收加结转")
        tmux.press("M-r")
        tmux.wait_for("采用哪一种改法")
        tmux.press("Enter")
        tmux.wait_for("已改（撤销可收回）")
        tmux.press("F7")
        tmux.wait_for("回车 转到")
        tmux.press("Escape")
        tmux.wait_for("F2 修改")
        tmux.press("C-s")
        tmux.wait_for("已保存到 2024.toml")
        tmux.press("F12")
        tmux.wait_for("示例区档案局2024年政府信息公开工作年度报告")
        tmux.press("e")
        tmux.wait_for("导出到（含路径）")
        tmux.press("C-s")
        tmux.wait_for("已导出到")
        tmux.press("C-q")
        tmux.wait_for("ENDED 0")
    report = load_report(path).report
    assert report.header.agency == "示例区档案局"
    assert "示例区档案局2024年政府信息公开工作年度报告" in (tmp_path / "2024.txt").read_text("utf-8")


def test_typing_and_pasting_in_tmux_reach_the_file(tmp_path: Path, environ: dict[str, str]) -> None:
    path = tmp_path / "report.toml"
    path.write_bytes(report_bytes(finished_report()))
    with Tmux(tmp_path, edit(str(path)), environ) as tmux:
        tmux.wait_for("总体情况")
        tmux.press("M-3")
        tmux.wait_for("申请人情况")
        tmux.write("25")
        tmux.press("Enter")
        tmux.paste("（一）予以公开\t20\t3\n（四）1.本机关不掌握相关政府信息\t5\t0")
        tmux.wait_for("粘贴预览")
        tmux.press("Enter")
        tmux.wait_for("已粘贴")
        tmux.press("C-s")
        tmux.wait_for("已保存到")
    saved = load_report(path).report
    assert saved.cell(parse_address("requests.new_received.natural_person")) == 25
    assert saved.cell(parse_address("requests.granted.natural_person")) == 20
    assert saved.cell(parse_address("requests.granted.total")) == 23
