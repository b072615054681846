"""Opening a chat and one message through it, downwards only (DESIGN §5). Must never pass on or keep raw text."""

import asyncio
import secrets
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from bot.advice.assessment import Assessment, higher
from bot.advice.understanding import heard as said_in_words
from bot.advice.vocabulary import Danger, Urgency
from webchat.chats import ChatGone, ChatKeys, ChatState, Notes, Sealed, Times, new_token
from webchat.limits import Limits
from webchat.logs import Event, log
from webchat.ports import (
    Bot,
    BotReply,
    BotTurn,
    BotUnavailable,
    Desk,
    Effect,
    NotAllowedNow,
    Outcome,
    StoreUnavailable,
)
from webchat.turns.knowledge import Finding, Knowledge, RegionFinding, Scrubbed, clean, region_for_engine
from webchat.turns.replies import Replies, put_notice
from webchat.turns.room import ATTEMPTS, NewEvent, OpenChat, Room, Step, TooFast

ENGINE_SECONDS = 4.0
"""How long the engine may take. A message that waited for an earlier one gets what is left of it, so that the card
with numbers is there within five seconds (DESIGN §4), but never less than an eighth."""

_MOST_OFFERED = 200


@dataclass(frozen=True)
class Said:
    """What the visitor sent: an id of its own and either text or a choice."""

    message_id: str
    text: str | None = field(default=None, repr=False)
    choice: str | None = None
    send_anyway: bool = False


@dataclass(frozen=True)
class _Nothing:
    """The finding of a message without text."""

    level: Danger = Danger.NONE
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Heard:
    """One message after the steps that see raw text; from here on only the redacted text exists."""

    danger: Finding
    region: RegionFinding | None
    scrubbed: Scrubbed | None
    choice: str | None


