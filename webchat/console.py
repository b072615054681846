"""Puts the staff side together: accounts, desk, codes and teams over one database. Must not decide anything itself."""

from contextlib import suppress
from dataclasses import dataclass

from fastapi import APIRouter

from webchat.adapters.oidc import OidcConfig, OpenIdProvider
from webchat.adapters.sql import Database, staff_stores
from webchat.adapters.sql.counts import SqlCounts
from webchat.adapters.sql.questions import SqlQuestions
from webchat.adapters.sql.team_data import SqlTeamData
from webchat.api.staff import desk_routes, more_routes, routes
from webchat.api.staff.codes import StaffCodeCases
from webchat.api.staff.guard import Guard
from webchat.api.staff.team import StaffTeamCases
from webchat.desk import DeskRoom, Talks
from webchat.desk.codes import SpokenCodes, Tries
from webchat.desk.questions import Questions
from webchat.settings import OidcSettings
from webchat.staff import StaffCases, build_staff, codename, warning
from webchat.staff.codes import PhoneCards, ShiftQuestions
from webchat.staff.console_stream import ConsoleStreams
from webchat.staff.errors import StaffStoreUnavailable
from webchat.staff.passwords import Passwords
from webchat.staff.region_cards import RegionCards
from webchat.staff.roles import StaffRole
from webchat.staff.team_data import TeamData
from webchat.staff.teams import Teams
from webchat.staff.wrapup import Counts
from webchat.turns import Knowledge, Replies

PREFIX = routes.PREFIX


@dataclass(frozen=True)
class StaffSide:
    """What the composition root needs of the staff side."""

    database: Database
    cases: StaffCases
    counts: Counts
    questions: Questions
    routers: tuple[APIRouter, ...]
    streams: ConsoleStreams
    provider: OpenIdProvider | None

    async def sweep(self) -> None:
        """End sessions and questions that are too old."""
        await self.cases.sweep()
        await self.questions.sweep()
        await self.counts.flush()

    def drain(self) -> None:
        """Let the consoles' streams end soon; they come back to another process."""
        self.streams.drain()

    async def close(self) -> None:
        """Hand on what was counted and let go of the database."""
        with suppress(StaffStoreUnavailable):
            await self.counts.flush()
        if self.provider is not None:
            await self.provider.close()
        await self.database.close()


@dataclass(frozen=True)
class Shared:
    """What the visitor's side already has."""

    room: DeskRoom
    talks: Talks
    codes: SpokenCodes
    knowledge: Knowledge
    replies: Replies
    regions: tuple[tuple[str, str], ...]
    address_form: str = "je"


def build(
    url: str, secret: str, shared: Shared, oidc: OidcSettings | None = None, passwords: Passwords | None = None
) -> StaffSide:
    """The staff side over the database at ``url``; it connects at the first call. Raises ``UnfitDatabase``."""
    database, clock = Database(url), shared.room.clock
    provider = OpenIdProvider(_config(oidc), clock) if oidc else None
    cases = build_staff(staff_stores(database), clock, secret.encode("utf-8"), provider, passwords)
    counts = Counts(SqlCounts(database), clock, frozenset(one.id for one in shared.knowledge.directory.all()))
    questions = Questions(SqlQuestions(database), clock, secret.encode("utf-8"))
    guard = Guard(cases.sessions)
    desk = desk_routes.build_desk_cases(
        shared.room,
        shared.talks,
        counts,
        cases.audit,
        cases.sessions.is_open,
        codename.load(),
        warning.load(shared.address_form),
    )
    cases.sessions.on_end.append(desk.presence.session_ended)
    routers = (
        routes.router(cases, guard, clock),
        desk_routes.router(desk, guard),
        more_routes.router(_code_cases(shared, questions, cases), _team_cases(database, shared, cases), guard),
    )
    return StaffSide(database, cases, counts, questions, routers, desk.streams, provider)


def _code_cases(shared: Shared, questions: Questions, cases: StaffCases) -> StaffCodeCases:
    cards = PhoneCards(shared.codes, Tries(), cases.audit, shared.room.clock)
    return StaffCodeCases(cards, ShiftQuestions(questions, cases.audit))


def _team_cases(database: Database, shared: Shared, cases: StaffCases) -> StaffTeamCases:
    data = TeamData(SqlTeamData(database), cases.audit, shared.room.clock)
    cards = RegionCards(shared.knowledge, shared.replies, data, shared.room.clock)
    return StaffTeamCases(data, cards, Teams(shared.room, shared.regions), cases.accounts)


def _config(oidc: OidcSettings) -> OidcConfig:
    roles = {value: StaffRole(role) for value, role in oidc.roles}
    return OidcConfig(oidc.issuer, oidc.client_id, oidc.client_secret, oidc.roles_claim, roles, oidc.acr)
