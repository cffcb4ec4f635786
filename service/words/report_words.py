"""Names of values in reports and findings: kinds of agency, severities, parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[str, str]] = {"government": "各级人民政府", "department": "政府部门"}
SEVERITIES: Final[Mapping[str, str]] = {"error": "错误", "warning": "警告", "info": "提示"}
WHOLE_REPORT: Final = "整份报告"
