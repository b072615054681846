"""The visitor's words while a person has the chat: to the talk, never to the bot. Must not know that there is a bot."""

from dataclasses import replace
from typing import Any

from webchat.chats import MOST_EVENTS, ChatGone, ChatState, Sealed
from webchat.desk import DeskRoom, Talks
from webchat.desk.talks import NewTalkEvent
from webchat.handover.desk import Refused
from webchat.handover.tickets import Phase
from webchat.handover.visitor_moves import spoke
from webchat.ports import NotAllowedNow
from webchat.turns.cards import NOT_FREE
from webchat.turns.hearing import Heard, Hearing, Said, after_hearing
from webchat.turns.knowledge import CANNOT_TALK, HANDOVER, clean
from webchat.turns.replies import Replies
from webchat.turns.room import NewEvent, OpenChat, Room, Step

SPARE_EVENTS = 40
"""So many events of a chat are left for the counsellor's last words when the visitor's no longer fit."""


class PersonGone(Exception):
    """The person left while this message was on its way: look again who has the chat."""


class PersonLeg:
    """One message to a person."""

    def __init__(self, room: Room, desk: DeskRoom, talks: Talks, hearing: Hearing, replies: Replies) -> None:
        self._room = room
        self._desk = desk
        self._talks = talks
        self._hearing = hearing
        self._replies = replies

    async def turn(self, chat: OpenChat, said: Said) -> Step:
        """Bring the message to the person. What it changes in the chat is for the caller to store, with its tag.

        The talk is written first and knows the id of the message, so that whatever breaks in between, sending again
        says it once. Raises ``PersonGone``, ``NotAllowedNow``, ``ChatGone`` and ``StoreUnavailable``.
        """
        ticket = (await self._desk.look()).tickets.get(chat.notes.ticket or "")
        if ticket is None or ticket.phase is not Phase.TALKING:
            raise PersonGone
        if chat.stored.last_event + SPARE_EVENTS > MOST_EVENTS:
            raise NotAllowedNow("chat-full", self._hearing.first_aid(said))
        if said.choice is not None:
            return await self._chosen(chat, said)
        return await self._said(chat, said)

    async def _said(self, chat: OpenChat, said: Said) -> Step:
        notes, heard = chat.notes, self._hearing.hear(chat.notes, said)
        replies = list(self._hearing.danger_reply(heard, notes))
        lost = heard.scrubbed is not None and heard.scrubbed.failed and not said.send_anyway
        if lost:
            replies.append(self._replies.not_passed_on(self._room.clock.now()))
            await self._bring(chat, said, *_flag(heard), danger=heard.is_acute)
        else:
            await self._bring(chat, said, self._message(said, heard), *_flag(heard), danger=heard.is_acute)
        assessment = self._hearing.assessment(notes, heard.danger)
        new = after_hearing(notes, heard, assessment, ChatState.WITH_COUNSELLOR)
        if said.send_anyway:
            # Sent on purpose, so there is nothing to explain and no name to remember.
            new = replace(new, noticed=notes.noticed, names=notes.names)
        message = {"id": said.message_id, "from": "visitor", "text": _redacted(heard), "choice": None}
        events: list[NewEvent] = [(Sealed.MESSAGE, message), *((Sealed.REPLY, reply) for reply in replies)]
        if assessment != notes.assessment:
            events.append((Sealed.ASSESSMENT, assessment.as_dict()))
        kinds = heard.scrubbed.kinds if heard.scrubbed and not said.send_anyway and not lost else ()
        return Step(new, tuple(events), self._hearing.result(chat, said, new, replies, kinds), activity=True)

    def _message(self, said: Said, heard: Heard) -> NewTalkEvent:
        """What the person reads. Only here, and only when the visitor chose so, the text is as it was typed."""
        text = clean(said.text or "") if said.send_anyway else _redacted(heard)
        data: dict[str, Any] = {
            "id": said.message_id,
            "from": "visitor",
            "name": None,
            "text": text,
            "at": self._room.clock.now().isoformat(timespec="seconds"),
            "history": False,
            "unredacted": said.send_anyway,
        }
        return Sealed.MESSAGE, data

    async def _bring(self, chat: OpenChat, said: Said, *events: NewTalkEvent, danger: bool) -> None:
        try:
            await self._talks.add(chat.notes.talk or "", *events, once=said.message_id)
            await self._desk.move(
                lambda desk, now: spoke(desk, chat.notes.ticket or "", now, danger, chat.notes.flags),
            )
        except (ChatGone, Refused):
            raise PersonGone from None
        except NotAllowedNow as full:
            raise NotAllowedNow(full.reason, self._hearing.first_aid(said)) from None

    async def _chosen(self, chat: OpenChat, said: Said) -> Step:
        """A button. Those of the bot say why they do nothing; "ik kan niet vrij praten" is for the person too."""
        if said.choice == HANDOVER:
            raise NotAllowedNow("already-with-person")
        if said.choice != CANNOT_TALK:
            raise NotAllowedNow("bot-is-silent")
        flags = tuple(sorted({*chat.notes.flags, NOT_FREE}))
        new = replace(chat.notes, flags=flags)
        marked = OpenChat(chat.keys, chat.stored, new)
        await self._bring(marked, said, (Sealed.SIGNAL, {"kind": NOT_FREE}), danger=False)
        message = {"id": said.message_id, "from": "visitor", "text": None, "choice": said.choice}
        result = self._hearing.result(chat, said, new, [], ())
        return Step(new, ((Sealed.MESSAGE, message),), result, activity=True)


def _redacted(heard: Heard) -> str:
    return heard.scrubbed.text if heard.scrubbed else ""


def _flag(heard: Heard) -> tuple[NewTalkEvent, ...]:
    return ((Sealed.FLAG, {"kinds": sorted(heard.danger.kinds)}),) if heard.is_acute else ()
