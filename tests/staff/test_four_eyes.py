"""Accounts, and what one administrator cannot do alone."""

import pytest

from tests.staff.house import PASSWORD
from webchat.staff.audit import AuditAction
from webchat.staff.roles import FOUR_EYES, StaffRole

NEW = {
    "name": "Kim.1",
    "display_name": "Kim",
    "roles": ["counsellor"],
    "regions": ["drenthe"],
    "skills": ["night"],
    "most": 3,
}
DAY = 24 * 3600


async def test_an_administrator_makes_an_account_with_a_link(house, browser, ada, bea):
    admin = await house.at_work(ada)
    made = await admin.post("/accounts", NEW)
    assert made.status == 201
    assert made.body["approval"] is None
    account = made.body["account"]
    shown = {**NEW, "name": "kim.1", "disabled": False, "enrolled": False, "provider": False}
    assert {key: account[key] for key in shown} == shown
    token = made.body["enrolment"].removeprefix("/staff#enrol=")
    assert (await browser.post("/enrol/begin", {"token": token, "password": PASSWORD})).status == 200
    assert account in (await admin.get("/accounts")).body
    assert (await house.audited())[-1] == ("account_added", "done")


async def test_a_name_is_given_once(house, ada):
    admin = await house.at_work(ada)
    assert (await admin.post("/accounts", NEW)).status == 201
    again = await admin.post("/accounts", {**NEW, "name": "KIM.1"})
    assert (again.status, again.problem) == (409, "name-taken")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "geheim geheim"},
        {"name": "<geheim>"},
        {"display_name": " geheim"},
        {"display_name": "geheim\n"},
        {"roles": ["geheim"]},
        {"skills": ["geheim"]},
        {"regions": ["Geheim!"]},
        {"most": 5},
        {"most": 0},
        {"geheim": 1},
    ],
)
async def test_only_what_is_in_the_lists_is_taken(house, ada, wrong):
    answer = await (await house.at_work(ada)).post("/accounts", NEW | wrong)
    assert answer.status == 422
    assert "geheim" not in answer.response.text


async def test_an_account_that_does_not_exist_is_not_found(house, ada):
    admin = await house.at_work(ada)
    assert (await admin.call("PATCH", "/accounts/nobody", json={"most": 1})).problem == "no-such-account"
    assert (await admin.post("/accounts/nobody/enrolment")).status == 404


async def test_the_administrator_finds_somebody_back_in_the_audit_log(house, sam, ada):
    admin = await house.at_work(ada)
    pseudonyms = {account["name"]: account["pseudonym"] for account in (await admin.get("/accounts")).body}
    rows = await house.cases.audit.rows()
    assert [row.actor for row in rows if row.action == "login"] == [pseudonyms["ada"]]
    assert pseudonyms["sam"] in {row.actor for row in rows}


@pytest.mark.parametrize("role", sorted(FOUR_EYES))
async def test_power_over_others_is_given_by_two(house, sam, ada, bea, role):
    first, second = await house.at_work(ada), await house.at_work(bea)
    asked = await first.call("PATCH", f"/accounts/{sam.account.id}", json={"roles": ["counsellor", role]})
    assert asked.body["account"]["roles"] == ["counsellor"]
    approval = asked.body["approval"]
    (waiting,) = (await second.get("/approvals")).body
    assert waiting == {
        "id": approval,
        "kind": "roles",
        "account_id": sam.account.id,
        "asked_by": ada.account.id,
        "roles": [role],
        "seconds": waiting["seconds"],
    }
    alone = await first.post(f"/approvals/{approval}")
    assert (alone.status, alone.problem) == (403, "second-person-needed")
    done = await second.post(f"/approvals/{approval}")
    assert done.body["account"]["roles"] == sorted(["counsellor", role])
    assert (await second.get("/approvals")).body == []
    assert (await second.post(f"/approvals/{approval}")).problem == "approval-gone"
    given = [result for action, result in await house.audited() if action == "roles_granted"]
    assert given == ["asked", "done"]


