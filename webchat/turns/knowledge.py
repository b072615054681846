"""What the use cases ask of bot.advice, named so that tests can answer instead. Must not hold knowledge itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.advice.directory import Directory
from bot.advice.fixed_texts import FixedTexts
from bot.advice.vocabulary import Danger

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_REGION_CHOICE = re.compile(r"/region:([a-z0-9-]{1,60})")
HANDOVER = "/handover"
CANNOT_TALK = "/cannot_talk"
STAY, STOP, BELCODE = "/handover:stay", "/handover:stop", "/belcode"
OWN_CHOICES = frozenset({STAY, STOP, BELCODE})
"""Choices that the gateway answers itself; the bot never sees them."""

PAGE_CHOICES = frozenset(
    {HANDOVER, "/simpler", "/simpler:off", CANNOT_TALK, "/about_self", "/about_other", "/i_am_child"}
)
"""Choices that the page itself offers, whatever the bot said last."""


class Finding(Protocol):
    """What danger words say about one message."""

    @property
    def level(self) -> Danger:
        """None, perhaps or now."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """Which kinds of danger."""
        ...


class DangerReader(Protocol):
    """Finds danger in raw text."""

    def detect(self, text: str) -> Finding:
        """What the words of this message say."""
        ...


class RegionOption(Protocol):
    """One of several places of the same name."""

    @property
    def label(self) -> str:
        """For the visitor to choose by."""
        ...

    @property
    def region_id(self) -> str:
        """Its Veilig Thuis region."""
        ...


class RegionFinding(Protocol):
    """Which region a message names."""

    @property
    def region_id(self) -> str | None:
        """The region, when it is clear."""
        ...

    @property
    def options(self) -> Sequence[RegionOption]:
        """What to choose from, when it is not."""
        ...

    @property
    def own(self) -> bool:
        """Whether the visitor said to live there."""
        ...


class NamedRegion(Protocol):
    """A Veilig Thuis region."""

    @property
    def name(self) -> str:
        """For people."""
        ...


class RegionFinder(Protocol):
    """Finds regions in raw text, and knows which exist."""

    def find(self, text: str) -> RegionFinding:
        """The region that this message names."""
        ...

    def get(self, region_id: str) -> "NamedRegion":
        """The region. Raises ``KeyError`` when there is none of that id."""
        ...


@dataclass(frozen=True)
class Scrubbed:
    """Redacted text, what was left out, and the names of this chat as JSON for next time. ``failed``: nothing of
    the message may go on."""

    text: str = field(repr=False)
    kinds: tuple[str, ...] = ()
    names: dict[str, Any] | None = field(default=None, repr=False)
    failed: bool = False


class Scrubber(Protocol):
    """Removes what identifies. Never raises and never gives raw text back when it fails."""

    def scrub(self, text: str, names: dict[str, Any] | None) -> Scrubbed:
        """The message without names, places, numbers, …"""
        ...


@dataclass(frozen=True)
class Knowledge:
    """Everything that is loaded once at the start."""

    danger: DangerReader
    regions: RegionFinder
    scrubber: Scrubber
    directory: Directory
    texts: FixedTexts
    choices: frozenset[str] = frozenset()
    """Payloads that may be sent at any time: the buttons and answers of the content files, with their slash."""

    def is_region(self, region_id: str) -> bool:
        """Whether this region exists."""
        try:
            return self.regions.get(region_id) is not None
        except KeyError:
            return False

    def region_name(self, region_id: str) -> str:
        """The region as people call it. Raises ``KeyError``."""
        return self.regions.get(region_id).name

    def is_known_choice(self, payload: str, offered: tuple[str, ...]) -> bool:
        """Whether a choice comes from a closed list: offered here, known to the content files, or a region."""
        if payload in offered or payload in self.choices or payload in PAGE_CHOICES:
            return True
        region = _REGION_CHOICE.fullmatch(payload)
        return region is not None and self.is_region(region[1])


def clean(text: str) -> str:
    """The text without invisible and control characters and without slashes in front.

    Those hide words from the danger list, turn the reading direction round, or are commands to Rasa.
    """
    return _INVISIBLE.sub("", text).strip().lstrip("/ \t").strip()


def region_for_engine(region: RegionFinding | None) -> dict[str, Any] | None:
    """What the engine gets: an id or what to choose from, never the words; ``None`` when there is neither."""
    if region is None or (region.region_id is None and not region.options):
        return None
    options = [{"label": option.label, "region_id": option.region_id} for option in region.options]
    return {"region_id": region.region_id, "options": options, "own": region.own}
