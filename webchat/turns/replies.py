"""Makes the ``Reply`` of the public API (DESIGN §4) from fixed texts and engine replies. Must not invent text."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.advice.directory import Directory
from bot.advice.fixed_texts import FixedText, FixedTexts
from bot.advice.hours import AMSTERDAM
from bot.advice.render import render_referral, render_reply
from bot.advice.vocabulary import ReplyKind, Role
from webchat.handover import open_now

_MEDICAL = frozenset({"medical", "overdose", "strangulation_recent"})
_OWN_LIFE = frozenset({"suicide_now"})
_OWN_VIOLENCE = frozenset({"about_to_hurt"})
Choice = tuple[str, str]
_LEADING = frozenset({ReplyKind.DANGER.value, ReplyKind.EMERGENCY.value})


class Replies:
    """Writes replies with today's opening hours."""

    def __init__(self, directory: Directory, texts: FixedTexts) -> None:
        self._directory = directory
        self._texts = texts

    def greeting(self, now: datetime) -> dict[str, Any]:
        """The first words when the engine is away."""
        return self._fixed(ReplyKind.GREETING, self._texts.card("begroeting"), now)

    def emergency(self, now: datetime) -> dict[str, Any]:
        """The card with numbers for when the bot cannot answer."""
        return self._fixed(ReplyKind.EMERGENCY, self._texts.card("noodkaart"), now)

    def not_passed_on(self, now: datetime) -> dict[str, Any]:
        """For a message that could not be redacted and therefore went nowhere."""
        return self._fixed(ReplyKind.REDACTION_NOTICE, self._texts.card("niet_doorgegeven"), now)

    def nobody_there(self, role: Role, now: datetime) -> dict[str, Any]:
        """No counsellor in the chat: whom to call instead, only those who are certainly open now."""
        card = self._texts.card("niemand_er_kind" if role is Role.CHILD else "niemand_er")
        answering = open_now(((name, self._directory.get(name)) for name in card.referrals), now)
        return self._fixed(ReplyKind.SYSTEM, FixedText(card.text, answering), now)

    def about_person(
        self, name: str, role: Role, now: datetime, naam: str = "", regio: str = "", choices: tuple[Choice, ...] = ()
    ) -> dict[str, Any]:
        """What is said when a person comes, drops out or goes. ``choices`` are pairs of a text's name and a payload."""
        child = role is Role.CHILD
        buttons = [{"title": self._texts.handover(title, child), "payload": payload} for title, payload in choices]
        text = self._texts.handover(name, child, naam, regio)
        reply = {"kind": ReplyKind.SYSTEM.value, "text": text, "referrals": [], "choices": buttons}
        return self.from_engine(reply, now)

    def question(self, name: str, role: Role, naam: str = "", regio: str = "") -> str:
        """A question for consent."""
        return self._texts.handover(name, role is Role.CHILD, naam, regio)

    def danger(self, kinds: frozenset[str], role: Role, now: datetime) -> dict[str, Any]:
        """112 first, in at most two short sentences that fit the kind of danger."""
        return self._fixed(ReplyKind.DANGER, self._texts.danger(_danger_name(kinds, role)), now)

    def left_out(self, kinds: tuple[str, ...], explained: str | None, now: datetime) -> dict[str, Any]:
        """Which kinds of data were left out of the message."""
        text = explained or self._texts.left_out(kinds)
        return self._fixed(ReplyKind.REDACTION_NOTICE, FixedText(text, ()), now)

    def from_engine(self, reply: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """A reply of the engine with its referrals written out; ids that may not be shown are left out."""
        return render_reply(reply, now, self._directory, _new_id())

    def organisations(self, now: datetime) -> list[dict[str, Any]]:
        """The directory as it may be shown to people."""
        return [
            {
                **render_referral(entry.id, "", now, self._directory),
                "purpose": entry.purpose,
                "website": entry.website,
                "age_min": entry.age_min,
                "age_max": entry.age_max,
            }
            for entry in self._directory.shown(now.astimezone(AMSTERDAM).date())
        ]

    def _fixed(self, kind: ReplyKind, text: FixedText, now: datetime) -> dict[str, Any]:
        referrals = [{"id": name} for name in text.referrals]
        return self.from_engine({"kind": kind.value, "text": text.text, "referrals": referrals}, now)


def put_notice(replies: list[dict[str, Any]], notice: dict[str, Any]) -> list[dict[str, Any]]:
    """Place a notice behind the replies that speak of danger: those always come first."""
    place = 0
    while place < len(replies) and replies[place]["kind"] in _LEADING:
        place += 1
    return [*replies[:place], notice, *replies[place:]]


def _danger_name(kinds: frozenset[str], role: Role) -> str:
    if kinds & _OWN_LIFE:
        return "zelfdoding"
    if kinds & _OWN_VIOLENCE:
        return "zelf_geweld"
    if kinds & _MEDICAL:
        return "medisch"
    return "kind" if role is Role.CHILD else "algemeen"


def _new_id() -> str:
    return secrets.token_hex(8)
