"""An investigator with everything: disk, both Redis servers, logs. Must try hard to say who, what and when."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.advice.vocabulary import AgeBand, Danger, Duration, Relation, Role, Topic, Urgency

WHO = {
    "address of a connection": rb"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b",
    "e-mail address": rb"[\w.+-]+@[\w-]+\.[a-z]{2,}",
    "telephone number": rb"(?<![0-9a-f])(?:0|\+31)6[ -]?\d{8}(?![0-9a-f])",
    "citizen number": rb"(?<![0-9a-f.])[1-9]\d{8}(?![0-9a-f.])",
    "browser": rb"Mozilla/|AppleWebKit|user-agent|canary-browser",
    "cookie": rb"(?:set-)?cookie:",
    "page before": rb"referer",
    "token": rb"Bearer [A-Za-z0-9_-]{20,}",
}
"""Patterns of what tells who somebody is. Digits within a hash, as the audit log has, are none of it."""

DUTCH = frozenset(
    [
        "mijn",
        "vader",
        "moeder",
        "slaat",
        "geslagen",
        "dreigt",
        "schreeuwt",
        "bang",
        "kinderen",
        "buurvrouw",
        "woon",
        "politie",
        "nooit",
        "altijd",
        "vriend",
        "vrouw",
        "thuis",
        "gisteren",
        "vandaag",
        "waarom",
        "misschien",
        "hij",
        "zij",
        "heeft",
        "wordt",
        "iemand",
        "niemand",
        "kamer",
        "deur",
        "avond",
        "nacht",
        "school",
    ]
)
"""Words of people's stories. One may stand in a line by chance, three different ones are a text."""

_WORDS = frozenset(
    value.encode()
    for closed in (Role, Topic, Urgency, AgeBand, Relation, Duration, Danger)
    for value in (one.value for one in closed)
    if len(value) >= 7 and value not in ("unknown", "nothing")
)
_TIME = re.compile(rb"^(\d{4}-\d\d-\d\dT\d\d):\d\d:\d\d\S* \w+ ([a-z_]+)", re.MULTILINE)
_ID = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


@dataclass
class Findings:
    """What can be told. ``moments`` are times that belong to one certain chat; ``counts`` is all that may be found."""

    who: dict[str, set[bytes]] = field(default_factory=dict)
    what: set[str] = field(default_factory=set)
    moments: dict[bytes, int] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)


def interrogate(sinks: Mapping[str, bytes]) -> Findings:
    """Search all sinks by name; those with "log" in their name are read line by line."""
    found = Findings()
    for name, data in sinks.items():
        for kind, pattern in WHO.items():
            hits = set(re.findall(pattern, data, re.IGNORECASE))
            if hits:
                found.who.setdefault(f"{kind} in {name}", set()).update(hits)
        found.what |= {f"{word.decode()} in {name}" for word in _WORDS if word in data}
        found.what |= {f"a Dutch text in {name}" for line in data.split(b"\n") if _is_dutch(line)}
        for chat in _ID.findall(data):
            found.moments[chat] = found.moments.get(chat, 0) + 1
        for hour, event in _TIME.findall(data):
            found.counts[f"{event.decode()} {hour.decode()}h"] += 1
    return found


def _is_dutch(line: bytes) -> bool:
    words = set(re.findall(r"[a-z]{3,}", line.decode("utf-8", "ignore").lower()))
    return len(words & DUTCH) >= 3
