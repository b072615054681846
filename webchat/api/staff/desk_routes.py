"""The router of the console's work with chats, with its guards checked. Must not know any adapter."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter

from webchat.api.problems import PaddedJson
from webchat.api.staff.board import add_board
from webchat.api.staff.chats import add_chats
from webchat.api.staff.desk import StaffDeskCases, add_desk
from webchat.api.staff.events import add_events
from webchat.api.staff.guard import Guard, refuse_unguarded
from webchat.api.staff.routes import ERRORS
from webchat.api.staff.wrapups import add_wrap_ups
from webchat.desk import DeskRoom, Talks
from webchat.staff.bench import ActionLog, Bench
from webchat.staff.board import Board
from webchat.staff.codename import Codenames
from webchat.staff.console import Console
from webchat.staff.console_stream import HEARTBEAT_SECONDS, ConsoleStreams
from webchat.staff.counsellor_talk import CounsellorTalk
from webchat.staff.presence_duty import Presence
from webchat.staff.sessions import Session
from webchat.staff.snapshot import Snapshots
from webchat.staff.wrapup import Counts, WrapUp


def build_desk_cases(
    room: DeskRoom,
    talks: Talks,
    counts: Counts,
    actions: ActionLog,
    is_open: Callable[[Session], Awaitable[bool]],
    codenames: Codenames,
    warning: str,
    heartbeat: float = HEARTBEAT_SECONDS,
) -> StaffDeskCases:
    """Put the console's use cases together. ``is_open`` is ``Sessions.is_open``, ``actions`` the audit log."""
    bench = Bench(room, talks, actions)
    snapshots = Snapshots(codenames, room.widening)
    return StaffDeskCases(
        presence=Presence(bench),
        console=Console(bench),
        talk=CounsellorTalk(bench, warning),
        wrap_up=WrapUp(bench, counts),
        snapshots=snapshots,
        streams=ConsoleStreams(bench, snapshots, is_open, heartbeat),
        board=Board(bench),
        clock=room.clock,
    )


def router(cases: StaffDeskCases, guard: Guard) -> APIRouter:
    """The routes, to be placed under ``routes.PREFIX``. Raises ``RuntimeError`` when one has no guard."""
    routes = APIRouter(responses=ERRORS, default_response_class=PaddedJson)
    add_desk(routes, cases, guard)
    add_events(routes, cases, guard)
    add_chats(routes, cases, guard)
    add_wrap_ups(routes, cases, guard)
    add_board(routes, cases, guard)
    refuse_unguarded(routes)
    return routes
