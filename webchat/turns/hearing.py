"""What one message of the visitor says: danger and region from the raw text, then only what is left after redaction.

Must never pass on or keep raw text.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from bot.advice.assessment import Assessment, higher
from bot.advice.understanding import heard as said_in_words
from bot.advice.vocabulary import Danger, Urgency
from webchat.chats import ChatState, Notes
from webchat.logs import Event, log
from webchat.ports import BotReply, NotAllowedNow
from webchat.turns.knowledge import Finding, Knowledge, RegionFinding, Scrubbed, clean
from webchat.turns.replies import Replies, put_notice
from webchat.turns.room import OpenChat, Room


@dataclass(frozen=True)
class Said:
    """What the visitor sent: an id of its own and either text or a choice."""

    message_id: str
    text: str | None = field(default=None, repr=False)
    choice: str | None = None
    send_anyway: bool = False


@dataclass(frozen=True)
class Nothing:
    """The finding of a message without text."""

    level: Danger = Danger.NONE
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Heard:
    """One message after the steps that see raw text; from here on only the redacted text exists."""

    danger: Finding
    region: RegionFinding | None = None
    scrubbed: Scrubbed | None = None
    choice: str | None = None

    @property
    def is_acute(self) -> bool:
        """Whether the words say that there is danger now."""
        return self.danger.level is Danger.ACUTE


class Hearing:
    """Reads messages with the knowledge of ``bot.advice``."""

    def __init__(self, room: Room, knowledge: Knowledge, replies: Replies) -> None:
        self._room = room
        self._knowledge = knowledge
        self._replies = replies

    def hear(self, notes: Notes, said: Said) -> Heard:
        """Danger and region from the raw text, then only what is left after redaction. Raises ``NotAllowedNow``."""
        if said.choice is not None:
            if not self._knowledge.is_known_choice(said.choice, notes.offered):
                raise NotAllowedNow("unknown-choice")
            return Heard(Nothing(), choice=said.choice)
        raw = clean(said.text or "")
        if not raw:
            raise NotAllowedNow("unreadable")
        danger, region = self._knowledge.danger.detect(raw), self._knowledge.regions.find(raw)
        scrubbed = self._knowledge.scrubber.scrub(raw, notes.names)
        if scrubbed.failed:
            log(Event.REDACTION_FAILED)
        return Heard(danger, region, scrubbed)

    def danger_reply(self, heard: Heard, notes: Notes) -> tuple[dict[str, Any], ...]:
        """112 when the words ask for it, otherwise nothing."""
        if not heard.is_acute:
            return ()
        return (self._replies.danger(heard.danger.kinds, notes.assessment.role, self._room.clock.now()),)

    def with_notice(self, replies: list[dict[str, Any]], heard: Heard, notes: Notes) -> list[dict[str, Any]]:
        """The replies with a line on what was left out of the message."""
        kinds = heard.scrubbed.kinds if heard.scrubbed else ()
        if heard.region is not None and (heard.region.region_id or heard.region.options):
            # A town that was understood is answered; saying that it was left out would only puzzle.
            kinds = tuple(kind for kind in kinds if kind not in ("place", "postcode"))
        if not kinds:
            return replies
        explained = None if notes.noticed else self._knowledge.texts.left_out_and_why(kinds)
        notice = self._replies.left_out(kinds, explained, self._room.clock.now())
        return put_notice(replies, notice)

    def assessment(self, notes: Notes, danger: Finding, answer: BotReply | None = None) -> Assessment:
        """The engine's proposal, with what the visitor corrected, and never below what the words say."""
        told = said_in_words(danger.level, danger.kinds, False)
        proposed = answer.assessment if answer else notes.assessment
        region = proposed.region if proposed.region and self._knowledge.is_region(proposed.region) else None
        merged = replace(proposed, region=region)
        merged = replace(merged, **{name: getattr(notes.assessment, name) for name in notes.fixed if name != "urgency"})
        if told is Urgency.ACUTE:
            return replace(merged, urgency=Urgency.ACUTE)
        if "urgency" in notes.fixed:
            return replace(merged, urgency=_fixed_urgency(notes.assessment.urgency, merged.urgency))
        return replace(merged, urgency=higher(merged.urgency, told))

    def first_aid(self, said: Said) -> tuple[dict[str, Any], ...]:
        """What can be shown without a store: 112 when the words ask for it, and the card with numbers."""
        finding = self._knowledge.danger.detect(clean(said.text)) if said.text else Nothing()
        return (*self.danger_reply(Heard(finding), Notes()), *self.card())

    def card(self) -> tuple[dict[str, Any], ...]:
        """The card with numbers, for when nothing else can be said."""
        return (self._replies.emergency(self._room.clock.now()),)

    def result(
        self, chat: OpenChat, said: Said, notes: Notes, replies: list[dict[str, Any]], kinds: tuple[str, ...]
    ) -> dict[str, Any]:
        """The answer to one message in the public API."""
        times = replace(chat.stored.times, active=self._room.clock.steady(), kept=notes.keep)
        return {
            "id": said.message_id,
            "state": notes.state.value,
            "replies": replies,
            "assessment": notes.assessment.as_dict(),
            "redacted_kinds": list(kinds),
            "ends_at": self._room.at(times.ends).isoformat(),
        }


def after_hearing(notes: Notes, heard: Heard, assessment: Assessment, state: ChatState) -> Notes:
    """The notes after a message was heard."""
    scrubbed = heard.scrubbed
    return replace(
        notes,
        state=state,
        assessment=assessment,
        names=scrubbed.names if scrubbed else notes.names,
        noticed=notes.noticed or bool(scrubbed and scrubbed.kinds),
    )


def _fixed_urgency(chosen: Urgency, proposed: Urgency) -> Urgency:
    return Urgency.ACUTE if proposed is Urgency.ACUTE else chosen
