"""Effect of a policy on findings, depending on the policy's origin."""

from __future__ import annotations

from examined import findings_of, findings_under
from example_counts import examples
from hypothesis import given
from hypothesis import strategies as st
from nianbao.core.checks.finding import Finding, Severity
from nianbao.core.edition import Relation
from nianbao.core.ids import SectionId
from nianbao.core.policy import NO_POLICY, Origin, Policy, with_policy_limits
from nianbao.core.policy_effect import apply_policy
from nianbao.files.report.report_file import read_report
from nianbao.templates import edition_ids, load_edition
from repository import EXAMPLES
from rule_check import CATALOGUE

WRONG = (EXAMPLES / "wrong-2024.toml").read_bytes()
SOURCE = read_report(WRONG)
SEVERITIES = st.dictionaries(st.sampled_from([*CATALOGUE, "C", "C0", "C5"]), st.sampled_from([*Severity, None]), max_size=8)
LENGTHS = st.dictionaries(st.sampled_from(["overview", "problems", "other"]), st.integers(0, 2000), max_size=2)
DEADLINES = st.dictionaries(st.sampled_from(["government", "department"]), st.tuples(st.integers(1, 12), st.integers(1, 28)), max_size=2)


def policy_of(
    severities: dict[str, Severity | None],
    lengths: dict[str, int] | None = None,
    deadlines: dict[str, tuple[int, int]] | None = None,
    origin: Origin = Origin.FOUND,
) -> Policy:
    limits = tuple((SectionId(section), length) for section, length in (lengths or {}).items())
    return Policy(tuple(severities.items()), limits, tuple((deadlines or {}).items()), origin=origin)


def place(finding: Finding) -> tuple[object, ...]:
    """Return the subject of a finding, regardless of the limit it names."""
    return finding.code, finding.section, finding.cells, finding.span, finding.key, finding.param("variant")


@examples(60)
@given(SEVERITIES, LENGTHS, DEADLINES, st.booleans())
def test_a_found_policy_never_makes_a_finding_lighter(
    severities: dict[str, Severity | None], lengths: dict[str, int], deadlines: dict[str, tuple[int, int]], draft: bool
) -> None:
    policy = policy_of(severities, lengths, deadlines)
    before = findings_of(SOURCE, draft=draft)
    after, effect = findings_under(SOURCE, policy, draft=draft)
    ranks = {place(finding): finding.severity.rank for finding in after}
    assert all(ranks[place(finding)] <= finding.severity.rank for finding in before)
    assert effect is None or (effect.silenced, effect.lowers) == ((), False)


@examples(40)
@given(SEVERITIES, st.booleans())
def test_a_trusted_policy_changes_severities_of_unprotected_rules_and_nothing_else(
    severities: dict[str, Severity | None], draft: bool
) -> None:
    before = findings_of(SOURCE, draft=draft)
    after, effect = findings_under(SOURCE, policy_of(severities, origin=Origin.GIVEN), draft=draft)

    def wanted(finding: Finding) -> Severity | None:
        entry = max((start for start in severities if finding.code.startswith(start)), key=len, default=None)
        severity = finding.severity if entry is None else severities[entry]
        lowers = severity is None or severity.rank > finding.severity.rank
        return finding.severity if lowers and CATALOGUE[finding.code].protected else severity

    kept = {finding.waiver: finding for finding in after}
    for finding in before:
        severity = wanted(finding)
        assert (finding.waiver in kept) == (severity is not None)
        if severity is not None and not draft:
            assert kept[finding.waiver].severity is severity
            assert CATALOGUE.message(kept[finding.waiver]) == CATALOGUE.message(finding)
    assert len(after) == sum(wanted(finding) is not None for finding in before)
    silenced = sum(entry.number for entry in effect.silenced) if effect is not None else 0
    lighter = [finding for finding in before if (severity := wanted(finding)) is None or severity.rank > finding.severity.rank]
    assert silenced == len(lighter)


def under(policy: Policy, finding: Finding, *, draft: bool = False) -> Severity:
    (kept,), _ = apply_policy(policy, CATALOGUE, SOURCE.report, [finding], draft=draft)
    return kept.severity


def test_a_draft_is_not_judged_more_harshly_than_the_rule_does() -> None:
    policy = policy_of({"C15": Severity.ERROR})
    assert under(policy, Finding("C15", Severity.INFO), draft=True) is Severity.INFO
    assert under(policy, Finding("C15", Severity.INFO)) is Severity.ERROR


def test_a_waived_finding_stays_waived() -> None:
    assert under(policy_of({"C54": Severity.ERROR}), Finding("C54", Severity.INFO, waived="属实")) is Severity.INFO


def test_no_policy_leaves_the_report_alone() -> None:
    assert with_policy_limits(SOURCE.report, NO_POLICY) is SOURCE.report


def test_identities_cells_missing_parts_and_the_file_itself_are_protected() -> None:
    identities = {
        equation.code
        for name in edition_ids()
        for equation in load_edition(name).equations
        if equation.relation is Relation.EQUAL and CATALOGUE[equation.code].severity is Severity.ERROR
    }
    codes = identities | {"C05", "C14", "C15", "C16", "C17", "C18", "C19", "C50"} | {code for code in CATALOGUE if code.startswith("F")}
    assert [code for code in sorted(codes) if not CATALOGUE[code].protected] == []
