"""Being on duty: arriving, saying how one is, staying, going, being gone. Must not promise visitors anything."""

from contextlib import suppress

from webchat.handover import duty_moves
from webchat.handover.desk import Desk, Refused
from webchat.handover.envelopes import StaffKey
from webchat.handover.people import HARD_MOST, OnDuty, Status
from webchat.ports import NotAllowedNow, StoreUnavailable
from webchat.staff.audit import AuditAction
from webchat.staff.bench import Bench
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session

SEES_ALL = StaffRole.COORDINATOR
"""The role that sees the whole queue at once, to help where it sticks."""


class Presence:
    """One person's presence at the desk. Methods raise ``NotAllowedNow`` and ``StoreUnavailable``."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    async def say(self, who: Session, status: Status, most: int | None = None) -> Desk:
        """Available, busy, pause or leaving; comes on duty when that was not so yet. Returns the desk.

        An older session of the same person goes: its chats return to the queue, because only its key opened them.
        """
        arrived = False

        def work(desk: Desk, now: float) -> Desk:
            nonlocal arrived
            before = desk.duty.get(who.account.id)
            arrived = before is None or before.session != who.id
            return duty_moves.set_status(
                duty_moves.arrive(desk, _on_duty(who, status, most, before, now)), who.account.id, status
            )

        desk = await self._bench.room.move(work)
        if arrived:
            await self._bench.actions.record(who.account.id, AuditAction.ON_DUTY)
        return desk

    async def beat(self, who: Session) -> None:
        """Still there; nobody is woken for it."""
        try:
            await self._bench.room.move(
                lambda desk, now: duty_moves.beat(desk, who.account.id, who.id, now), loud=False
            )
        except Refused as refused:
            raise NotAllowedNow(refused.reason) from None

    async def leave(self, who: Session) -> None:
        """Go off duty; nothing happens for somebody who is not. Refused while a chat is open."""
        left = False

        def work(desk: Desk, _now: float) -> Desk:
            nonlocal left
            duty = desk.duty.get(who.account.id)
            left = duty is not None and duty.session == who.id
            return duty_moves.depart(desk, who.account.id) if left else desk

        try:
            await self._bench.room.move(work)
        except Refused as refused:
            raise NotAllowedNow(refused.reason) from None
        if left:
            await self._bench.actions.record(who.account.id, AuditAction.OFF_DUTY)

    async def session_ended(self, account_id: str) -> None:
        """The session was closed or taken away: off duty at once, and the chats go to the front of the queue.

        One of ``Sessions.on_end``. When the store is away nothing is lost by it: without a session there are no
        more heartbeats, so the desk finds out by itself half a minute later.
        """

        def work(desk: Desk, now: float) -> Desk:
            return duty_moves.lose(desk, account_id, now) if account_id in desk.duty else desk

        with suppress(StoreUnavailable):
            await self._bench.room.move(work)


def _on_duty(who: Session, status: Status, most: int | None, before: OnDuty | None, now: float) -> OnDuty:
    account = who.account
    stays = before is not None and before.session == who.id
    wanted = most or (before.most if before is not None and stays else account.most)
    return OnDuty(
        staff=account.id,
        session=who.id,
        public_key=StaffKey.from_session(who.cookie).public,
        name=account.display_name,
        status=status,
        beat=now,
        since=now,
        most=max(1, min(wanted, HARD_MOST)),
        regions=account.regions,
        skills=tuple(sorted(account.skills)),
        sees_all=SEES_ALL in account.roles,
    )
