"""The card: what the visitor chose to show a counsellor, redacted, and the ticket for it. Must add nothing to it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.advice.vocabulary import Danger, Role, Topic, Urgency
from webchat.chats import Notes
from webchat.handover.envelopes import close_card, new_key
from webchat.handover.tickets import Ticket
from webchat.turns.knowledge import Finding, Knowledge, clean

CHILD = "child"
SEXUAL_VIOLENCE = "sexual_violence"
HONOUR = "honour"
"""Skills that a card may wish for; the same names as in the accounts of counsellors."""

_SEXUAL = frozenset({Topic.SEXUAL_VIOLENCE_RECENT, Topic.SEXUAL_VIOLENCE_PAST, Topic.ONLINE_SEXUAL_ABUSE})
_HONOUR = frozenset(
    {Topic.HONOUR_VIOLENCE, Topic.FORCED_MARRIAGE, Topic.FGM, Topic.ABANDONMENT_ABROAD, Topic.MARITAL_CAPTIVITY}
)
NOT_FREE = "cannot_talk_freely"


@dataclass(frozen=True)
class Wish:
    """The card as the visitor filled it in; ``None`` means "liever niet zeggen". Free texts are still raw."""

    role: Role | None = None
    topics: tuple[Topic, ...] = ()
    region: str | None = None
    urgency: Urgency | None = None
    hope: str | None = None
    hope_text: str | None = field(default=None, repr=False)
    free_to_talk: str | None = None
    with_conversation: bool = False
    code_word: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Card:
    """``shown`` is what the counsellor will see, ``kinds`` what was left out, ``dangers`` what the raw words said."""

    shown: Mapping[str, Any] = field(repr=False)
    kinds: tuple[str, ...]
    names: dict[str, Any] | None = field(repr=False)
    danger: Finding | None

    @property
    def is_acute(self) -> bool:
        """Whether the words on it say that there is danger now."""
        return self.danger is not None and self.danger.level is Danger.ACUTE


def fill_in(wish: Wish, notes: Notes, knowledge: Knowledge) -> Card:
    """The card without what identifies. A text that cannot be redacted is left out."""
    names, danger = notes.names, None
    kinds: list[str] = []
    texts: dict[str, str | None] = {}
    for name, raw in (("hope_text", wish.hope_text), ("code_word", wish.code_word)):
        text = clean(raw or "")
        texts[name] = None
        if not text:
            continue
        found = knowledge.danger.detect(text)
        danger = found if danger is None or found.level is Danger.ACUTE else danger
        scrubbed = knowledge.scrubber.scrub(text, names)
        names = scrubbed.names
        kinds += scrubbed.kinds
        texts[name] = None if scrubbed.failed else scrubbed.text
    shown = {
        "role": wish.role.value if wish.role else None,
        "topics": [topic.value for topic in wish.topics],
        "region": wish.region,
        "urgency": wish.urgency.value if wish.urgency else None,
        "hope": wish.hope,
        "hope_text": texts["hope_text"],
        "free_to_talk": wish.free_to_talk,
        "with_conversation": wish.with_conversation,
        "code_word": texts["code_word"],
    }
    return Card(shown, tuple(dict.fromkeys(kinds)), names, danger)


def is_acute(wish: Wish, card: Card, notes: Notes) -> bool:
    """Danger orders the queue whatever the visitor chose to show: by the chat, the card, or the words on it."""
    return card.is_acute or Urgency.ACUTE in (wish.urgency, notes.assessment.urgency)


def ticket_for(wish: Wish, card: Card, notes: Notes, now: float) -> tuple[Ticket, str]:
    """A new ticket with the closed card, and the key of the card. ``now`` in seconds of the steady clock."""
    acute = is_acute(wish, card, notes)
    ticket_id, key = secrets.token_hex(16), new_key()
    ticket = Ticket(
        id=ticket_id,
        urgency=Urgency.ACUTE if acute else wish.urgency or Urgency.NONE,
        asked_at=now,
        seen=now,
        card=close_card(key, ticket_id, card.shown),
        danger=acute,
        flags=flags_of(wish, notes),
        region=wish.region,
        wishes=wishes_of(wish),
    )
    return ticket, key


def flags_of(wish: Wish, notes: Notes) -> tuple[str, ...]:
    """The silent signals of the chat, with what the card says about talking freely."""
    flags = set(notes.flags)
    if wish.free_to_talk == "no":
        flags.add(NOT_FREE)
    elif wish.free_to_talk == "yes":
        flags.discard(NOT_FREE)
    return tuple(sorted(flags))


def wishes_of(wish: Wish) -> tuple[str, ...]:
    """The skills that would fit, from nothing but what is on the card."""
    topics = set(wish.topics)
    found = {CHILD: wish.role is Role.CHILD, SEXUAL_VIOLENCE: bool(topics & _SEXUAL), HONOUR: bool(topics & _HONOUR)}
    return tuple(name for name, fits in found.items() if fits)


def with_card(notes: Notes, wish: Wish, card: Card) -> Notes:
    """The notes after the card was filled in. Who first says on the card that they are a child is spoken to as one."""
    assessment = notes.assessment
    if wish.role is not None and assessment.role is Role.UNKNOWN:
        assessment = replace(assessment, role=wish.role)
    return replace(
        notes,
        assessment=assessment,
        names=card.names,
        flags=flags_of(wish, notes),
        noticed=notes.noticed or bool(card.kinds),
    )
