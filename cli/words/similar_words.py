"""Chinese messages of `nianbao similar`."""

from __future__ import annotations

from typing import Final

ABOUT: Final = "查找几份报告之间雷同的段落：繁简不分，年份、数字和各份报告都有的固定语句不算。"
FILES: Final = "年报文件、网页、Word 或纯文本，或者文件夹；- 表示标准输入"
FORMAT: Final = "输出格式：text（默认）或 json"
THRESHOLD: Final = "段落相似到多少才列出，0.5 到 1（默认 0.8）"
AGAINST: Final = "只与这个文件或文件夹里的报告比较，前面给出的报告之间不比较；可以写几次"
BRIEF: Final = "只列各部分相同的比例，不列段落"
WIDTH: Final = "每行的宽度，60 到 200 个半角字符（默认 80）"
FAIL_ON: Final = "遇到哪一级就以 1 退出：error（默认，整个部分雷同）、warning（有雷同的段落）、never"
THRESHOLD_RANGE: Final = "--threshold 要在 0.5 到 1 之间"
ONE_REPORT: Final = "至少要有两份报告才能比较。"
UNREADABLE: Final = "{path}：{reason}"
NO_PROSE: Final = "没有自己的文字可以比较。"
SLOW: Final = '报告很多。装上 rensa（pip install "nianbao[similar]"）会快得多，也省内存。'

PAIR: Final = "{path}（{agency}，{year} 年度）"
PAIR_OTHER: Final = "与 {path}（{agency}，{year} 年度）"
SECTION_COPIED: Final = "{level} {code}  {title}：{percent}% 相同，整个部分雷同"
SECTION_SHARED: Final = "{level} {code}  {title}：{percent}% 相同"
PASSAGE: Final = "{percent}% 相同"
PASSAGE_PLACE: Final = "{title} 第 {line} 行"
PASSAGE_TITLE: Final = "{title}"
NONE: Final = "没有发现雷同的段落。"
SUMMARY: Final = "共比较 {files} 份报告：{pairs} 对有雷同，其中 {errors} 对有整个部分雷同。"
