"""Keeps a visitor who asked for a person in line with the desk: says they are there, tells them what changed, brings
what the person wrote. Must not ask the bot, and costs nothing while the bot has the chat.

Each thing is told exactly once, whatever crashes and however many gateways look: what was told stands in the notes,
and events are stored together with them or not at all.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from bot.advice.vocabulary import Urgency
from webchat.chats import ChatGone, ChatKeys, ChatState, Notes, Sealed
from webchat.desk import DeskRoom, TalkEvent, Talks
from webchat.handover.desk import Desk
from webchat.handover.tickets import Ending, Phase, Ticket
from webchat.handover.visitor_moves import leave, seen, spoke
from webchat.ports import NotAllowedNow, Outcome, StoreUnavailable
from webchat.turns.keyring import Keyring
from webchat.turns.knowledge import Knowledge
from webchat.turns.pump import with_talk
from webchat.turns.replies import Replies
from webchat.turns.room import ATTEMPTS, BY_COUNSELLOR, NewEvent, OpenChat, Room, Step
from webchat.turns.telling import ASK_AGAIN, News, Scene, Telling, name_of, nobody_left, state_event

LOOK_SECONDS = 5.0
"""How long at most until the next look, also when nobody says that something changed."""

SEEN_SECONDS = 10.0
BACK_SECONDS = 20.0
"""A line that was away for longer is told to the counsellor when it is back."""

_BY_STAFF = (Ending.COUNSELLOR, Ending.ABUSE)


@dataclass(frozen=True)
class _Look:
    """A chat beside the desk, at one moment."""

    chat: OpenChat = field(repr=False)
    desk: Desk = field(repr=False)
    ticket: Ticket | None = field(repr=False)
    talk: tuple[TalkEvent, ...] | None = field(repr=False)


class Tender:
    """Attends to chats at the desk."""

    def __init__(
        self,
        room: Room,
        desk: DeskRoom,
        talks: Talks,
        knowledge: Knowledge,
        replies: Replies,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._look_seconds = look_seconds
        self._room = room
        self._desk = desk
        self._talks = talks
        self._replies = replies
        self._telling = Telling(knowledge, replies)

    async def run(self, keys: ChatKeys, woken: asyncio.Event) -> None:
        """Attend to one chat until cancelled. ``woken`` is set when its state may have changed.

        While the bot has the chat this only waits for ``woken``: the desk is not looked at.
        """
        waiting: asyncio.Task[None] | None = None
        notes: Notes | None = None
        while True:
            woken.clear()
            try:
                async with self._room.lock(keys):
                    notes = await self.attend(keys)
                if notes is None:
                    await woken.wait()
                elif waiting is not None:
                    await self._until_news(notes, waiting, woken)
            except ChatGone:
                await self._bury(notes)
                return
            except StoreUnavailable:
                # The stream notices too and its page comes back; until then, look again now and then.
                notes = None
                await _until(self._look_seconds, woken.wait())
            finally:
                if waiting is not None:
                    waiting.cancel()
            waiting = await self._listen() if notes is not None else None

    async def _bury(self, notes: Notes | None) -> None:
        """A chat that ran out of time under its person: nobody is kept waiting for words that cannot come."""
        if notes is None or notes.ticket is None:
            return
        ticket = notes.ticket
        with suppress(StoreUnavailable):
            await self._desk.move(lambda desk, now: leave(desk, ticket, Ending.EXPIRED, now))
            await self._talks.wipe(notes.talk or "")

    async def attend(self, keys: ChatKeys) -> Notes | None:
        """Look once and do what is due. Returns the notes of a chat at the desk, ``None`` for one of the bot.

        Raises ``ChatGone``, also when the counsellor ended this chat, and ``StoreUnavailable``.
        """
        for _ in range(ATTEMPTS):
            chat = await self._room.load(keys)
            if chat.notes.ticket is None:
                return None
            look = await self._look(chat)
            if look.ticket is None or look.ticket.is_over or look.talk is None:
                news = await self._end(look)
            else:
                news = self._news(look, look.ticket)
            if not news.events and replace(news.notes, talk_cursor=chat.notes.talk_cursor) == chat.notes:
                # What the visitor wrote themselves moves the cursor too, but that is no reason to store anything.
                return news.notes
            if await self.commit(chat, news):
                return news.notes if news.notes.ticket else None
        raise StoreUnavailable

    async def commit(self, chat: OpenChat, news: News) -> bool:
        """Store news; a chat that left the desk takes its talk along. False when somebody else was faster."""
        heard = any(kind is Sealed.MESSAGE for kind, _data in news.events)
        committed, _result = await self._room.commit(chat, Step(news.notes, news.events, activity=heard))
        if committed.outcome is Outcome.FULL and (not heard or news.notes.ticket is None):
            # Nothing more fits; who has the chat must be right all the same.
            committed, _result = await self._room.commit(chat, Step(news.notes))
        if committed.outcome is not Outcome.STORED:
            return committed.outcome is Outcome.FULL
        await self.tidy(chat.notes, news.notes)
        return True

    async def tidy(self, before: Notes, after: Notes) -> None:
        """Wipe the talk that a chat no longer has."""
        if before.talk is not None and after.talk is None:
            await self._talks.wipe(before.talk)

    def ending(self, notes: Notes, why: str, *events: NewEvent) -> News:
        """The chat is the bot's again."""
        freed = replace(notes, state=ChatState.BOT, ticket=None, talk=None, card_key=None, talk_cursor=0, told={})
        return News(freed, (state_event(ChatState.BOT, None, why), *events))

    async def _look(self, chat: OpenChat) -> _Look:
        notes, now = chat.notes, self._room.clock.steady()
        desk = await self._desk.look()
        ticket = desk.tickets.get(notes.ticket or "")
        if ticket is not None and not ticket.is_over:
            was_away = ticket.phase is Phase.TALKING and now - ticket.seen > BACK_SECONDS
            desk = await self._show(notes, desk, ticket)
            desk = await self._withdraw(desk, ticket)
            ticket = desk.tickets.get(ticket.id)
            if was_away:
                # Once for this absence, also when two windows come back at the same moment.
                await self._note(notes, "line_back", None, f"back {int(now // BACK_SECONDS)}")
        if ticket is not None and not ticket.is_over:
            await self._note_holder(notes, desk, ticket)
        return _Look(chat, desk, ticket, await self._read(notes))

    async def _read(self, notes: Notes) -> tuple[TalkEvent, ...] | None:
        """What the talk has that the visitor has not; ``None`` when the talk is gone."""
        with suppress(ChatGone):
            await self._talks.seen(notes.talk or "")
            return await self._talks.read(notes.talk or "", notes.talk_cursor)
        return None

    async def _show(self, notes: Notes, desk: Desk, ticket: Ticket) -> Desk:
        """The desk knows that the page is there, what its signals are, and has the keys for those who may come."""
        now, ring, acute = self._room.clock.steady(), Keyring.of(notes), notes.assessment.urgency is Urgency.ACUTE
        louder = (acute and not ticket.danger) or ticket.flags != notes.flags or not ring.fits(desk, ticket, now)

        def work(desk: Desk, now: float) -> Desk:
            there = desk.tickets.get(ticket.id)
            if there is None or there.is_over:
                return desk
            desk = seen(desk, ticket.id, now)
            if (acute and not there.danger) or there.flags != notes.flags:
                desk = _raised(desk, there, notes, acute, now)
            return ring.refit(desk, now)

        if louder or now - ticket.seen >= SEEN_SECONDS:
            return await self._desk.move(work, loud=louder)
        return desk

    async def _withdraw(self, desk: Desk, ticket: Ticket) -> Desk:
        """Nobody waits for nobody: a ticket that no one on duty will take leaves the queue."""
        if not _is_lonely(desk, ticket):
            return desk

        def work(desk: Desk, now: float) -> Desk:
            there = desk.tickets.get(ticket.id)
            return leave(desk, ticket.id, Ending.WITHDRAWN, now) if there and _is_lonely(desk, there) else desk

        return await self._desk.move(work)

    async def _note_holder(self, notes: Notes, desk: Desk, ticket: Ticket) -> None:
        """The talk says who has it, before the visitor is told; once for each time it changes hands."""
        if ticket.phase is not Phase.TALKING:
            return
        held = notes.told.get("holder") if notes.state is ChatState.WITH_COUNSELLOR else None
        if held != ticket.holder:
            what = "began" if held is None else "transferred"
            await self._note(notes, what, name_of(desk, ticket.holder), f"held {ticket.holder} {ticket.held_at}")

    async def _note(self, notes: Notes, what: str, name: str | None, once: str) -> None:
        with suppress(ChatGone, NotAllowedNow):
            await self._talks.add(notes.talk or "", (Sealed.STATE, {"what": what, "name": name}), once=once)

    def _news(self, look: _Look, ticket: Ticket) -> News:
        chat = look.chat

        def offer_id(word: str) -> str:
            return chat.keys.tag(word).hex()

        scene = Scene(chat.notes, look.desk, ticket, self._room.clock.steady(), offer_id)
        news = self._telling.tell(scene, self._room.clock.now())
        return with_talk(news, look.talk or (), look.chat.stored.last_event)

    async def _end(self, look: _Look) -> News:
        """The ticket is over or gone, or its talk is. Wipes the chat when the counsellor ended it."""
        chat, ticket, notes = look.chat, look.ticket, look.chat.notes
        had_person = notes.state is ChatState.WITH_COUNSELLOR
        by_staff = ticket is not None and ticket.ending in _BY_STAFF
        # Wrapped up before anybody looked: the counsellor's end wiped the talk, and nothing else does while it is used.
        wrapped_up = ticket is None and had_person and look.talk is None and not notes.keep
        if by_staff or wrapped_up:
            await self._talks.wipe(notes.talk or "")
            await self._room.wipe(chat.keys, BY_COUNSELLOR)
            raise ChatGone
        if ticket is not None and not ticket.is_over:
            # The talk ran out under a ticket that stands: nobody can read or write there any more.
            await self._desk.move(lambda desk, now: leave(desk, ticket.id, Ending.EXPIRED, now))
        why, words = self._farewell(look, had_person)
        news = self.ending(notes, why, *words)
        return replace(
            news, events=(*with_talk(News(notes), look.talk or (), chat.stored.last_event).events, *news.events)
        )

    def _farewell(self, look: _Look, had_person: bool) -> tuple[str, tuple[NewEvent, ...]]:
        """Why the chat is the bot's again, and what the visitor reads about it."""
        role, when = look.chat.notes.assessment.role, self._room.clock.now()
        ending = look.ticket.ending if look.ticket else None
        back = self._telling.say(role, when, "terug_bij_bot")
        if ending is None and nobody_left(look.desk):
            numbers = (Sealed.REPLY, self._replies.nobody_there(role, when))
            return "nobody", (back, numbers) if had_person else (numbers,)
        why = ending.value if ending else "gone"
        if had_person:
            return why, (back,)
        name = "niet_gereageerd" if ending is Ending.UNANSWERED else "plek_weg"
        return why, (self._telling.say(role, when, name, *ASK_AGAIN),)

    async def _listen(self) -> "asyncio.Task[None]":
        """Begin to wait for the desk before the next look, so that what changes during it is not missed."""
        task = asyncio.create_task(self._desk.changed(self._look_seconds))
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.sleep(0)
        return task

    async def _until_news(self, notes: Notes, desk_changed: "asyncio.Task[None]", woken: asyncio.Event) -> None:
        talk = self._talks.changed(notes.talk or "", notes.talk_cursor, self._look_seconds)
        await _until(self._look_seconds, talk, woken.wait(), desk_changed)


def _raised(desk: Desk, ticket: Ticket, notes: Notes, acute: bool, now: float) -> Desk:
    """The ticket with the danger and the signals of the chat; since when words are awaited stays as it was."""
    after = spoke(desk, ticket.id, now, acute, notes.flags)
    return after.put(replace(after.tickets[ticket.id], unanswered=ticket.unanswered))


def _is_lonely(desk: Desk, ticket: Ticket) -> bool:
    return ticket.phase is Phase.WAITING and nobody_left(desk)


async def _until(seconds: float, *waits: Coroutine[Any, Any, Any] | asyncio.Future[Any]) -> None:
    """Return when one of them is done, or after ``seconds``."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _pending = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
