"""Builds a ``Turn`` from what the gateway sent and what the pipeline understood. The only place that reads both."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.advice import regions as region_content
from bot.advice.advisor import Turn
from bot.advice.assessment import Assessment, higher, merge
from bot.advice.memory import DialogueMemory
from bot.advice.regions import RegionFinding, RegionOption
from bot.advice.understanding import Understanding, heard
from bot.advice.vocabulary import Danger, OpenQuestion, Role


def make(
    understanding: Understanding,
    memory: DialogueMemory,
    payload: Mapping[str, Any],
    chosen_value: str = "",
) -> Turn:
    """One turn. ``payload`` holds ``assessment``, ``fixed``, ``danger``, ``danger_shown``, ``region``, ``easy``,
    ``address_form`` and ``now`` of the engine's contract. Raises ``ValueError`` or ``KeyError`` when it does not."""
    before = Assessment.from_dict(payload.get("assessment") or {})
    danger = payload.get("danger") or {}
    told = heard(Danger(danger.get("level") or "none"), danger.get("kinds") or (), False)
    seen = replace(understanding.sighting, urgency=higher(understanding.sighting.urgency, told))
    kinds = understanding.kinds | frozenset(danger.get("kinds") or ())
    place = _place(payload.get("region"))
    after = merge(before, seen, payload.get("fixed") or ())
    # Other buttons carry a value too ("makkelijk uit", a step of a path): only one that names a place is a region.
    region = _region(place, memory, after.role, chosen_value if understanding.intent == "give_place" else "")
    if region and "region" not in (payload.get("fixed") or ()):
        after = replace(after, region=region)
    easy = memory.easy if payload.get("easy") is None else bool(payload["easy"])
    return Turn(
        understanding=replace(understanding, sighting=seen, kinds=kinds),
        before=before,
        assessment=after,
        memory=replace(memory, easy=easy),
        now=datetime.fromisoformat(str(payload["now"])),
        place=place,
        danger_shown=payload.get("danger_shown") is True,
        chosen_value=chosen_value,
        opening=payload.get("opening") is True,
        polite=payload.get("address_form") == "u",
    )


def _place(found: Mapping[str, Any] | None) -> RegionFinding | None:
    if not found:
        return None
    options = tuple(RegionOption(str(one["label"]), str(one["region_id"])) for one in found.get("options") or ())
    region = found.get("region_id")
    return RegionFinding(str(region) if region else None, options, (), "none", found.get("own") is True)


def _region(place: RegionFinding | None, memory: DialogueMemory, role: Role, chosen: str) -> str | None:
    """The region of the person of concern (DESIGN §6.9): where a bystander lives does not settle it, unless the
    question about that person's town was open."""
    if chosen:
        return chosen if any(region.id == chosen for region in region_content.load().all()) else None
    if place is None or place.region_id is None:
        return None
    if place.own and role in (Role.BYSTANDER, Role.PROFESSIONAL) and memory.asked is not OpenQuestion.REGION:
        return None
    return place.region_id
