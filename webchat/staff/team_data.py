"""What a team keeps for itself: ready replies, notes on its region, the rota. Must not hold anything about visitors."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from webchat.ports import Clock, NotAllowedNow
from webchat.staff.audit import AuditAction
from webchat.staff.bench import ActionLog
from webchat.staff.sessions import Session

LONGEST_REPLY = 600
LONGEST_NOTES = 4000
MOST_REPLIES = 300
_DAY_MINUTES = 24 * 60
_AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class ReadyReply:
    """A line that a counsellor may put in the composer and change before sending. ``word`` is what "/" finds it by."""

    id: str
    word: str
    text: str


@dataclass(frozen=True)
class Shift:
    """A weekly turn of one person: ``weekday`` 0 is Monday; minutes from midnight in Amsterdam, past 1440 next day."""

    id: str
    account: str
    weekday: int
    begins: int
    ends: int


@dataclass(frozen=True)
class Deviation:
    """One date on which the week is not followed: ``works`` false is a day off, true an extra turn."""

    id: str
    account: str
    date: str
    works: bool
    begins: int = 0
    ends: int = _DAY_MINUTES


@dataclass(frozen=True)
class Rota:
    """The week and where it is not followed."""

    week: tuple[Shift, ...]
    exceptions: tuple[Deviation, ...]


class TeamStore(Protocol):
    """Keeps what a team writes for itself. All methods raise ``StaffStoreUnavailable``."""

    async def replies(self) -> tuple[ReadyReply, ...]:
        """All ready replies."""
        ...

    async def put_reply(self, reply: ReadyReply) -> None:
        """Add one, or put it in the place of the one with this id."""
        ...

    async def remove_reply(self, reply_id: str) -> bool:
        """Whether there was one."""
        ...

    async def notes(self, region: str) -> str:
        """What the team wrote about its region; empty when nothing."""
        ...

    async def put_notes(self, region: str, text: str) -> None:
        """Instead of what was there."""
        ...

    async def rota(self) -> Rota:
        """Everybody's turns."""
        ...

    async def put_rota(self, rota: Rota) -> None:
        """Instead of what was there."""
        ...


class TeamData:
    """Reading is for everybody at the desk, writing for a coordinator; each change is recorded without its content."""

    def __init__(self, store: TeamStore, actions: ActionLog, clock: Clock) -> None:
        self._store = store
        self._actions = actions
        self._clock = clock

    async def replies(self) -> tuple[ReadyReply, ...]:
        """All ready replies, by their word."""
        return tuple(sorted(await self._store.replies(), key=lambda reply: reply.word))

    async def add_reply(self, who: Session, word: str, text: str) -> ReadyReply:
        """A new one. Raises ``NotAllowedNow`` when its word is taken or there are too many."""
        there = await self._store.replies()
        if len(there) >= MOST_REPLIES:
            raise NotAllowedNow("too-many-replies")
        return await self._put(who, ReadyReply(_new_id(), word, text), there)

    async def change_reply(self, who: Session, reply: ReadyReply) -> ReadyReply:
        """Change one. Raises ``NotAllowedNow`` when it is gone or its word is taken."""
        there = await self._store.replies()
        if reply.id not in {one.id for one in there}:
            raise NotAllowedNow("reply-gone")
        return await self._put(who, reply, there)

    async def remove_reply(self, who: Session, reply_id: str) -> None:
        """Remove one. Raises ``NotAllowedNow`` when it is gone."""
        if not await self._store.remove_reply(reply_id):
            raise NotAllowedNow("reply-gone")
        await self._actions.record(who.account.id, AuditAction.REPLIES_CHANGED)

    async def notes(self, region: str) -> str:
        """What the team wrote about its region."""
        return await self._store.notes(region)

    async def write_notes(self, who: Session, region: str, text: str) -> None:
        """Replace the notes of a region."""
        await self._store.put_notes(region, text)
        await self._actions.record(who.account.id, AuditAction.TEAM_CHANGED)

    async def rota(self) -> Rota:
        """Everybody's turns."""
        return await self._store.rota()

    async def plan(self, who: Session, rota: Rota) -> Rota:
        """Replace the rota. Raises ``NotAllowedNow`` when a turn ends before it begins."""
        spans = [(turn.begins, turn.ends) for turn in rota.week] + [(day.begins, day.ends) for day in rota.exceptions]
        if any(ends <= begins for begins, ends in spans):
            raise NotAllowedNow("turn-backwards")
        named = Rota(
            tuple(replace(turn, id=turn.id or _new_id()) for turn in rota.week),
            tuple(replace(turn, id=turn.id or _new_id()) for turn in rota.exceptions),
        )
        await self._store.put_rota(named)
        await self._actions.record(who.account.id, AuditAction.ROTA_CHANGED)
        return named

    async def planned_now(self) -> frozenset[str]:
        """The accounts whose turn it is. Says nothing about who is there: that is presence."""
        rota, now = await self._store.rota(), self._clock.now().astimezone(_AMSTERDAM)
        planned = {shift.account for shift in rota.week if _covers_week(shift, now)}
        today = [one for one in rota.exceptions if one.date == now.date().isoformat()]
        off = {one.account for one in today if not one.works and one.begins <= _minute(now) < one.ends}
        extra = {one.account for one in today if one.works and one.begins <= _minute(now) < one.ends}
        return frozenset((planned - off) | extra)

    async def _put(self, who: Session, reply: ReadyReply, there: tuple[ReadyReply, ...]) -> ReadyReply:
        if any(one.word == reply.word and one.id != reply.id for one in there):
            raise NotAllowedNow("word-taken")
        await self._store.put_reply(reply)
        await self._actions.record(who.account.id, AuditAction.REPLIES_CHANGED)
        return reply


def _new_id() -> str:
    return secrets.token_hex(8)


def _minute(now: datetime) -> int:
    return now.hour * 60 + now.minute


def _covers_week(shift: Shift, now: datetime) -> bool:
    """A turn past midnight still counts on the next day."""
    today = shift.weekday == now.weekday() and shift.begins <= _minute(now) < shift.ends
    yesterday = shift.weekday == (now.weekday() - 1) % 7 and shift.begins <= _minute(now) + _DAY_MINUTES < shift.ends
    return today or yesterday
