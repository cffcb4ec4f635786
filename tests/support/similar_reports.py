"""Reports with original sentences and with sentences common to all reports."""

from __future__ import annotations

from nianbao.core.ids import SectionId
from nianbao.core.report import Header, Report, blank_report
from rule_check import EDITION

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
