"""`sum`: a government's report as the sum of its agencies' reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from nianbao.cli.main import main
from nianbao.core.report import BLANK, Header, blank_report
from nianbao.files.report.report_file import load_report, read_report
from nianbao.files.report.serialize import report_bytes
from repository import EXAMPLES
from rule_check import EDITION
from strategies import address, broken

CITY, LAST = str(EXAMPLES / "city-2024.toml"), str(EXAMPLES / "city-2023.toml")


def test_sum_writes_a_report_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "all.toml"
    assert main(["sum", CITY, str(EXAMPLES / "department-2024.toml"), "--agency", "某市人民政府", "-o", str(out)]) == 0
    report = load_report(out).report
    assert (report.header.agency, report.header.kind, report.header.year) == ("某市人民政府", "government", 2024)
    assert broken(report) == []
    assert "2 份报告相加（2024 年度，2021 版格式）。" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["city-2024.toml"], "至少要有两份报告"),
        (["city-2024.toml", "city-2023.toml"], "年度不同"),
        (["city-2024.toml", "district-2019.toml"], "格式版本不同"),
        (["city-2024.toml", "no-such.toml"], "没有这个文件"),
    ],
)
def test_sum_refuses_what_cannot_be_added(names: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sum", *(str(EXAMPLES / name) for name in names)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err


def test_sum_says_what_it_left_out_what_is_wrong_and_who_is_counted_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = str(EXAMPLES / "wrong-2024.toml")
    again = tmp_path / "again.toml"
    again.write_bytes(Path(CITY).read_bytes())
    assert main(["sum", CITY, wrong, str(again)]) == 1
    shown = capsys.readouterr()
    assert f"{wrong} 的表格有 3 处错误" in shown.err
    assert f"{CITY} 的表格" not in shown.err
    assert f"表三“（六）其他处理3.其他”科研机构没有相加，留空：{wrong} 里空着。" in shown.err
    assert f"同一机关有两份报告，数重复计算了：{load_report(Path(CITY)).report.header.agency}（{CITY}，{again}）。" in shown.err
    assert read_report(shown.out.encode()).report.cell(address("requests.other_reasons.research")) is BLANK


def test_a_sum_is_of_different_reports_and_takes_the_place_of_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = []
    for name in ("city-2024.toml", "department-2024.toml"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
        parts.append(str(tmp_path / name))
    assert main(["sum", str(tmp_path), parts[0]]) == 2
    assert "同一份报告给了两次" in capsys.readouterr().err
    assert main(["sum", *parts, "-o", parts[1], "--force"]) == 2
    assert "不能用汇总覆盖它" in capsys.readouterr().err
    assert Path(parts[1]).read_bytes() == (EXAMPLES / "department-2024.toml").read_bytes()


def test_a_report_without_a_year_is_not_added(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    undated = tmp_path / "undated.toml"
    undated.write_bytes(report_bytes(blank_report(EDITION, Header("某局", "department", 0))))
    assert main(["sum", str(undated), CITY]) == 2
    assert f"{undated} 没有写年度" in capsys.readouterr().err
