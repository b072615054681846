"""The visitor asks for a person, begins, agrees, stops or leaves. Must not choose who comes or talk to the bot."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from bot.advice.vocabulary import Role, Urgency
from webchat.chats import ChatGone, ChatKeys, ChatState, Notes, Sealed
from webchat.desk import DeskRoom, Talks
from webchat.handover import NOBODY, Presence
from webchat.handover.desk import Desk, Refused
from webchat.handover.envelopes import SealedForOthers, open_card
from webchat.handover.tickets import Ending, Phase, Seals, Ticket
from webchat.handover.visitor_moves import accept, answer, ask, leave
from webchat.limits import Limits
from webchat.ports import NotAllowedNow, Outcome, StoreUnavailable
from webchat.turns.cards import Card, Wish, fill_in, ticket_for, with_card
from webchat.turns.history import history
from webchat.turns.keyring import Keyring
from webchat.turns.knowledge import BELCODE, STOP, Knowledge
from webchat.turns.replies import Replies
from webchat.turns.room import ATTEMPTS, NewEvent, OpenChat, Room, Step, TooFast
from webchat.turns.telling import ASK_AGAIN, News, queue_of, state_event
from webchat.turns.tender import Tender
from webchat.turns.told import Told


class Handover:
    """What a visitor can do at the desk."""

    def __init__(
        self,
        room: Room,
        desk: DeskRoom,
        talks: Talks,
        tender: Tender,
        knowledge: Knowledge,
        replies: Replies,
        limits: Limits,
    ) -> None:
        self._limits = limits
        self._room = room
        self._desk = desk
        self._talks = talks
        self._tender = tender
        self._knowledge = knowledge
        self._replies = replies

    async def presence(self, region: str | None = None) -> Presence:
        """Who is really there. Nobody, as long as the desk cannot be read: better than a promise."""
        try:
            return await self._desk.presence(region)
        except StoreUnavailable:
            return NOBODY

    async def ask(self, token: str, wish: Wish) -> dict[str, Any]:
        """Join the queue. Returns the state, an honest place and the card as the counsellor will see it.

        Asking again while waiting changes nothing. Raises ``ChatGone``, ``TooFast``, and ``NotAllowedNow`` with the
        numbers open now when nobody is there.
        """
        keys = ChatKeys.from_token(token)
        self.slow_down(keys)
        if wish.region is not None and not self._knowledge.is_region(wish.region):
            await self._room.load(keys)
            raise NotAllowedNow("unreadable")
        async with self._room.lock(keys):
            await self._tender.attend(keys)
            chat = await self._room.load(keys)
            if chat.notes.ticket is not None:
                return await self._as_it_is(chat.notes)
            return await self._join(chat, wish)

    def slow_down(self, keys: ChatKeys) -> None:
        """What moves the desk counts like a message: all consoles hear of it. Raises ``TooFast``."""
        wait = self._limits.message(keys.chat_id, self._room.clock.steady())
        if wait > 0:
            raise TooFast("too-fast", wait)

    async def accept(self, token: str) -> None:
        """Answer the soft call: begin now. Raises ``ChatGone`` and ``NotAllowedNow``."""
        keys, notes = await self._at_desk(token, "nothing-asked")
        try:
            await self._desk.move(lambda desk, now: accept(desk, notes.ticket or "", now))
        except Refused:
            raise NotAllowedNow("nothing-asked") from None
        finally:
            await self._tender.attend(keys)

    async def consent(self, token: str, question_id: str, yes: bool) -> None:
        """Answer a question for consent. Raises ``ChatGone`` and ``NotAllowedNow``."""
        keys, notes = await self._at_desk(token, "nothing-asked")
        ring = Keyring.of(notes)

        def work(desk: Desk, now: float) -> Desk:
            return answer(desk, ring.ticket_id, question_id, yes, _seals_for_guest(desk, ring), now)

        try:
            before = (await self._desk.look()).tickets.get(ring.ticket_id)
            after = await self._desk.move(work)
            await self._announce(notes, before, after)
        except Refused as refused:
            gone = refused.reason == "ticket-gone"
            raise NotAllowedNow("nothing-asked" if gone else refused.reason) from None
        finally:
            await self._tender.attend(keys)

    async def stop(self, token: str) -> None:
        """Back to the bot: no longer waiting, or no longer with a person. Raises ``ChatGone`` and ``NotAllowedNow``."""
        keys, _notes = await self._at_desk(token, "not-waiting")
        await self._tender.attend(keys)
        for _ in range(ATTEMPTS):
            chat = await self._room.load(keys)
            if chat.notes.ticket is None or await self._tender.commit(chat, await self._stopped(chat)):
                return
        raise StoreUnavailable

    async def chosen(self, chat: OpenChat, payload: str) -> News:
        """One of ``OWN_CHOICES`` was pressed. What changes is for the caller to store."""
        waits = chat.notes.state is ChatState.WAITING
        if payload == BELCODE:
            return News(chat.notes, (self._say(chat.notes, "bellen"),))
        if payload == STOP and chat.notes.ticket is not None:
            return await self._stopped(chat)
        if chat.notes.state is ChatState.WITH_COUNSELLOR:
            raise NotAllowedNow("bot-is-silent")
        if waits:
            return News(chat.notes, (self._say(chat.notes, "blijven"),))
        return News(chat.notes, (self._say(chat.notes, "niet_in_rij", *ASK_AGAIN),))

    async def leave(self, notes: Notes, ending: Ending) -> None:
        """The chat is about to be wiped: the desk learns how it ended and the talk goes.

        A desk that cannot be reached does not stop a visitor who leaves: it misses them soon by itself. Raises
        ``StoreUnavailable`` when the talk could not be wiped, so that the caller tries again while its token is known.
        """
        if notes.ticket is None:
            return
        ticket = notes.ticket
        with suppress(StoreUnavailable):
            await self._desk.move(lambda desk, now: leave(desk, ticket, ending, now))
        await self._talks.wipe(notes.talk or "")

    async def waited(self, keys: ChatKeys, notes: Notes, message_id: str, events: tuple[NewEvent, ...]) -> None:
        """A turn with the bot while waiting: the counsellor may read it if the visitor chose so, danger is passed on.

        The turn is stored already, so what fails here is left to the next look.
        """
        with suppress(StoreUnavailable, NotAllowedNow, ChatGone):
            shared = history(events) if Told.from_dict(notes.told).shares else ()
            await self._talks.add(notes.talk or "", *shared, once=f"bot {message_id}")
        with suppress(StoreUnavailable, ChatGone):
            await self._tender.attend(keys)

    async def queue(self, notes: Notes) -> dict[str, Any] | None:
        """The place in the queue of a chat that waits."""
        if notes.state is not ChatState.WAITING:
            return None
        desk = await self._desk.look()
        ticket = desk.tickets.get(notes.ticket or "")
        if ticket is None or ticket.phase is not Phase.WAITING:
            return None
        return queue_of(desk, ticket, self._room.clock.steady())

    async def _at_desk(self, token: str, otherwise: str) -> tuple[ChatKeys, Notes]:
        keys = ChatKeys.from_token(token)
        chat = await self._room.load(keys)
        if chat.notes.ticket is None:
            raise NotAllowedNow(otherwise)
        return keys, chat.notes

    async def _join(self, chat: OpenChat, wish: Wish) -> dict[str, Any]:
        there = await self._desk.presence(wish.region)
        if not there.available:
            raise self._nobody(wish.role or chat.notes.assessment.role)
        card = fill_in(wish, chat.notes, self._knowledge)
        ticket, card_key = ticket_for(wish, card, chat.notes, self._room.clock.steady())
        shown = history(await self._room.history(chat)) if wish.with_conversation else ()
        talk = await self._talks.begin(shown)
        leg: dict[str, Any] = {
            "state": ChatState.WAITING,
            "ticket": ticket.id,
            "talk": talk,
            "card_key": card_key,
            "talk_cursor": len(shown),
        }
        ring = Keyring(ticket.id, card_key, talk)
        try:
            desk = await self._desk.move(lambda desk, now: ring.refit(ask(desk, ticket, now), now))
            return await self._store(chat, leg, wish, card, queue_of(desk, ticket, self._room.clock.steady()))
        except (Refused, ChatGone, NotAllowedNow, StoreUnavailable) as failed:
            with suppress(StoreUnavailable):
                await self.leave(replace(chat.notes, **leg), Ending.WITHDRAWN)
            if isinstance(failed, Refused):
                raise self._nobody(wish.role or chat.notes.assessment.role) from None
            raise

    async def _store(
        self, chat: OpenChat, leg: dict[str, Any], wish: Wish, card: Card, queue: dict[str, Any]
    ) -> dict[str, Any]:
        """The chat waits from this step on. Only one request wins when two come at once."""
        told = Told(since=self._room.clock.steady(), queue=queue, shares=wish.with_conversation)
        for _ in range(ATTEMPTS):
            new = _raised(replace(with_card(chat.notes, wish, card), told=told.as_dict(), **leg), card)
            replies = self._words(new, card)
            events: list[NewEvent] = [state_event(ChatState.WAITING, why="asked"), (Sealed.QUEUE, queue)]
            if new.assessment != chat.notes.assessment:
                events.append((Sealed.ASSESSMENT, new.assessment.as_dict()))
            events += [(Sealed.REPLY, reply) for reply in replies]
            committed, _result = await self._room.commit(chat, Step(new, tuple(events), activity=True))
            if committed.outcome is Outcome.STORED:
                return _answer(queue, card.shown, replies, card.kinds)
            if committed.outcome is Outcome.FULL:
                raise NotAllowedNow("chat-full")
            chat = await self._room.load(chat.keys)
            if chat.notes.ticket is not None:
                # Another window was faster: its request stands, and the page learns so when it tries again.
                break
        raise StoreUnavailable

    async def _as_it_is(self, notes: Notes) -> dict[str, Any]:
        if notes.state is ChatState.WITH_COUNSELLOR:
            raise NotAllowedNow("already-with-person")
        ticket = (await self._desk.look()).tickets.get(notes.ticket or "")
        shown: dict[str, Any] = {}
        with suppress(SealedForOthers):
            shown = open_card(notes.card_key or "", ticket.id, ticket.card) if ticket and ticket.card else {}
        return _answer(await self.queue(notes), shown, (), ())

    async def _stopped(self, chat: OpenChat) -> News:
        """The desk is told; the news is for the caller to store."""
        ticket_id = chat.notes.ticket or ""

        def work(desk: Desk, now: float) -> Desk:
            ticket = desk.tickets.get(ticket_id)
            talking = ticket is not None and ticket.phase is Phase.TALKING
            return leave(desk, ticket_id, Ending.TO_BOT if talking else Ending.WITHDRAWN, now)

        await self._desk.move(work)
        had_person = chat.notes.state is ChatState.WITH_COUNSELLOR
        words = self._say(chat.notes, "terug_bij_bot" if had_person else "gestopt")
        return self._tender.ending(chat.notes, "stopped", words)

    async def _announce(self, notes: Notes, before: Ticket | None, desk: Desk) -> None:
        """The talk says who reads along from now on."""
        after = desk.tickets.get(notes.ticket or "")
        if before is None or after is None:
            return
        for staff in after.shadows:
            if staff not in before.shadows and staff in desk.duty:
                data = {"what": "joined", "name": desk.duty[staff].name}
                once = f"joined {before.question.id if before.question else ''}"
                with suppress(ChatGone, NotAllowedNow):
                    await self._talks.add(notes.talk or "", (Sealed.STATE, data), once=once)

    def _words(self, notes: Notes, card: Card) -> tuple[dict[str, Any], ...]:
        """What is said at the request: 112 first when the words on the card ask for it."""
        role, now = notes.assessment.role, self._room.clock.now()
        waiting = self._replies.about_person("wachten", role, now)
        if card.is_acute and card.danger is not None:
            return self._replies.danger(card.danger.kinds, role, now), waiting
        return (waiting,)

    def _say(self, notes: Notes, name: str, *choices: tuple[str, str]) -> NewEvent:
        now = self._room.clock.now()
        return Sealed.REPLY, self._replies.about_person(name, notes.assessment.role, now, choices=choices)

    def _nobody(self, role: Role) -> NotAllowedNow:
        return NotAllowedNow("nobody-available", (self._replies.nobody_there(role, self._room.clock.now()),))


def _seals_for_guest(desk: Desk, ring: Keyring) -> dict[str, Seals]:
    """The keys for the colleague that an open question is about."""
    ticket = desk.tickets.get(ring.ticket_id)
    duty = desk.duty.get(ticket.question.staff or "") if ticket and ticket.question else None
    return {duty.session: ring.seal(duty)} if duty else {}


def _raised(notes: Notes, card: Card) -> Notes:
    if not card.is_acute:
        return notes
    return replace(notes, assessment=replace(notes.assessment, urgency=Urgency.ACUTE))


def _answer(
    queue: dict[str, Any] | None, card: Any, replies: tuple[Any, ...], kinds: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "state": ChatState.WAITING.value,
        "queue": queue,
        "card": dict(card) or None,
        "replies": list(replies),
        "redacted_kinds": list(kinds),
    }
