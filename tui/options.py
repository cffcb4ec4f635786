"""How the editor is started."""

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
    """How the editor was started."""

    path: Path | None = None
    previous: Path | None = None
    profile: probe.Profile = field(default_factory=probe.Profile)
    policy: str = ""
    """The policy file that was given; empty to look for one, `-` for none."""
    keymap: Mapping[str, str] = field(default_factory=dict)
    complaints: Sequence[str] = ()
    """What was wrong with the configuration; shown once the report is."""
    surroundings: Surroundings = field(default_factory=lambda: Surroundings(user_places()))
