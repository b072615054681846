"""Opening a chat and one message through it, downwards only: to the person who has the chat, or to the bot.

Must never pass on or keep raw text.
"""

import asyncio
import secrets
import uuid
from dataclasses import dataclass, replace
from typing import Any

from bot.advice.assessment import Assessment
from webchat.chats import ChatGone, ChatKeys, ChatState, Notes, Sealed, Times, new_token
from webchat.handover.tickets import Ending
from webchat.limits import Limits
from webchat.logs import Event, log
from webchat.ports import (
    Bot,
    BotReply,
    BotTurn,
    BotUnavailable,
    Effect,
    NotAllowedNow,
    Outcome,
    StoreUnavailable,
)
from webchat.turns.handover import Handover
from webchat.turns.hearing import Heard, Hearing, Said, after_hearing
from webchat.turns.knowledge import OWN_CHOICES, region_for_engine
from webchat.turns.person import PersonGone, PersonLeg
from webchat.turns.replies import Replies
from webchat.turns.room import ATTEMPTS, NewEvent, OpenChat, Room, Step, TooFast
from webchat.turns.tender import Tender
from webchat.turns.work import Challenge, Door

ENGINE_SECONDS = 4.0
"""How long the engine may take. A message that waited for an earlier one gets what is left of it, so that the card
with numbers is there within five seconds (DESIGN §4), but never less than an eighth."""

_MOST_OFFERED = 200


@dataclass(frozen=True)
class AtDesk:
    """The use cases of a chat that a person was asked for."""

    handover: Handover
    tender: Tender
    person: PersonLeg


