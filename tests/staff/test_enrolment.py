"""Enrolment: a link that works once, a second factor that is shown once, and the first administrator."""

import base64
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit

import pytest
import pytest_asyncio

from tests.staff.house import PASSWORD
from webchat.staff.keys import StaffKeys
from webchat.staff.ports import Account
from webchat.staff.roles import StaffRole


def token_of(path: str) -> str:
    page, _, token = path.partition("#enrol=")
    assert page == "/staff"
    return token


async def begun(house, browser, account):
    token = await house.cases.enrolments.issue(account.id)
    return token, await browser.post("/enrol/begin", {"token": token, "password": PASSWORD})


@pytest_asyncio.fixture
async def kim(house):
    account = Account("id-of-kim", "kim", "Kim", frozenset({StaffRole.PIKET}))
    await house.stores.accounts.add(account)
    return account


async def test_a_link_leads_to_a_password_a_second_factor_and_recovery_codes(house, browser, kim):
    token, answer = await begun(house, browser, kim)
    secret = answer.body["secret"]
    uri = urlsplit(answer.body["uri"])
    assert (uri.scheme, uri.netloc, parse_qs(uri.query)["secret"]) == ("otpauth", "totp", [secret])
    finished = await browser.post("/enrol/finish", {"token": token, "code": house.code(secret)})
    assert len(finished.body["recovery_codes"]) == 10
    house.clock.move(30)
    login = {"name": "kim", "password": PASSWORD, "code": house.code(secret)}
    assert (await browser.post("/login", login)).status == 200


async def test_the_picture_is_an_svg_of_the_same_address(house, browser, kim):
    _token, answer = await begun(house, browser, kim)
    header, _, data = answer.body["qr"].partition(",")
    assert header.startswith("data:image/svg+xml")
    picture = base64.b64decode(data) if header.endswith("base64") else unquote_to_bytes(data)
    assert ElementTree.fromstring(picture).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own picture


async def test_a_link_works_once(house, browser, kim):
    token, answer = await begun(house, browser, kim)
    finish = {"token": token, "code": house.code(answer.body["secret"])}
    assert (await browser.post("/enrol/finish", finish)).status == 200
    again = await browser.post("/enrol/finish", finish)
    assert (again.status, again.problem) == (410, "enrolment-gone")
    assert (await browser.post("/enrol/begin", {"token": token, "password": PASSWORD})).problem == "enrolment-gone"


async def test_the_code_that_finished_a_link_does_not_log_in(house, browser, kim):
    token, answer = await begun(house, browser, kim)
    code = house.code(answer.body["secret"])
    await browser.post("/enrol/finish", {"token": token, "code": code})
    login = {"name": "kim", "password": PASSWORD, "code": code}
    assert (await browser.post("/login", login)).problem == "login-refused"


async def test_a_link_is_too_old_after_a_day(house, browser, kim):
    token, answer = await begun(house, browser, kim)
    house.clock.move(24 * 3600 - 1)
    assert (await browser.post("/enrol/finish", {"token": token, "code": "000000"})).problem == "wrong-code"
    house.clock.move(1)
    code = house.code(answer.body["secret"])
    assert (await browser.post("/enrol/finish", {"token": token, "code": code})).problem == "enrolment-gone"


async def test_a_newer_link_ends_the_older_one(house, browser, kim):
    older, _answer = await begun(house, browser, kim)
    await house.cases.enrolments.issue(kim.id)
    assert (await browser.post("/enrol/begin", {"token": older, "password": PASSWORD})).problem == "enrolment-gone"


async def test_beginning_again_replaces_the_second_factor(house, browser, kim):
    token, first = await begun(house, browser, kim)
    second = await browser.post("/enrol/begin", {"token": token, "password": PASSWORD})
    old, new = (house.code(answer.body["secret"]) for answer in (first, second))
    assert (await browser.post("/enrol/finish", {"token": token, "code": old})).problem == "wrong-code"
    assert (await browser.post("/enrol/finish", {"token": token, "code": new})).status == 200


async def test_finishing_before_beginning_is_a_wrong_code(house, browser, kim):
    token = await house.cases.enrolments.issue(kim.id)
    assert (await browser.post("/enrol/finish", {"token": token, "code": "123456"})).problem == "wrong-code"


async def test_a_weak_password_is_refused_and_the_link_stays(house, browser, kim):
    token = await house.cases.enrolments.issue(kim.id)
    assert (await browser.post("/enrol/begin", {"token": token, "password": "kort"})).problem == "weak-password"
    assert (await browser.post("/enrol/begin", {"token": token, "password": PASSWORD})).status == 200


async def test_a_link_of_a_disabled_account_does_not_work(house, browser, kim):
    token = await house.cases.enrolments.issue(kim.id)
    await house.stores.accounts.change(replace(kim, disabled=True))
    assert (await browser.post("/enrol/begin", {"token": token, "password": PASSWORD})).problem == "enrolment-gone"


async def test_the_first_start_makes_an_administrator_with_a_link(house, browser):
    path = await house.cases.accounts.ensure_first_administrator()
    (first,) = await house.stores.accounts.everybody()
    assert (first.name, first.roles) == ("beheerder", {StaffRole.ADMINISTRATOR})
    begin = {"token": token_of(path), "password": PASSWORD}
    secret = (await browser.post("/enrol/begin", begin)).body["secret"]
    await browser.post("/enrol/finish", {"token": token_of(path), "code": house.code(secret)})
    assert await house.cases.accounts.ensure_first_administrator() is None
    house.clock.move(30)
    login = {"name": "beheerder", "password": PASSWORD, "code": house.code(secret)}
    assert (await browser.post("/login", login)).body["roles"] == ["administrator"]


async def test_a_start_before_anybody_enrolled_gives_a_new_link_to_the_same_account(house, browser):
    older = await house.cases.accounts.ensure_first_administrator()
    newer = await house.cases.accounts.ensure_first_administrator()
    assert len(await house.stores.accounts.everybody()) == 1
    answers = [
        await browser.post("/enrol/begin", {"token": token_of(path), "password": PASSWORD}) for path in (older, newer)
    ]
    assert [answer.status for answer in answers] == [410, 200]


async def test_a_house_with_counsellors_only_still_gets_its_first_administrator(house, sam):
    assert await house.cases.accounts.ensure_first_administrator() is not None


def test_a_sealed_second_factor_opens_for_its_own_account_and_secret_only():
    keys = StaffKeys(b"s" * 32)
    sealed = keys.seal(b"factor", "one")
    assert keys.open(sealed, "one") == b"factor"
    assert keys.open(sealed, "two") is None
    assert StaffKeys(b"t" * 32).open(sealed, "one") is None
    assert keys.seal(b"factor", "one") != sealed
    assert "s" * 8 not in repr(keys)
    with pytest.raises(ValueError, match="32"):
        StaffKeys(b"short")
