"""Where content comes from and until when it was checked. Must not decide what is shown to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.advice.errors import BadContent

_DATES = ("gecontroleerd_op", "opnieuw_voor")


@dataclass(frozen=True)
class Checked:
    """``sources``: where it says so; checked on a day, to be checked again before another; ``status`` is ``ok`` or
    ``laat_controleren`` (then it is not shown)."""

    sources: tuple[str, ...]
    checked_on: date
    check_again_before: date
    status: str


def texts(value: Any) -> tuple[str, ...]:
    """A text or a list of texts as a tuple; nothing gives an empty one."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value.strip(),)
    return tuple(str(one).strip() for one in value)


def checked(file: str, name: str, entry: Mapping[str, Any], defaults: Mapping[str, Any]) -> Checked:
    """The source of one entry; dates and status may stand once at the top of the file. Raises ``BadContent``."""
    known = {field: entry.get(field, defaults.get(field)) for field in (*_DATES, "status", "bron")}
    for field, value in known.items():
        if value in (None, "", []):
            raise BadContent(file, f"'{name}': vul '{field}' in")
    for field in _DATES:
        if not isinstance(known[field], date):
            raise BadContent(file, f"'{name}': schrijf '{field}' als jaar-maand-dag, zoals 2026-11-24")
    return Checked(texts(known["bron"]), known["gecontroleerd_op"], known["opnieuw_voor"], str(known["status"]))


def required(file: str, name: str, entry: Mapping[str, Any], *fields: str) -> None:
    """Raises ``BadContent`` for the first field that is empty."""
    for field in fields:
        if entry.get(field) in (None, "", [], {}):
            raise BadContent(file, f"'{name}': vul '{field}' in")
