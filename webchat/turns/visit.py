"""What a visitor can do beside talking: correct, signal, ask for a person, leave. Must not talk to the engine's bot."""

from contextlib import suppress
from dataclasses import fields, replace
from typing import Any

from bot.advice.assessment import Assessment
from bot.advice.vocabulary import Urgency
from webchat.chats import ChatGone, ChatKeys, ChatState, Notes, Sealed, Times
from webchat.desk import Talks
from webchat.desk.talks import NewTalkEvent
from webchat.handover.tickets import Ending
from webchat.limits import Limiter
from webchat.ports import NotAllowedNow
from webchat.turns.handover import Handover
from webchat.turns.knowledge import Knowledge
from webchat.turns.replies import Replies
from webchat.turns.room import OpenChat, Room, Step
from webchat.turns.tender import Tender

SIGNALS = ("not_alone", "back", "cannot_talk_freely", "free", "typing", "still_here")
_RAISES = frozenset({"not_alone", "cannot_talk_freely"})
_LOWERS = {"back": "not_alone", "free": "cannot_talk_freely"}

TYPING_SECONDS = 8.0
TYPING_UNTIL = 300
"""Typing is passed on at most once in so many seconds, and not any more in a talk of so many events."""


class Visit:
    """Everything of the visitor API but messages and events."""

    def __init__(
        self, room: Room, handover: Handover, tender: Tender, talks: Talks, knowledge: Knowledge, replies: Replies
    ) -> None:
        self._room = room
        self._handover = handover
        self._tender = tender
        self._talks = talks
        self._knowledge = knowledge
        self._replies = replies
        self._typing = Limiter(1, TYPING_SECONDS)

    async def look(self, token: str) -> dict[str, Any]:
        """How the chat stands. Raises ``ChatGone``."""
        chat = await self._room.load(ChatKeys.from_token(token))
        return {**self._summary(chat.notes, chat.stored.times), "queue": await self._handover.queue(chat.notes)}

    async def correct(self, token: str, changes: dict[str, Any]) -> dict[str, Any]:
        """The visitor corrects what was understood; each field stays until the next correction.

        ``changes`` holds values of ``Assessment.as_dict``. Urgency ``acute`` is not lowered. Raises ``ChatGone``,
        and ``NotAllowedNow`` for a region that does not exist.
        """
        if changes.get("region") is not None and not self._knowledge.is_region(changes["region"]):
            raise NotAllowedNow("unreadable")

        def work_out(chat: OpenChat) -> Step:
            return _corrected(chat.notes, changes)

        step, times = await self._room.change(ChatKeys.from_token(token), work_out)
        return self._summary(step.notes, times)

    async def signal(self, token: str, kind: str) -> None:
        """One of ``SIGNALS``; only ``still_here`` counts as activity. Raises ``ChatGone`` and ``TooFast``."""
        keys = ChatKeys.from_token(token)
        if kind == "typing":
            await self._types(await self._room.load(keys))
            return
        if kind != "still_here":
            self._handover.slow_down(keys)

        def work_out(chat: OpenChat) -> Step:
            flags = set(chat.notes.flags) - {_LOWERS.get(kind, "")}
            flags |= {kind} & _RAISES
            return Step(replace(chat.notes, flags=tuple(sorted(flags))), activity=kind == "still_here")

        step, _times = await self._room.change(keys, work_out)
        if step.notes.ticket is not None:
            await self._pass_on(keys, step.notes, kind)

    async def _types(self, chat: OpenChat) -> None:
        notes, now = chat.notes, self._room.clock.steady()
        if notes.state is not ChatState.WITH_COUNSELLOR or notes.talk_cursor > TYPING_UNTIL:
            return
        if self._typing.wait(chat.keys.chat_id.encode("ascii"), now) > 0:
            return
        await self._note(notes, (Sealed.TYPING, {"from": "visitor"}))

    async def _pass_on(self, keys: ChatKeys, notes: Notes, kind: str) -> None:
        """A signal to the person, and to the desk where the chat waits. A talk lives as long as its chat is active."""
        if kind == "still_here":
            await self._note(notes)
            return
        if notes.state is ChatState.WITH_COUNSELLOR:
            await self._note(notes, (Sealed.SIGNAL, {"kind": kind}))
        await self._tender.attend(keys)

    async def _note(self, notes: Notes, *events: NewTalkEvent) -> None:
        with suppress(ChatGone, NotAllowedNow):
            await self._talks.add(notes.talk or "", *events)

    async def refusal(self, token: str, reason: str) -> NotAllowedNow:
        """The error to raise for what this chat has no open question or possibility for now. Raises ``ChatGone``."""
        await self._room.load(ChatKeys.from_token(token))
        return NotAllowedNow(reason)

    async def wipe(self, token: str, ending: Ending = Ending.GOODBYE) -> None:
        """Everything of this chat is gone at once, here and at the desk. Raises ``ChatGone`` when it was already."""
        keys = ChatKeys.from_token(token)
        with suppress(ChatGone):
            # Notes that cannot be opened must not keep the rest: the wipe below decides whether there is a chat.
            await self._handover.leave((await self._room.load(keys)).notes, ending)
        await self._room.wipe(keys)

    async def close_page(self, token: str) -> None:
        """The page was closed without a word: the same as a wipe, unless the visitor has a code to come back with."""
        chat = await self._room.load(ChatKeys.from_token(token))
        if not chat.notes.keep:
            await self.wipe(token, Ending.CLOSED)

    async def availability(self, region: str | None = None) -> dict[str, Any]:
        """Whether a person is there now, from real presence. Raises ``NotAllowedNow`` for an unknown region."""
        if region is not None and not self._knowledge.is_region(region):
            raise NotAllowedNow("unreadable")
        presence = await self._handover.presence(region)
        return {
            "available": presence.available,
            "waiting": presence.waiting,
            "typical_wait_seconds": presence.typical_wait_seconds,
            "elsewhere": presence.elsewhere,
        }

    def organisations(self) -> list[dict[str, Any]]:
        """The directory as shown to people."""
        return self._replies.organisations(self._room.clock.now())

    def _summary(self, notes: Notes, times: Times) -> dict[str, Any]:
        return {
            "state": notes.state.value,
            "assessment": notes.assessment.as_dict(),
            "ends_at": self._room.at(times.ends).isoformat(),
        }


def _corrected(notes: Notes, changes: dict[str, Any]) -> Step:
    before = notes.assessment
    after = Assessment.from_dict({**before.as_dict(), **changes})
    fixed = set(notes.fixed) | (set(changes) & {field.name for field in fields(Assessment)})
    if before.urgency is Urgency.ACUTE and after.urgency is not Urgency.ACUTE:
        after = replace(after, urgency=Urgency.ACUTE)
        fixed.discard("urgency")
    new = replace(notes, assessment=after, fixed=tuple(sorted(fixed)))
    return Step(new, ((Sealed.ASSESSMENT, after.as_dict()),) if after != before else (), activity=False)