class Conversation:
    """The visitor, and the bot or a person."""

    def __init__(
        self,
        room: Room,
        bot: Bot,
        desk: AtDesk,
        hearing: Hearing,
        replies: Replies,
        limits: Limits,
        engine_seconds: float = ENGINE_SECONDS,
    ) -> None:
        self._room = room
        self._bot = bot
        self._desk = desk
        self._hearing = hearing
        self._replies = replies
        self._limits = limits
        self._engine_seconds = engine_seconds
        self._door = Door(limits)

    async def open_chat(self, address: str | None, solved: tuple[Challenge, int] | None = None) -> dict[str, Any]:
        """Begin a chat. ``address`` only counts in memory. Raises ``WorkNeeded`` and ``StoreUnavailable``."""
        self._door.enter(address, solved, self._room.clock.steady())
        token, now = new_token(), self._room.clock.now()
        try:
            turn = BotTurn(_new_message_id(), None, None, now, Assessment())
            async with asyncio.timeout(self._engine_seconds):
                answer = await self._bot.greet(ChatKeys.from_token(token), turn)
            replies = [self._replies.from_engine(reply, now) for reply in answer.replies]
            notes = Notes(assessment=answer.assessment, offered=_offered((), replies))
        except (BotUnavailable, TimeoutError):
            replies, notes = [self._replies.greeting(now)], Notes()
        try:
            times = await self._room.create(token, notes, tuple((Sealed.REPLY, reply) for reply in replies))
        except StoreUnavailable:
            raise StoreUnavailable(self.card()) from None
        log(Event.CHAT_OPENED)
        return {
            "token": token,
            "state": notes.state.value,
            "replies": replies,
            "ends_at": self._ends_at(times),
        }

    async def visitor_said(self, token: str, said: Said) -> dict[str, Any]:
        """One message and all that it causes; the same id again gives the same answer.

        Raises ``ChatGone``, ``TooFast``, ``NotAllowedNow`` and ``StoreUnavailable``; the last two bring replies.
        """
        keys = ChatKeys.from_token(token)
        began = self._room.clock.steady()
        wait = self._limits.message(keys.chat_id, began)
        if wait > 0:
            raise TooFast("too-fast", wait)
        try:
            async with self._room.lock(keys):
                return await self._turn(keys, said, began)
        except StoreUnavailable:
            raise StoreUnavailable(self._hearing.first_aid(said)) from None

    def card(self) -> tuple[dict[str, Any], ...]:
        """The card with numbers, for when nothing else can be said."""
        return self._hearing.card()

    async def _turn(self, keys: ChatKeys, said: Said, began: float) -> dict[str, Any]:
        for _ in range(ATTEMPTS):
            chat = await self._room.load(keys)
            before = await self._room.result(chat, keys.tag(said.message_id))
            if before is not None:
                return before
            if chat.notes.ticket is not None and await self._desk.tender.attend(keys) != chat.notes:
                chat = await self._room.load(keys)
            result = await self._try(chat, said, began)
            if result is not None:
                return result
        raise StoreUnavailable

    async def _try(self, chat: OpenChat, said: Said, began: float) -> dict[str, Any] | None:
        """The answer; ``None`` when the chat changed in between, so that it must be worked out anew."""
        keys = chat.keys
        try:
            step, effect = await self._step_of(chat, said, began)
        except PersonGone:
            return None
        if effect is Effect.WIPE:
            await self._desk.handover.leave(chat.notes, Ending.GOODBYE)
            await self._room.wipe(keys)
            return step.result or {}
        try:
            committed, result = await self._room.commit(chat, step, keys.tag(said.message_id))
        except ChatGone:
            await self._room.forget_again(keys)
            raise
        if committed.outcome is Outcome.FULL:
            raise NotAllowedNow("chat-full", self._hearing.first_aid(said))
        if committed.outcome is Outcome.STORED:
            await self._afterwards(chat, step, said)
        return None if committed.outcome is Outcome.CONFLICT else result

    async def _afterwards(self, chat: OpenChat, step: Step, said: Said) -> None:
        await self._desk.tender.tidy(chat.notes, step.notes)
        if step.notes.state is ChatState.WAITING:
            await self._desk.handover.waited(chat.keys, step.notes, said.message_id, step.events)

    async def _step_of(self, chat: OpenChat, said: Said, began: float) -> tuple[Step, Effect | None]:
        """The one place that decides who answers. With a person the bot's code is not reached."""
        if said.choice in OWN_CHOICES:
            return await self._own_choice(chat, said), None
        if chat.notes.state is ChatState.WITH_COUNSELLOR:
            return await self._desk.person.turn(chat, said), None
        return await self._work_out(chat, said, began)

    async def _own_choice(self, chat: OpenChat, said: Said) -> Step:
        news = await self._desk.handover.chosen(chat, said.choice or "")
        message = {"id": said.message_id, "from": "visitor", "text": None, "choice": said.choice}
        replies = [data for kind, data in news.events if kind is Sealed.REPLY]
        notes = replace(news.notes, offered=_offered(news.notes.offered, replies))
        result = self._hearing.result(chat, said, notes, replies, ())
        return Step(notes, ((Sealed.MESSAGE, message), *news.events), result, activity=True)

    async def _work_out(self, chat: OpenChat, said: Said, began: float) -> tuple[Step, Effect | None]:
        if said.send_anyway:
            raise NotAllowedNow("only-with-counsellor")
        heard = self._hearing.hear(chat.notes, said)
        now = self._room.clock.now()
        replies: list[dict[str, Any]] = list(self._hearing.danger_reply(heard, chat.notes))
        answer = None
        if heard.scrubbed is not None and heard.scrubbed.failed:
            replies.append(self._replies.not_passed_on(now))
        else:
            answer = await self._ask(chat, said, heard, began)
            given = [self._replies.from_engine(reply, now) for reply in answer.replies] if answer else []
            replies += given or [self._replies.emergency(now)]
            replies = self._hearing.with_notice(replies, heard, chat.notes)
        effect = answer.effect if answer else None
        asks = effect is Effect.HANDOVER and chat.notes.state is ChatState.BOT
        if asks and not (await self._desk.handover.presence()).available:
            replies.append(self._replies.nobody_there(chat.notes.assessment.role, now))
        return self._step(chat, said, heard, answer, replies), effect

    async def _ask(self, chat: OpenChat, said: Said, heard: Heard, began: float) -> BotReply | None:
        """The engine's answer, or ``None`` when it has none in time."""
        notes, waited = chat.notes, self._room.clock.steady() - began
        turn = BotTurn(
            message_id=said.message_id,
            text=heard.scrubbed.text if heard.scrubbed else None,
            choice=heard.choice.removeprefix("/") if heard.choice else None,
            now=self._room.clock.now(),
            assessment=notes.assessment,
            fixed=notes.fixed,
            danger_level=heard.danger.level.value,
            danger_kinds=tuple(sorted(heard.danger.kinds)),
            danger_shown=heard.is_acute,
            region=region_for_engine(heard.region),
            easy=notes.easy,
        )
        try:
            async with asyncio.timeout(max(self._engine_seconds / 8, self._engine_seconds - waited)):
                return await self._bot.answer(chat.keys, turn)
        except (BotUnavailable, TimeoutError) as error:
            log(Event.BOT_FAILED, kind="turn", error=type(error).__name__)
            return None

    def _step(
        self,
        chat: OpenChat,
        said: Said,
        heard: Heard,
        answer: BotReply | None,
        replies: list[dict[str, Any]],
    ) -> Step:
        notes, kinds = chat.notes, heard.scrubbed.kinds if heard.scrubbed else ()
        assessment = self._hearing.assessment(notes, heard.danger, answer)
        effect = answer.effect if answer else None
        state = ChatState.ENDED if effect is Effect.WIPE else notes.state
        new = replace(
            after_hearing(notes, heard, assessment, state),
            easy={Effect.EASY_ON: True, Effect.EASY_OFF: False}.get(effect, notes.easy) if effect else notes.easy,
            offered=_offered(notes.offered, replies),
        )
        text = None if heard.scrubbed is None else heard.scrubbed.text
        message = {"id": said.message_id, "from": "visitor", "text": text, "choice": heard.choice}
        events: list[NewEvent] = [(Sealed.MESSAGE, message), *((Sealed.REPLY, reply) for reply in replies)]
        if assessment != notes.assessment:
            events.append((Sealed.ASSESSMENT, assessment.as_dict()))
        log(Event.TURN, kind="choice" if heard.choice else "text", count=len(replies))
        return Step(new, tuple(events), self._hearing.result(chat, said, new, replies, kinds), activity=True)

    def _ends_at(self, times: Times) -> str:
        return self._room.at(times.ends).isoformat()


def _offered(before: tuple[str, ...], replies: list[dict[str, Any]]) -> tuple[str, ...]:
    """The payloads that a choice may have from now on, the newest last."""
    new = [choice["payload"] for reply in replies for choice in reply["choices"]]
    return tuple(dict.fromkeys((*before, *new)))[-_MOST_OFFERED:]


def _new_message_id() -> str:
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
