"""Reads content files as data. Must not know what any of them means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.advice.errors import BadContent

CONTENT = Path(__file__).parent / "content"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same safe loader, ten times faster where libyaml is there."""


def read_yaml(path: Path) -> dict[str, Any]:
    """One content file as a mapping. Raises BadContent when it is missing, no YAML or no mapping."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one
    except OSError as problem:
        raise BadContent(path.name, "niet te lezen; zet het bestand terug in bot/advice/content") from problem
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f"regel {mark.line + 1}: " if mark else ""
        raise BadContent(path.name, f"{line}geen geldige YAML; kijk naar inspringen") from problem
    if not isinstance(data, dict):
        raise BadContent(path.name, "verwacht sleutels op het hoogste niveau")
    return data
