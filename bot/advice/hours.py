"""Opening hours on the Dutch wall clock, with the words that tell about them. Must not know any organisation.

Moments are aware datetimes from outside; days and times are those of Europe/Amsterdam, with summer time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MINUTES_PER_DAY = 24 * 60
DAY_AND_NIGHT = "dag en nacht"
_SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


@dataclass(frozen=True)
class Span:
    """Open from ``start`` up to, not including, ``end``; minutes after local midnight, at most 24:00."""

    start: int
    end: int


@dataclass(frozen=True)
class Hours:
    """A week of opening hours; ``days`` runs from Monday to Sunday and is empty when ``always`` holds."""

    always: bool
    days: tuple[tuple[Span, ...], ...]

    def is_open(self, now: datetime) -> bool:
        """Whether it is open at ``now``. Raises ValueError for a moment without a time zone."""
        local = _local(now)
        if self.always:
            return True
        minute = local.hour * 60 + local.minute
        return any(span.start <= minute < span.end for span in self.days[local.weekday()])

    def text(self, now: datetime) -> str:
        """The hours around ``now`` in Dutch, such as 'nu open, tot 21.00 uur' or 'dag en nacht'."""
        local = _local(now)
        if self.always or self._never_closes():
            return DAY_AND_NIGHT
        if not self.is_open(now):
            return self._closed_text(local)
        end = self._closing_minute(local)
        return "nu open" if end is None else f"nu open, tot {_clock(end)} uur"

    def _never_closes(self) -> bool:
        return all(_merged(day) == (Span(0, MINUTES_PER_DAY),) for day in self.days)

    def _closing_minute(self, local: datetime) -> int | None:
        """Minutes after midnight at which this opening ends; None when that is not today or tonight."""
        minute = local.hour * 60 + local.minute
        today, tomorrow = (_merged(self.days[(local.weekday() + later) % 7]) for later in (0, 1))
        end = next(span.end for span in today if span.start <= minute < span.end)
        if end < MINUTES_PER_DAY or not tomorrow or tomorrow[0].start != 0:
            return end
        return None if tomorrow[0].end == MINUTES_PER_DAY else tomorrow[0].end

    def _closed_text(self, local: datetime) -> str:
        minute = local.hour * 60 + local.minute
        for later in range(8):
            day = (local.weekday() + later) % 7
            starts = [span.start for span in self.days[day] if later or span.start > minute]
            if starts:
                return f"nu dicht, {_day_word(later, day)} open vanaf {_clock(min(starts))} uur"
        return "nu dicht"


def parse(data: object) -> Hours | None:
    """Reads hours as in organisations.yml; None stays None. Raises ValueError that names the key."""
    if data is None:
        return None
    if not isinstance(data, dict) or not isinstance(data.get("always"), bool):
        raise ValueError("hours: verwacht 'always: true' of 'always: false' met een lijst per dag")
    unknown = set(data) - {"always", *DAY_KEYS}
    if unknown:
        raise ValueError(f"hours: onbekende sleutel {min(map(str, unknown))}; gebruik {' '.join(DAY_KEYS)}")
    if data["always"]:
        return Hours(always=True, days=())
    return Hours(always=False, days=tuple(_parse_day(key, data.get(key, ())) for key in DAY_KEYS))


def _parse_day(key: str, written: object) -> tuple[Span, ...]:
    if not isinstance(written, list | tuple):
        raise ValueError(f"hours.{key}: verwacht een lijst zoals ['09:00-17:00'] of []")
    spans = sorted((_parse_span(key, item) for item in written), key=lambda span: span.start)
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            raise ValueError(f"hours.{key}: twee tijden vallen over elkaar")
    return tuple(spans)


def _parse_span(key: str, written: object) -> Span:
    match = _SPAN.fullmatch(written) if isinstance(written, str) else None
    if match is None:
        raise ValueError(f"hours.{key}: schrijf tijden als '09:00-17:00'")
    start = int(match[1]) * 60 + int(match[2])
    end = int(match[3]) * 60 + int(match[4])
    if not start < end <= MINUTES_PER_DAY:
        raise ValueError(f"hours.{key}: het eind komt na het begin en niet na 24:00 (splits over twee dagen)")
    return Span(start, end)


def _merged(day: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans that touch become one, so that a closing time is a real one."""
    merged: list[Span] = []
    for span in day:
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return tuple(merged)


def _local(now: datetime) -> datetime:
    if now.tzinfo is None:
        raise ValueError("now needs a time zone: a naive moment may be an hour or a day wrong")
    return now.astimezone(AMSTERDAM)


def _clock(minute: int) -> str:
    return f"{minute // 60}.{minute % 60:02d}"


def _day_word(later: int, day: int) -> str:
    named = DAY_NAMES[day] if later < len(DAY_NAMES) else f"volgende week {DAY_NAMES[day]}"
    return {0: "vandaag", 1: "morgen"}.get(later, named)
