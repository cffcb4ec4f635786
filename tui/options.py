"""Start-up options of the editor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..files.saving.directories import user_places
from ..files.session.surroundings import Surroundings
from .terminal import probe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class EditorOptions:
    """Start-up options of the editor."""

    path: Path | None = None
    previous: Path | None = None
    profile: probe.Profile = field(default_factory=probe.Profile)
    policy: str = ""
    """Path of the policy file; empty to search for one, `-` for none."""
    keymap: Mapping[str, str] = field(default_factory=dict)
    complaints: Sequence[str] = ()
    """Problems in the configuration, shown after start-up."""
    surroundings: Surroundings = field(default_factory=lambda: Surroundings(user_places()))
