"""The composition root: builds the gateway from its settings. Must be the only place that chooses adapters."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from bot.advice import answers, danger, directory, fixed_texts, redaction, regions, talk_cards
from bot.advice.directory import Directory
from webchat import console, organisation
from webchat.adapters.clocks import SystemClock
from webchat.adapters.memory_codes import MemoryCodeStore
from webchat.adapters.memory_desk import MemoryDeskStore
from webchat.adapters.memory_store import MemoryStore
from webchat.adapters.rasa_bot import RasaBot
from webchat.adapters.redis_codes import RedisCodeStore
from webchat.adapters.redis_desk import RedisDeskStore
from webchat.adapters.redis_store import RedisStore
from webchat.api import pages, staff_pages, visitor
from webchat.api.headers import Shell
from webchat.api.problems import Problems
from webchat.desk import DeskRoom, Talks
from webchat.desk.codes import SpokenCodes, Tries
from webchat.handover.routing import Widening
from webchat.limits import Limits
from webchat.logs import Event, log
from webchat.organisation import Organisation
from webchat.ports import Bot, ChatStore, Clock, CodeStore, DeskStore, StoreUnavailable
from webchat.settings import MEMORY_URL, OidcSettings, Settings
from webchat.staff import agreements
from webchat.staff.errors import StaffStoreUnavailable
from webchat.turns import (
    AtDesk,
    Codes,
    Conversation,
    Handover,
    Hearing,
    Knowledge,
    PersonLeg,
    Replies,
    Room,
    Streams,
    Tender,
    Visit,
)
from webchat.turns.conversation import ENGINE_SECONDS
from webchat.turns.scrubbing import MemoryScrubber
from webchat.turns.stream import HEARTBEAT_SECONDS

SWEEP_SECONDS = 4.0
"""How often ended chats are removed; they answer 410 from their end on in any case (SECURITY P3: within 5 s)."""


@dataclass(frozen=True)
class Outside:
    """The adapters of one gateway. ``secret`` is shared by all gateways of an installation."""

    bot: Bot
    store: ChatStore
    desk: DeskStore
    clock: Clock
    secret: bytes = field(repr=False)
    codes: CodeStore = field(default_factory=MemoryCodeStore)


@dataclass(frozen=True)
class Staff:
    """What the staff side needs. Without it there is no console: visitors are told that nobody is there."""

    database_url: str = field(repr=False)
    secret: str = field(repr=False)
    oidc: OidcSettings | None = None
    demo: bool = False
    address_form: str = "je"


@dataclass(frozen=True)
class Gateway:
    """The application and the use cases behind it."""

    app: ASGIApp
    room: Room
    conversation: Conversation
    streams: Streams
    visit: Visit
    desk: DeskRoom
    talks: Talks
    tender: Tender
    handover: Handover
    staff: console.StaffSide | None


def load_knowledge(address_form: str) -> Knowledge:
    """Load all content files once. Raises ``BadContent``."""
    organisations = directory.load()
    return Knowledge(
        danger=danger.load(),
        regions=regions.load(),
        scrubber=MemoryScrubber(redaction.load()),
        directory=organisations,
        texts=fixed_texts.load(lambda name: organisations.get(name).phone, address_form),
        choices=frozenset(f"/{name}" for name in (*answers.read_buttons(), *answers.load().keys, *_cards())),
    )


def _cards() -> tuple[str, ...]:
    """The cards to show somebody can be opened at any time, also from a page that was offered none."""
    return tuple(f"tell_more:praatkaart-{card.name}" for card in talk_cards.load().all)


def outside(settings: Settings) -> Outside:
    """The real adapters."""
    bot: Bot = RasaBot(settings.rasa_url, settings.engine_secret, address_form=settings.address_form)
    store: ChatStore = MemoryStore() if settings.redis_url == MEMORY_URL else RedisStore(settings.redis_url)
    desk: DeskStore = MemoryDeskStore() if settings.redis_url == MEMORY_URL else RedisDeskStore(settings.redis_url)
    codes: CodeStore = MemoryCodeStore() if settings.redis_url == MEMORY_URL else RedisCodeStore(settings.redis_url)
    return Outside(bot, store, desk, SystemClock(), desk_secret(settings), codes)


def desk_secret(settings: Settings) -> bytes:
    """What the desk's state is encrypted with; the same for all gateways that share one desk."""
    return settings.engine_secret.encode("utf-8")


