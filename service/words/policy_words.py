"""Messages about the policy in force for a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...core.policy_effect import PolicyEffect

POLICY_TITLE: Final = "规则文件"
NAMED: Final[Mapping[str, str]] = {
    "given": "规则文件：{path}（--policy 给出）",
    "user": "规则文件：{path}（用户配置）",
    "found": "规则文件：{path}（在报告旁边或上级文件夹里找到，只采用从严的条目）",
}
IGNORED: Final = "没有采用：{entries}（找到的规则文件不能放宽或关闭规则；要采用，请用 --policy 给出这个文件）"
PROTECTED: Final = "没有采用：{entry}（{codes}不能放宽或关闭）"
SILENCED: Final = "按 {entry} 放宽或关闭：{codes}"
COUNT: Final = "{code} {count} 处"
BETWEEN: Final = "、"
MORE: Final = " 等"
WAIVED_COUNT: Final = "已认可：{count} 处"
MOST_CODES: Final = 5
"""Maximum number of rule codes named per entry."""


def policy_sentences(effect: PolicyEffect | None) -> Iterator[str]:
    """Yield the policy's path, its ignored entries, and the findings that the others silenced; nothing without a policy."""
    if effect is None:
        return
    yield NAMED[effect.origin.value].format(path=effect.path)
    untrusted = BETWEEN.join(ignored.entry for ignored in effect.ignored if not ignored.protected)
    if untrusted:
        yield IGNORED.format(entries=untrusted)
    for ignored in effect.ignored:
        if ignored.protected:
            codes = BETWEEN.join(ignored.codes[:MOST_CODES]) + (MORE if len(ignored.codes) > MOST_CODES else "")
            yield PROTECTED.format(entry=ignored.entry, codes=codes)
    for entry in dict.fromkeys(silenced.entry for silenced in effect.silenced):
        codes = BETWEEN.join(COUNT.format(code=code, count=number) for code, by, number in effect.silenced if by == entry)
        yield SILENCED.format(entry=entry, codes=codes)


def judging_sentences(effect: PolicyEffect | None, waived: int) -> Iterator[str]:
    """Yield the messages about the policy, and the number of waived findings."""
    yield from policy_sentences(effect)
    if waived:
        yield WAIVED_COUNT.format(count=waived)
