"""Accounts, for administrators. Must only translate between HTTP and the use cases."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from webchat.api import wire_staff_accounts as wire
from webchat.api.problems import PaddedJson
from webchat.api.staff.guard import Guard
from webchat.ports import Clock
from webchat.staff import StaffCases
from webchat.staff.accounts import Changed
from webchat.staff.roles import StaffRole
from webchat.staff.sessions import Session


def add_accounts(routes: APIRouter, cases: StaffCases, guard: Guard, clock: Clock) -> None:
    """All routes about accounts of others."""
    administrator = Depends(guard.require(StaffRole.ADMINISTRATOR))

    @routes.get("/accounts", response_model=list[wire.AccountOut], dependencies=[administrator])
    async def everybody() -> Response:
        accounts = await cases.accounts.everybody()
        shown = (wire.AccountOut.of(account, cases.audit.pseudonym(account.id)) for account in accounts)
        return PaddedJson([account.model_dump(mode="json") for account in shown])

    @routes.post("/accounts", status_code=201, response_model=wire.ChangedOut)
    async def add(body: wire.AccountIn, session: Annotated[Session, administrator]) -> Response:
        changed = await cases.accounts.add(session.account, body.name, body.display_name, body.wanted())
        return PaddedJson(_changed(cases, changed), status_code=201)

    @routes.patch("/accounts/{account_id}", response_model=wire.ChangedOut)
    async def change(
        account_id: str, body: wire.AccountChangeIn, session: Annotated[Session, administrator]
    ) -> Response:
        return PaddedJson(_changed(cases, await cases.accounts.change(session.account, account_id, body.wanted())))

    @routes.post("/accounts/{account_id}/enrolment", response_model=wire.ChangedOut)
    async def new_enrolment(account_id: str, session: Annotated[Session, administrator]) -> Response:
        return PaddedJson(_changed(cases, await cases.accounts.new_enrolment(session.account, account_id)))

    @routes.get("/approvals", response_model=list[wire.ApprovalOut], dependencies=[administrator])
    async def waiting() -> Response:
        shown = (wire.ApprovalOut.of(approval, clock.steady()) for approval in await cases.accounts.waiting())
        return PaddedJson([approval.model_dump(mode="json") for approval in shown])

    @routes.post("/approvals/{approval_id}", response_model=wire.ChangedOut)
    async def approve(approval_id: str, session: Annotated[Session, administrator]) -> Response:
        return PaddedJson(_changed(cases, await cases.accounts.approve(session.account, approval_id)))


def _changed(cases: StaffCases, changed: Changed) -> object:
    return wire.ChangedOut.of(changed, cases.audit.pseudonym(changed.account.id)).model_dump(mode="json")