class Conversation:
    """The visitor and the bot."""

    def __init__(
        self,
        room: Room,
        bot: Bot,
        desk: Desk,
        knowledge: Knowledge,
        replies: Replies,
        limits: Limits,
        engine_seconds: float = ENGINE_SECONDS,
    ) -> None:
        self._room = room
        self._bot = bot
        self._desk = desk
        self._knowledge = knowledge
        self._replies = replies
        self._limits = limits
        self._engine_seconds = engine_seconds

    async def open_chat(self, address: str | None) -> dict[str, Any]:
        """Begin a chat. ``address`` only counts in memory. Raises ``TooFast`` and ``StoreUnavailable``."""
        wait = self._limits.new_chat(address, self._room.clock.steady())
        if wait > 0:
            raise TooFast("too-many-chats", wait)
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
            raise StoreUnavailable(self._first_aid(said)) from None

    def card(self) -> tuple[dict[str, Any], ...]:
        """The card with numbers, for when nothing else can be said."""
        return (self._replies.emergency(self._room.clock.now()),)

    async def _turn(self, keys: ChatKeys, said: Said, began: float) -> dict[str, Any]:
        tag = keys.tag(said.message_id)
        for _ in range(ATTEMPTS):
            chat = await self._room.load(keys)
            before = await self._room.result(chat, tag)
            if before is not None:
                return before
            step, effect = await self._work_out(chat, said, began)
            if effect is Effect.WIPE:
                await self._room.wipe(keys)
                return step.result or {}
            try:
                committed, result = await self._room.commit(chat, step, tag)
            except ChatGone:
                await self._room.forget_again(keys)
                raise
            if committed.outcome in (Outcome.STORED, Outcome.DUPLICATE):
                return result
            if committed.outcome is Outcome.FULL:
                raise NotAllowedNow("chat-full", self._first_aid(said))
        raise StoreUnavailable

    async def _work_out(self, chat: OpenChat, said: Said, began: float) -> tuple[Step, Effect | None]:
        if said.send_anyway:
            raise NotAllowedNow("only-with-counsellor")
        heard = self._hear(chat.notes, said)
        now = self._room.clock.now()
        replies: list[dict[str, Any]] = []
        if heard.danger.level is Danger.ACUTE:
            replies.append(self._replies.danger(heard.danger.kinds, chat.notes.assessment.role, now))
        answer = None
        if heard.scrubbed is not None and heard.scrubbed.failed:
            replies.append(self._replies.not_passed_on(now))
        else:
            answer = await self._ask(chat, said, heard, began)
            given = [self._replies.from_engine(reply, now) for reply in answer.replies] if answer else []
            replies += given or [self._replies.emergency(now)]
            replies = self._with_notice(replies, heard, chat.notes)
        effect = answer.effect if answer else None
        if effect is Effect.HANDOVER and not (await self._desk.presence()).available:
            replies.append(self._replies.nobody_there(chat.notes.assessment.role, now))
        return self._step(chat, said, heard, answer, replies), effect

    def _hear(self, notes: Notes, said: Said) -> _Heard:
        """Danger and region from the raw text, then only what is left after redaction."""
        if said.choice is not None:
            if not self._knowledge.is_known_choice(said.choice, notes.offered):
                raise NotAllowedNow("unknown-choice")
            return _Heard(_Nothing(), None, None, said.choice)
        raw = clean(said.text or "")
        if not raw:
            raise NotAllowedNow("unreadable")
        danger, region = self._knowledge.danger.detect(raw), self._knowledge.regions.find(raw)
        scrubbed = self._knowledge.scrubber.scrub(raw, notes.names)
        if scrubbed.failed:
            log(Event.REDACTION_FAILED)
        return _Heard(danger, region, scrubbed, None)

    async def _ask(self, chat: OpenChat, said: Said, heard: _Heard, began: float) -> BotReply | None:
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
            danger_shown=heard.danger.level is Danger.ACUTE,
            region=region_for_engine(heard.region),
            easy=notes.easy,
        )
        try:
            async with asyncio.timeout(max(self._engine_seconds / 8, self._engine_seconds - waited)):
                return await self._bot.answer(chat.keys, turn)
        except (BotUnavailable, TimeoutError) as error:
            log(Event.BOT_FAILED, kind="turn", error=type(error).__name__)
            return None

    def _with_notice(self, replies: list[dict[str, Any]], heard: _Heard, notes: Notes) -> list[dict[str, Any]]:
        kinds = heard.scrubbed.kinds if heard.scrubbed else ()
        if heard.region is not None and (heard.region.region_id or heard.region.options):
            # A town that was understood is answered; saying that it was left out would only puzzle.
            kinds = tuple(kind for kind in kinds if kind not in ("place", "postcode"))
        if not kinds:
            return replies
        explained = None if notes.noticed else self._knowledge.texts.left_out_and_why(kinds)
        notice = self._replies.left_out(kinds, explained, self._room.clock.now())
        return put_notice(replies, notice)

    def _step(
        self,
        chat: OpenChat,
        said: Said,
        heard: _Heard,
        answer: BotReply | None,
        replies: list[dict[str, Any]],
    ) -> Step:
        notes, kinds = chat.notes, heard.scrubbed.kinds if heard.scrubbed else ()
        assessment = self._assessment(notes, heard.danger, answer)
        effect = answer.effect if answer else None
        new = replace(
            notes,
            state=ChatState.ENDED if effect is Effect.WIPE else notes.state,
            assessment=assessment,
            names=heard.scrubbed.names if heard.scrubbed else notes.names,
            easy={Effect.EASY_ON: True, Effect.EASY_OFF: False}.get(effect, notes.easy) if effect else notes.easy,
            noticed=notes.noticed or bool(kinds),
            offered=_offered(notes.offered, replies),
        )
        text = None if heard.scrubbed is None else heard.scrubbed.text
        message = {"id": said.message_id, "from": "visitor", "text": text, "choice": heard.choice}
        events: list[NewEvent] = [(Sealed.MESSAGE, message), *((Sealed.REPLY, reply) for reply in replies)]
        if assessment != notes.assessment:
            events.append((Sealed.ASSESSMENT, assessment.as_dict()))
        result = {
            "id": said.message_id,
            "state": new.state.value,
            "replies": replies,
            "assessment": assessment.as_dict(),
            "redacted_kinds": list(kinds),
            "ends_at": self._ends_at(replace(chat.stored.times, active=self._room.clock.steady())),
        }
        log(Event.TURN, kind="choice" if heard.choice else "text", count=len(replies))
        return Step(new, tuple(events), result, activity=True)

    def _assessment(self, notes: Notes, danger: Finding, answer: BotReply | None) -> Assessment:
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

    def _first_aid(self, said: Said) -> tuple[dict[str, Any], ...]:
        """What can be shown without a store: 112 when the words ask for it, and the card."""
        finding = self._knowledge.danger.detect(clean(said.text)) if said.text else _Nothing()
        if finding.level is not Danger.ACUTE:
            return self.card()
        now = self._room.clock.now()
        return (self._replies.danger(finding.kinds, Assessment().role, now), *self.card())

    def _ends_at(self, times: Times) -> str:
        return self._room.at(times.ends).isoformat()


def _fixed_urgency(chosen: Urgency, proposed: Urgency) -> Urgency:
    return Urgency.ACUTE if proposed is Urgency.ACUTE else chosen


def _offered(before: tuple[str, ...], replies: list[dict[str, Any]]) -> tuple[str, ...]:
    """The payloads that a choice may have from now on, the newest last."""
    new = [choice["payload"] for reply in replies for choice in reply["choices"]]
    return tuple(dict.fromkeys((*before, *new)))[-_MOST_OFFERED:]


def _new_message_id() -> str:
    return str(uuid.UUID(bytes=secrets.token_bytes(16), version=4))
