"""Doubles of the outside of the gateway and a builder that puts them together. Must stay as small as the ports allow."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.advice import directory, fixed_texts
from bot.advice.assessment import Assessment
from bot.advice.vocabulary import Danger
from webchat.adapters.clocks import MovableClock
from webchat.adapters.memory_desk import MemoryDeskStore
from webchat.adapters.memory_store import MemoryStore
from webchat.app import Outside, Staff, build
from webchat.chats import ChatKeys
from webchat.limits import Limits
from webchat.ports import (
    Bot,
    BotReply,
    BotTurn,
    BotUnavailable,
    ChatStore,
    Clock,
    Commit,
    Committed,
    DeskStore,
    Effect,
    StoredChat,
    StoreUnavailable,
)
from webchat.turns import Knowledge
from webchat.turns.knowledge import DangerReader, RegionFinder, Scrubbed, Scrubber

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DANGER_WORDS = "hij slaat de deur in"
SUICIDE_WORDS = "ik maak er nu een eind aan"
CANARY = "kanariewoord"
"""Stands for something identifying: the scrubber double leaves it out."""
DESK_SECRET = b"a secret of tests only, 32 bytes"


def reply(text: str = "Dank je.", kind: str = "answer", **parts: Any) -> dict[str, Any]:
    """One reply as the engine gives it."""
    return {"kind": kind, "text": text, "referrals": [], "choices": [], **parts}


class ScriptedBot:
    """Gives the answers it was told to, in order, and remembers what it was asked. The last answer repeats."""

    def __init__(self, *answers: BotReply | Exception) -> None:
        self.answers = list(answers) or [BotReply((reply(),), Assessment())]
        self.turns: list[BotTurn] = []
        self.forgotten: list[str] = []
        self.gate: asyncio.Event | None = None
        self.entered = asyncio.Event()

    async def greet(self, keys: ChatKeys, turn: BotTurn) -> BotReply:
        first = self.answers[0]
        if isinstance(first, Exception):
            raise first
        choices = [{"title": "Ja", "payload": "/yes"}]
        return BotReply((reply("Hallo, ik ben een chatbot.", "greeting", choices=choices),), Assessment())

    async def answer(self, keys: ChatKeys, turn: BotTurn) -> BotReply:
        self.turns.append(turn)
        self.entered.set()
        if self.gate is not None:
            await self.gate.wait()
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def forget(self, engine_id: str) -> None:
        self.forgotten.append(engine_id)

    async def close(self) -> None:
        self.answers.clear()


@dataclass(frozen=True)
class FoundDanger:
    level: Danger = Danger.NONE
    kinds: frozenset[str] = frozenset()


class WordDanger:
    """Two sentences are danger now, "bang" is perhaps."""

    def detect(self, text: str) -> FoundDanger:
        if SUICIDE_WORDS in text:
            return FoundDanger(Danger.ACUTE, frozenset({"suicide_now"}))
        if DANGER_WORDS in text:
            return FoundDanger(Danger.ACUTE, frozenset({"violence_now"}))
        return FoundDanger(Danger.UNCLEAR, frozenset({"fear_of_death"})) if "bang" in text else FoundDanger(Danger.NONE)


@dataclass(frozen=True)
class Option:
    label: str
    region_id: str


@dataclass(frozen=True)
class FoundRegion:
    region_id: str | None = None
    options: tuple[Option, ...] = ()
    own: bool = False


@dataclass(frozen=True)
class NamedRegion:
    name: str


class OneRegion:
    """Knows Zwolle, and that Bergen is two places."""

    def find(self, text: str) -> FoundRegion:
        if "bergen" in text:
            return FoundRegion(None, (Option("Bergen (NH)", "noord"), Option("Bergen (L)", "limburg")))
        return FoundRegion("ijsselland", own="ik woon" in text) if "zwolle" in text else FoundRegion()

    def get(self, region_id: str) -> NamedRegion:
        return NamedRegion({"ijsselland": "IJsselland", "noord": "Noord", "limburg": "Limburg"}[region_id])


class CanaryScrubber:
    """Leaves out the canary and remembers that it did; fails on "kapot"."""

    def scrub(self, text: str, names: dict[str, Any] | None) -> Scrubbed:
        if "kapot" in text:
            return Scrubbed("[bericht niet doorgegeven]", (), names, failed=True)
        if CANARY not in text:
            return Scrubbed(text, (), names)
        count = (names or {"count": 0})["count"] + 1
        return Scrubbed(text.replace(CANARY, "[naam 1]"), ("person",), {"count": count})


class AwayStore(MemoryStore):
    """A store that can be switched off as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.refused = asyncio.Event()

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name in ("create", "load", "commit", "result", "events", "seen", "wipe") and self.away:
            self.refused.set()
            raise StoreUnavailable
        return found


