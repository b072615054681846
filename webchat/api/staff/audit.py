"""The audit log, for auditors. Must only translate between HTTP and the use cases; there is no way to change a row."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from webchat.api import wire_staff_accounts as wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.guard import Guard
from webchat.staff import StaffCases
from webchat.staff.audit import AuditAction
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session

PAGE = 200


def add_audit(routes: APIRouter, cases: StaffCases, guard: Guard) -> None:
    """Reading the log, and proving that it is whole. Reading is recorded as well."""
    auditor = Depends(guard.require(StaffRole.AUDITOR))

    @routes.get("/audit", response_model=wire.AuditOut)
    async def read(session: Annotated[Session, auditor], after: Annotated[int, Query(ge=0, le=2**53)] = 0) -> Response:
        await cases.audit.record(session.account.id, AuditAction.AUDIT_READ)
        rows = await cases.audit.rows(after, PAGE)
        shown = [wire.AuditRowOut.of(row).model_dump(mode="json") for row in rows]
        return PaddedJson({"rows": shown, "next": rows[-1].seq if len(rows) == PAGE else None})

    @routes.get("/audit/verify", response_model=wire.AuditVerdictOut, dependencies=[auditor])
    async def verify() -> Response:
        broken = await cases.audit.verify()
        return PaddedJson({"verdict": "whole" if broken is None else "broken", "first_broken": broken})