def build(
    knowledge: Knowledge,
    outside: Outside,
    limits: Limits,
    exit_url: str,
    pages_folder: Path = pages.PAGES,
    heartbeat: float = HEARTBEAT_SECONDS,
    engine_seconds: float = ENGINE_SECONDS,
    staff: Staff | None = None,
    widening: Widening | None = None,
    own: Organisation | None = None,
) -> Gateway:
    """Put the use cases together with the given adapters and make the application of them."""
    room = Room(outside.store, outside.bot, outside.clock)
    replies = Replies(knowledge.directory, knowledge.texts)
    desk, talks = DeskRoom(outside.desk, outside.clock, outside.secret, widening), Talks(outside.store, outside.clock)
    tender = Tender(room, desk, talks, knowledge, replies)
    handover = Handover(room, desk, talks, tender, knowledge, replies, limits)
    hearing = Hearing(room, knowledge, replies)
    at_desk = AtDesk(handover, tender, PersonLeg(room, desk, talks, hearing, replies))
    conversation = Conversation(room, outside.bot, at_desk, hearing, replies, limits, engine_seconds)
    streams = Streams(room, tender, heartbeat, limits)
    visit = Visit(room, handover, tender, talks, knowledge, replies)
    spoken = SpokenCodes(outside.codes, outside.clock, outside.secret)
    side = _staff_side(
        staff,
        console.Shared(desk, talks, spoken, knowledge, replies, _region_names(), staff.address_form if staff else "je"),
    )
    codes = Codes(room, spoken, side.questions if side else None, Tries(), knowledge, replies)
    problems = Problems(knowledge.texts, conversation.card)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        sweeper = asyncio.create_task(_sweep_for_ever(room, desk, limits, side))
        yield
        sweeper.cancel()
        with suppress(asyncio.CancelledError):
            await sweeper
        await outside.store.close()
        await desk.close()
        await spoken.close()
        if side is not None:
            await side.close()
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
    cases = visitor.VisitorCases(conversation, streams, visit, handover, codes, limits, outside.clock)
    app.include_router(visitor.router(cases), prefix="/api/v1")
    for router in side.routers if side else ():
        app.include_router(router, prefix=console.PREFIX)

    @app.get("/healthz", include_in_schema=False)
    async def healthy() -> Response:
        return PlainTextResponse("ok")

    filler = _filler(knowledge.directory, outside.clock, exit_url)
    if staff is not None:
        app.include_router(staff_pages.router(filler, staff.demo, staff.oidc is not None, pages_folder))
    app.include_router(pages.router(filler, pages_folder, redaction.shared_rules, own))
    shell = Shell(app, problems.response, problems.internal_error)
    return Gateway(shell, room, conversation, streams, visit, desk, talks, tender, handover, side)


def from_settings(settings: Settings) -> Gateway:
    """The gateway as it runs. Raises ``BadContent``."""
    own = Organisation()
    if settings.organisation_file is not None:
        own = organisation.load(Path(settings.organisation_file), dict(_region_names()), pages.themes())
    address_form = own.address_form or settings.address_form
    own = replace(own, address_form=address_form)
    settings = replace(settings, exit_url=own.exit_url or settings.exit_url, address_form=address_form)
    knowledge = load_knowledge(settings.address_form)
    staff = None
    if settings.database_url is not None:
        secret = settings.staff_secret or settings.engine_secret
        staff = Staff(settings.database_url, secret, settings.oidc, settings.demo, settings.address_form)
    return build(
        knowledge,
        outside(settings),
        Limits(settings.limits),
        settings.exit_url,
        staff=staff,
        widening=agreements.load(knowledge.is_region),
        own=own,
    )


def _staff_side(staff: Staff | None, shared: console.Shared) -> console.StaffSide | None:
    if staff is None:
        return None
    shared = replace(shared, address_form=staff.address_form)
    return console.build(staff.database_url, staff.secret, shared, staff.oidc)


def _region_names() -> tuple[tuple[str, str], ...]:
    return tuple((region.id, region.name) for region in regions.load().all())


async def _sweep_for_ever(room: Room, desk: DeskRoom, limits: Limits, side: console.StaffSide | None) -> None:
    while True:
        # A store that is away now is tried again at the next round; its own expiry is the backstop.
        with suppress(StoreUnavailable):
            await room.sweep()
            await desk.sweep()
        if side is not None:
            with suppress(StaffStoreUnavailable):
                await side.sweep()
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