async def test_a_new_account_gets_such_a_role_later(house, ada, bea):
    first, second = await house.at_work(ada), await house.at_work(bea)
    made = await first.post("/accounts", {**NEW, "roles": ["auditor", "piket"]})
    assert made.body["account"]["roles"] == ["piket"]
    done = await second.post(f"/approvals/{made.body['approval']}")
    assert done.body["account"]["roles"] == ["auditor", "piket"]


async def test_nobody_confirms_what_is_about_oneself(house, ada, bea):
    first, second = await house.at_work(ada), await house.at_work(bea)
    asked = await first.call("PATCH", f"/accounts/{bea.account.id}", json={"roles": ["administrator", "auditor"]})
    assert (await second.post(f"/approvals/{asked.body['approval']}")).problem == "second-person-needed"


async def test_a_request_is_gone_after_a_day(house, sam, ada, bea):
    first = await house.at_work(ada)
    asked = await first.call("PATCH", f"/accounts/{sam.account.id}", json={"roles": ["auditor"]})
    house.clock.move(DAY)
    second = await house.at_work(bea)
    assert (await second.get("/approvals")).body == []
    assert (await second.post(f"/approvals/{asked.body['approval']}")).problem == "approval-gone"


async def test_a_request_falls_with_the_administrator_who_made_it(house, sam, ada, bea):
    first, second = await house.at_work(ada), await house.at_work(bea)
    asked = await first.call("PATCH", f"/accounts/{sam.account.id}", json={"roles": ["auditor"]})
    await second.call("PATCH", f"/accounts/{ada.account.id}", json={"disabled": True})
    assert (await second.post(f"/approvals/{asked.body['approval']}")).problem == "approval-gone"


async def test_taking_away_a_second_factor_needs_two(house, sam, ada, bea):
    first, second = await house.at_work(ada), await house.at_work(bea)
    work = await house.at_work(sam)
    asked = await first.post(f"/accounts/{sam.account.id}/enrolment")
    assert asked.body["enrolment"] is None
    assert (await work.get("/me")).status == 200
    done = await second.post(f"/approvals/{asked.body['approval']}")
    token = done.body["enrolment"].removeprefix("/staff#enrol=")
    assert (await work.get("/me")).status == 401
    assert (await house.login(house.browser(), sam)).problem == "login-refused"
    assert (await house.login(house.browser(), sam, code=sam.recovery_codes[0])).problem == "login-refused"
    secret = (await work.post("/enrol/begin", {"token": token, "password": PASSWORD})).body["secret"]
    await work.post("/enrol/finish", {"token": token, "code": house.code(secret)})
    sam.secret = secret
    assert (await house.login(work, sam)).status == 200


async def test_a_new_second_factor_opens_a_lock(house, browser, sam, ada):
    for _ in range(5):
        await house.login(browser, sam, password="fout")
    path = (await (await house.at_work(ada)).post(f"/accounts/{sam.account.id}/enrolment")).body["enrolment"]
    token = path.removeprefix("/staff#enrol=")
    sam.secret = (await browser.post("/enrol/begin", {"token": token, "password": PASSWORD})).body["secret"]
    await browser.post("/enrol/finish", {"token": token, "code": house.code(sam.secret)})
    assert (await house.login(browser, sam)).status == 200


async def test_a_link_for_who_never_enrolled_needs_one(house, ada, bea):
    first = await house.at_work(ada)
    made = await first.post("/accounts", NEW)
    again = await first.post(f"/accounts/{made.body['account']['id']}/enrolment")
    assert again.body["approval"] is None
    assert again.body["enrolment"] != made.body["enrolment"]