class CrashingStore(MemoryStore):
    """Stores so many more steps and then fails once, as when the process is killed in the middle of a message."""

    def __init__(self) -> None:
        super().__init__()
        self.commits_until_crash: int | None = None

    async def commit(self, keys: ChatKeys, commit: Commit, now: float) -> Committed:
        if self.commits_until_crash == 0:
            self.commits_until_crash = None
            raise StoreUnavailable
        if self.commits_until_crash is not None:
            self.commits_until_crash -= 1
        return await super().commit(keys, commit, now)


class AwayDesk(MemoryDeskStore):
    """A desk that can be switched off."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.looks = 0
        self.refused = asyncio.Event()

    async def load(self, known: int) -> tuple[int, bytes] | None:
        self.looks += 1
        if self.away:
            self.refused.set()
            raise StoreUnavailable
        return await super().load(known)


class HookedStore(MemoryStore):
    """A store in which something happens just before the next chat or talk begins, or the next step is stored."""

    def __init__(self) -> None:
        super().__init__()
        self.before_create: Callable[[], Awaitable[Any]] | None = None
        self.before_commit: Callable[[], Awaitable[Any]] | None = None

    async def create(self, keys: ChatKeys, notes: bytes, events: tuple[bytes, ...], now: float) -> StoredChat:
        hook, self.before_create = self.before_create, None
        if hook is not None:
            await hook()
        return await super().create(keys, notes, events, now)

    async def commit(self, keys: ChatKeys, commit: Commit, now: float) -> Committed:
        hook, self.before_commit = self.before_commit, None
        if hook is not None:
            await hook()
        return await super().commit(keys, commit, now)


@cache
def knowledge() -> Knowledge:
    """Real directory and texts; simple words for the rest."""
    organisations = directory.load()
    texts = fixed_texts.load(lambda name: organisations.get(name).phone)
    words: DangerReader = WordDanger()
    regions: RegionFinder = OneRegion()
    scrubber: Scrubber = CanaryScrubber()
    return Knowledge(words, regions, scrubber, organisations, texts, frozenset({"/stalking"}))


@dataclass
class House:
    """A gateway on doubles."""

    bot: ScriptedBot = field(default_factory=ScriptedBot)
    store: ChatStore = field(default_factory=MemoryStore)
    desk_store: DeskStore = field(default_factory=MemoryDeskStore)
    clock: MovableClock = field(default_factory=lambda: MovableClock(NOON))
    limits: Limits = field(default_factory=lambda: Limits(on=False))
    heartbeat: float = 0.05
    engine_seconds: float = 4.0
    staff: Staff | None = None

    def __post_init__(self) -> None:
        bot: Bot = self.bot
        clock: Clock = self.clock
        self.knowledge = knowledge()
        self.outside = Outside(bot, self.store, self.desk_store, clock, DESK_SECRET)
        self.gateway = build(
            self.knowledge,
            self.outside,
            self.limits,
            "https://exit.example/",
            heartbeat=self.heartbeat,
            engine_seconds=self.engine_seconds,
            staff=self.staff,
        )
        self.conversation = self.gateway.conversation
        self.visit = self.gateway.visit
        self.streams = self.gateway.streams
        self.room = self.gateway.room
        self.desk = self.gateway.desk
        self.talks = self.gateway.talks
        self.tender = self.gateway.tender
        self.handover = self.gateway.handover

    async def chat(self) -> str:
        """The token of a new chat."""
        token: str = (await self.conversation.open_chat(None))["token"]
        return token


def answering(*texts: str, effect: Effect | None = None, assessment: Assessment | None = None) -> BotReply:
    """An engine answer of plain replies."""
    return BotReply(tuple(reply(text) for text in texts), assessment or Assessment(), effect)


def away() -> BotUnavailable:
    """What a bot that is down raises."""
    return BotUnavailable()


def everything(value: Any) -> str:
    """A value as text, to search for canaries."""
    return json.dumps(value, ensure_ascii=False, default=str)
