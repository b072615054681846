"""Counts the training examples along the matrix: topic, role, urgency and voice. Judges nothing."""

from collections import Counter
from collections.abc import Sequence

from bot.advice.understanding import SITUATION_TOPICS
from bot.advice.vocabulary import Role, Urgency
from bot.engine.understanding import lexicon
from scripts.evaluation.sets import Example

ROLES = (Role.VICTIM, Role.BYSTANDER, Role.CHILD, Role.PERPETRATOR, Role.PROFESSIONAL, Role.UNKNOWN)
URGENCIES = (Urgency.ACUTE, Urgency.UNCLEAR, Urgency.URGENT, Urgency.NORMAL, Urgency.NONE)
THIN = 5
"""A cell with fewer examples is thin."""


def table(examples: Sequence[Example]) -> list[str]:
    """Topic by role and by urgency, role by urgency, and voice by role."""
    lines = [
        f"{len(examples)} examples, {sum(len(one.text.split()) >= 40 for one in examples)} of 40 words or more, "
        f"{len(lexicon.load().names)} concepts",
        "",
        f"{'topic':28} " + _heads([role.value for role in ROLES]) + "  | " + _heads([one.value for one in URGENCIES]),
    ]
    for topic in sorted(SITUATION_TOPICS):
        own = [one for one in examples if topic in one.topics]
        lines.append(f"{topic:28} " + _counts(own, "role", ROLES) + "  | " + _counts(own, "urgency", URGENCIES))
    lines += ["", f"{'role':28} " + _heads([one.value for one in URGENCIES])]
    for role in ROLES:
        own = [one for one in examples if one.role == role.value]
        lines.append(f"{role.value:28} " + _counts(own, "urgency", URGENCIES))
    lines += ["", f"{'voice':28} " + _heads([role.value for role in ROLES])]
    for voice in sorted({one.voice for one in examples}):
        lines.append(f"{voice:28} " + _counts([one for one in examples if one.voice == voice], "role", ROLES))
    return lines


def _heads(names: Sequence[str]) -> str:
    return " ".join(f"{name[:7]:>7}" for name in names)


def _counts(examples: Sequence[Example], field: str, values: Sequence[str]) -> str:
    found = Counter(getattr(one, field) for one in examples)
    return " ".join(f"{found[str(value)]:7}" for value in values)


def thin(examples: Sequence[Example], topic: str) -> list[str]:
    """Where a topic has few examples, in Dutch: what to write when people say that it is not understood."""
    own = [one for one in examples if topic in one.topics]
    cells = Counter((one.role, one.urgency) for one in own)
    voices = Counter(one.voice for one in own)
    few = [
        f"  {role.value}, {urgency.value}: {cells[role.value, urgency.value]}"
        for role in ROLES
        for urgency in URGENCIES[:4]
        if cells[role.value, urgency.value] < THIN
    ]
    rare = [f"  {voice}: {voices[voice]}" for voice in sorted({one.voice for one in examples}) if voices[voice] < THIN]
    return [f"{topic}: {len(own)} voorbeelden", "Weinig per rol en urgentie:", *few, "Weinig per stem:", *rare]