async def test_the_only_administrator_does_it_alone_and_the_log_says_so(house, sam, ada):
    only = await house.at_work(ada)
    given = await only.call("PATCH", f"/accounts/{sam.account.id}", json={"roles": ["coordinator"]})
    assert (given.body["account"]["roles"], given.body["approval"]) == (["coordinator"], None)
    reset = await only.post(f"/accounts/{sam.account.id}/enrolment")
    assert reset.body["enrolment"].startswith("/staff#enrol=")
    audited = await house.audited()
    assert ("roles_granted", "alone") in audited
    assert ("second_factor_reset", "alone") in audited


async def test_removing_the_other_administrator_does_not_make_one_the_only_one_for_a_day(house, sam, ada, bea):
    first = await house.at_work(ada)
    removed = await first.call("PATCH", f"/accounts/{bea.account.id}", json={"disabled": True})
    assert removed.body["account"]["disabled"] is True
    asked = await first.call("PATCH", f"/accounts/{sam.account.id}", json={"roles": ["auditor"]})
    assert asked.body["approval"] is not None
    house.clock.move(DAY)
    first = await house.at_work(ada)
    given = await first.call("PATCH", f"/accounts/{sam.account.id}", json={"roles": ["auditor"]})
    assert given.body["account"]["roles"] == ["auditor"]


async def test_who_comes_back_does_so_without_the_roles_that_need_two(house, ada, bea):
    first = await house.at_work(ada)
    path = f"/accounts/{bea.account.id}"
    await first.call("PATCH", path, json={"disabled": True})
    back = await first.call("PATCH", path, json={"disabled": False, "roles": ["administrator"]})
    assert back.body["account"]["roles"] == []
    assert back.body["approval"] is not None


@pytest.mark.parametrize("change", [{"disabled": True}, {"roles": ["counsellor"]}])
async def test_the_last_administrator_cannot_leave(house, sam, ada, change):
    only = await house.at_work(ada)
    answer = await only.call("PATCH", f"/accounts/{ada.account.id}", json=change)
    assert (answer.status, answer.problem) == (409, "last-administrator")
    assert (await only.get("/me")).body["roles"] == ["administrator"]


async def test_an_administrator_who_never_enrolled_does_not_count(house, ada, bea):
    first, second = await house.at_work(ada), await house.at_work(bea)
    made = await first.post("/accounts", {**NEW, "roles": ["administrator"]})
    await second.post(f"/approvals/{made.body['approval']}")
    await first.call("PATCH", f"/accounts/{bea.account.id}", json={"roles": []})
    answer = await first.call("PATCH", f"/accounts/{ada.account.id}", json={"disabled": True})
    assert answer.problem == "last-administrator"


async def test_an_auditor_reads_and_proves_the_log(house, sam):
    eva = await house.person("eva", StaffRole.AUDITOR)
    audit = await house.at_work(eva)
    page = (await audit.get("/audit")).body
    assert [row["action"] for row in page["rows"]] == ["enrolled", "enrolled", "login", "audit_read"]
    assert page["next"] is None
    assert (await audit.get("/audit", params={"after": 3})).body["rows"][0]["seq"] == 4
    assert (await audit.get("/audit/verify")).body == {"verdict": "whole", "first_broken": None}
    assert set(page["rows"][0]) == {"seq", "minute", "actor", "action", "result", "hash"}
    async with house.database.session() as connection:
        await connection.exec_driver_sql("UPDATE audit SET action = 'login' WHERE seq = 2")
    assert (await audit.get("/audit/verify")).body == {"verdict": "broken", "first_broken": 2}


async def test_a_long_log_comes_in_pages(house):
    eva = await house.person("eva", StaffRole.AUDITOR)
    audit = await house.at_work(eva)
    for _ in range(210):
        await house.cases.audit.record(eva.account.id, AuditAction.CHAT_CLAIMED)
    first = (await audit.get("/audit")).body
    assert (len(first["rows"]), first["next"]) == (200, 200)
    second = (await audit.get("/audit", params={"after": first["next"]})).body
    assert second["rows"][0]["seq"] == 201
    assert second["next"] is None
