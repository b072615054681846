"""The composition root: builds the gateway from its settings. Must be the only place that chooses adapters."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from bot.advice import answers, danger, directory, fixed_texts, redaction, regions
from bot.advice.directory import Directory
from webchat.adapters.clocks import SystemClock
from webchat.adapters.closed_desk import ClosedDesk
from webchat.adapters.memory_store import MemoryStore
from webchat.adapters.rasa_bot import RasaBot
from webchat.adapters.redis_store import RedisStore
from webchat.api import pages, visitor
from webchat.api.headers import Shell
from webchat.api.problems import Problems
from webchat.limits import Limits
from webchat.logs import Event, log
from webchat.ports import Bot, ChatStore, Clock, Desk, StoreUnavailable
from webchat.settings import MEMORY_URL, Settings
from webchat.turns import Conversation, Knowledge, Replies, Room, Streams, Visit
from webchat.turns.conversation import ENGINE_SECONDS
from webchat.turns.scrubbing import MemoryScrubber
from webchat.turns.stream import HEARTBEAT_SECONDS

SWEEP_SECONDS = 4.0
"""How often ended chats are removed; they answer 410 from their end on in any case (SECURITY P3: within 5 s)."""


@dataclass(frozen=True)
class Outside:
    """The adapters of one gateway."""

    bot: Bot
    store: ChatStore
    desk: Desk
    clock: Clock


@dataclass(frozen=True)
class Gateway:
    """The application and the use cases behind it."""

    app: ASGIApp
    room: Room
    conversation: Conversation
    streams: Streams
    visit: Visit


def load_knowledge(address_form: str) -> Knowledge:
    """Load all content files once. Raises ``BadContent``."""
    organisations = directory.load()
    return Knowledge(
        danger=danger.load(),
        regions=regions.load(),
        scrubber=MemoryScrubber(redaction.load()),
        directory=organisations,
        texts=fixed_texts.load(lambda name: organisations.get(name).phone, address_form),
        choices=frozenset(f"/{name}" for name in (*answers.read_buttons(), *answers.load().keys)),
    )


def outside(settings: Settings) -> Outside:
    """The real adapters."""
    bot: Bot = RasaBot(settings.rasa_url, settings.engine_secret)
    store: ChatStore = MemoryStore() if settings.redis_url == MEMORY_URL else RedisStore(settings.redis_url)
    return Outside(bot, store, ClosedDesk(), SystemClock())


def build(
    knowledge: Knowledge,
    outside: Outside,
    limits: Limits,
    exit_url: str,
    pages_folder: Path = pages.PAGES,
    heartbeat: float = HEARTBEAT_SECONDS,
    engine_seconds: float = ENGINE_SECONDS,
) -> Gateway:
    """Put the use cases together with the given adapters and make the application of them."""
    room = Room(outside.store, outside.bot, outside.clock)
    replies = Replies(knowledge.directory, knowledge.texts)
    conversation = Conversation(room, outside.bot, outside.desk, knowledge, replies, limits, engine_seconds)
    streams = Streams(room, heartbeat)
    visit = Visit(room, outside.desk, knowledge, replies)
    problems = Problems(knowledge.texts, conversation.card)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        sweeper = asyncio.create_task(_sweep_for_ever(room, limits))
        yield
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper
        await outside.store.close()
        await outside.bot.close()
        log(Event.STOPPED)

    app = FastAPI(
        title="Lichtpunt",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    problems.install(app)
    app.include_router(visitor.router(visitor.VisitorCases(conversation, streams, visit)), prefix="/api/v1")

    @app.get("/healthz", include_in_schema=False)
    async def healthy() -> Response:
        return PlainTextResponse("ok")

    app.include_router(pages.router(_filler(knowledge.directory, outside.clock, exit_url), pages_folder))
    shell = Shell(app, problems.response, problems.internal_error)
    return Gateway(shell, room, conversation, streams, visit)


def from_settings(settings: Settings) -> Gateway:
    """The gateway as it runs. Raises ``BadContent``."""
    knowledge = load_knowledge(settings.address_form)
    return build(knowledge, outside(settings), Limits(settings.limits), settings.exit_url)


async def _sweep_for_ever(room: Room, limits: Limits) -> None:
    while True:
        # A store that is away now is tried again at the next round; its own expiry is the backstop.
        with suppress(StoreUnavailable):
            await room.sweep()
        limits.sweep(room.clock.steady())
        await asyncio.sleep(SWEEP_SECONDS)


def _filler(organisations: Directory, clock: Clock, exit_url: str) -> pages.Fill:
    """What the placeholders in pages stand for."""

    def fill(word: str, name: str | None) -> str:
        if word == "exit_url":
            return exit_url
        entry = organisations.get(name or "")
        found = {
            "phone": entry.phone,
            "tel": entry.tel,
            "name": entry.name,
            "hours": entry.hours_text(clock.now()),
        }
        value = found[word]
        if value is None:
            raise KeyError(word)
        return value

    return fill
