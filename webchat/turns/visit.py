"""What a visitor can do beside talking: correct, signal, ask for a person, leave. Must not talk to the engine's bot."""

from dataclasses import fields, replace
from typing import Any

from bot.advice.assessment import Assessment
from bot.advice.vocabulary import Urgency
from webchat.chats import ChatKeys, Notes, Sealed, Times
from webchat.ports import Desk, NotAllowedNow
from webchat.turns.knowledge import Knowledge
from webchat.turns.replies import Replies
from webchat.turns.room import OpenChat, Room, Step

SIGNALS = ("not_alone", "back", "cannot_talk_freely", "typing", "still_here")
_FLAGS = {"not_alone": True, "cannot_talk_freely": True}


class Visit:
    """Everything of the visitor API but messages and events."""

    def __init__(self, room: Room, desk: Desk, knowledge: Knowledge, replies: Replies) -> None:
        self._room = room
        self._desk = desk
        self._knowledge = knowledge
        self._replies = replies

    async def look(self, token: str) -> dict[str, Any]:
        """How the chat stands. Raises ``ChatGone``."""
        chat = await self._room.load(ChatKeys.from_token(token))
        return {**self._summary(chat.notes, chat.stored.times), "queue": None}

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
        """One of ``SIGNALS``; only ``still_here`` counts as activity."""
        keys = ChatKeys.from_token(token)
        if kind == "typing":
            await self._room.load(keys)
            return

        def work_out(chat: OpenChat) -> Step:
            flags = set(chat.notes.flags)
            if kind == "back":
                flags.discard("not_alone")
            elif kind in _FLAGS:
                flags.add(kind)
            return Step(replace(chat.notes, flags=tuple(sorted(flags))), activity=kind == "still_here")

        await self._room.change(keys, work_out)

    async def ask_for_person(self, token: str) -> dict[str, Any]:
        """Ask for a person in this chat. Raises ``NotAllowedNow`` with the numbers open now when nobody is there."""
        chat = await self._room.load(ChatKeys.from_token(token))
        presence = await self._desk.presence()
        if not presence.available:
            card = self._replies.nobody_there(chat.notes.assessment.role, self._room.clock.now())
            raise NotAllowedNow("nobody-available", (card,))
        raise NotAllowedNow("nobody-available")

    async def refusal(self, token: str, reason: str) -> NotAllowedNow:
        """The error to raise for what this chat has no open question or possibility for now. Raises ``ChatGone``."""
        await self._room.load(ChatKeys.from_token(token))
        return NotAllowedNow(reason)

    async def wipe(self, token: str) -> None:
        """Everything of this chat is gone at once. Raises ``ChatGone`` when it was gone already."""
        await self._room.wipe(ChatKeys.from_token(token))

    async def availability(self) -> dict[str, Any]:
        """Whether a person is there now, from real presence."""
        presence = await self._desk.presence()
        return {
            "available": presence.available,
            "waiting": presence.waiting,
            "typical_wait_seconds": presence.typical_wait_seconds,
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
