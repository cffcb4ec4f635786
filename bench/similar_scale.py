"""Scaling of `nianbao similar`: time, memory and recall for synthetic reports with planted copies.

    python bench/similar_scale.py [REPORTS …]        (default: 1000 10000 100000)

Each report has twelve paragraphs of sentences built from a vocabulary. Every tenth report has one paragraph, every fiftieth a whole
section, copied from an earlier report with a share of its characters changed. Prints the seconds to build passages and to find and
compare them, the peak memory of the process, and the share of planted copies found, by similarity.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nianbao.cli.similar.index import index_for
from nianbao.core.report import Header, Report, blank_report
from nianbao.core.similarity.overlap import overlaps, similarity
from nianbao.core.similarity.passages import Passage, passages, substance
from nianbao.templates import load_edition

if TYPE_CHECKING:
    from nianbao.core.edition import Edition

WORDS = [
    "主动公开",
    "依申请公开",
    "政府信息",
    "管理",
    "平台",
    "建设",
    "监督",
    "保障",
    "机制",
    "制度",
    "审查",
    "发布",
    "解读",
    "回应",
    "群众",
    "关切",
    "栏目",
    "网站",
    "公众号",
    "培训",
    "考核",
    "领导",
    "小组",
    "协调",
    "责任",
    "落实",
    "目录",
    "指南",
    "更新",
    "规范",
    "流程",
    "文件",
    "清理",
    "保密",
    "人员",
    "能力",
    "意识",
    "质量",
    "时效",
    "渠道",
    "宣传",
    "推进",
    "加强",
    "完善",
    "健全",
    "提升",
    "强化",
    "优化",
    "梳理",
    "明确",
    "组织",
    "开展",
    "统筹",
    "推动",
    "深化",
    "拓展",
    "重点",
    "领域",
    "民生",
    "服务",
    "政策",
    "社会",
    "救助",
    "养老",
    "教育",
    "医疗",
    "交通",
    "环境",
    "住房",
    "就业",
    "安全",
    "监管",
    "执法",
    "财政",
    "预算",
    "项目",
    "工程",
    "招标",
    "规划",
    "乡村",
    "社区",
    "街道",
    "企业",
    "营商",
    "改革",
    "创新",
    "数据",
    "共享",
    "系统",
    "热线",
    "窗口",
    "专区",
    "图解",
    "视频",
    "座谈",
    "调研",
    "问卷",
    "评议",
    "整改",
    "问题",
    "不足",
    "差距",
    "深入",
    "及时",
    "准确",
    "全面",
]
CHARACTERS = sorted(set("".join(WORDS)))
PARAGRAPHS = {"overview": 6, "problems": 4, "other": 2}


@dataclass
class Planted:
    """The planted copies as (source, target, section, similarity)."""

    pairs: list[tuple[int, int, str, float]] = field(default_factory=list)


def paragraph(rng: random.Random) -> str:
    clauses = ["".join(rng.choices(WORDS, k=rng.randint(4, 9))) for _ in range(rng.randint(5, 12))]
    return "，".join(clauses) + "。"


def changed(rng: random.Random, text: str, share: float) -> str:
    letters = list(text)
    left = int(len(letters) * share)
    while left > 0:
        run = min(left, rng.randint(1, 6))
        at = rng.randrange(len(letters))
        letters[at : at + run] = rng.choices(CHARACTERS, k=run)
        left -= run
    return "".join(letters)


def corpus(count: int, planted: Planted) -> list[tuple[Passage, ...]]:
    """Return the passages of `count` reports and record the planted copies. Only prose that may be copied later is kept."""
    edition = load_edition("2021")
    found: list[tuple[Passage, ...]] = []
    kept: dict[int, dict[str, list[str]]] = {}
    rng = random.Random(20240501)  # noqa: S311 - a corpus, not a secret
    for number in range(count):
        prose = {section: [paragraph(rng) for _ in range(how_many)] for section, how_many in PARAGRAPHS.items()}
        if number % 10 == 9 and kept:
            source = rng.choice(list(kept)[-500:])
            section = rng.choice(list(PARAGRAPHS))
            share = rng.choice((0.0, 0.02, 0.05, 0.1, 0.15))
            if number % 50 == 49:
                prose[section] = [changed(rng, text, share) for text in kept[source][section]]
                copies = prose[section]
            else:
                at = rng.randrange(len(prose[section]))
                prose[section][at] = changed(rng, kept[source][section][at], share)
                copies = [prose[section][at]]
            texts = kept[source][section]
            for copy in copies:
                alike = max(similarity(substance(copy), substance(text)) for text in texts)
                planted.pairs.append((source, number, section, alike))
        else:
            kept[number] = prose
            if len(kept) > 600:
                del kept[next(iter(kept))]
        found.append(tuple(passages(report_of(edition, number, prose))))
    return found


def report_of(edition: Edition, number: int, prose: dict[str, list[str]]) -> Report:
    report = blank_report(edition, Header(agency=f"示例{number}局", kind="department", year=2024))
    for section, texts in prose.items():
        report = report.with_text(section, "\n".join(texts))
    return report


def measure(count: int) -> None:
    planted = Planted()
    start = time.perf_counter()
    reports = corpus(count, planted)
    made = time.perf_counter()
    total = sum(map(len, reports))
    index, _ = index_for(total)
    found: dict[tuple[int, int], set[str]] = {}
    for overlap in overlaps(reports, index, 0.8):
        found[overlap.one, overlap.other] = {match.one.section for match in overlap.matches}
    done = time.perf_counter()
    bins: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for source, number, section, alike in planted.pairs:
        name = (
            "<0.80"
            if alike < 0.8
            else "0.80-0.85"
            if alike < 0.85
            else "0.85-0.90"
            if alike < 0.9
            else "0.90-0.95"
            if alike < 0.95
            else ">=0.95"
        )
        bins[name][0] += 1
        bins[name][1] += section in found.get((source, number), set())
    true_pairs = {(source, number) for source, number, _, _ in planted.pairs}
    spurious = sum(pair not in true_pairs for pair in found)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} reports, {total} passages, {type(index).__name__}: passages made in {made - start:.1f} s, found and compared in"
        f" {done - made:.1f} s, {memory:.0f} MB at most; {len(found)} pairs, {spurious} not planted"
    )
    for name in sorted(bins, key=lambda name: ("<" not in name, name)):
        planted_count, seen = bins[name]
        print(f"    alike {name:>9}: {seen} of {planted_count} planted copies found ({seen / planted_count:.1%})")


if __name__ == "__main__":
    for size in [int(argument) for argument in sys.argv[1:]] or [1000, 10_000, 100_000]:
        measure(size)
