"""Logging in: two factors, five tries, and no word about which part was wrong."""

import asyncio
import statistics
import time

import pytest
from argon2 import PasswordHasher
from argon2.low_level import Type

from tests.staff.house import PASSWORD
from webchat.staff.accounts import Wanted
from webchat.staff.errors import StaffRefused
from webchat.staff.passwords import AT_ONCE, MOST_WAITING, Passwords, is_strong
from webchat.staff.second_factor import matching_step, new_secret


async def test_somebody_logs_in_with_a_password_and_a_code(house, browser, sam):
    answer = await house.login(browser, sam)
    assert answer.status == 200
    assert answer.body == {
        "id": sam.account.id,
        "name": "sam",
        "display_name": "Sam",
        "roles": ["counsellor"],
        "regions": [],
        "skills": [],
        "most": 2,
        "ends_at": "2026-11-25T12:00:30Z",
        "idle_seconds": 1800,
    }
    assert (await browser.get("/me")).body == answer.body
    assert await house.audited() == [("enrolled", "done"), ("login", "done")]


async def test_a_name_may_be_written_in_capitals(house, browser, sam):
    assert (await house.login(browser, sam, name=" SAM ")).status == 200


@pytest.mark.parametrize(
    "wrong", [{"name": "somebody"}, {"password": "een ander wachtwoord"}, {"code": "000000"}, {"code": "x"}]
)
async def test_whatever_is_wrong_the_answer_is_the_same(house, browser, sam, wrong):
    answer = await house.login(browser, sam, **wrong)
    assert (answer.status, answer.problem) == (401, "login-refused")
    assert "set-cookie" not in answer.response.headers
    assert answer.body["detail"].startswith("De naam, het wachtwoord of de code klopt niet.")


async def test_a_disabled_account_is_refused_like_an_unknown_one(house, browser, sam, ada):
    admin = await house.at_work(ada)
    await admin.call("PATCH", f"/accounts/{sam.account.id}", json={"disabled": True})
    assert (await house.login(browser, sam)).problem == "login-refused"


@pytest.mark.parametrize("wrong", [{"password": "een ander wachtwoord"}, {"code": "000000"}])
async def test_five_wrong_tries_lock_a_name_for_a_quarter_of_an_hour(house, browser, sam, wrong):
    for _ in range(5):
        assert (await house.login(browser, sam, **wrong)).problem == "login-refused"
    locked = await house.login(browser, sam)
    assert (locked.status, locked.problem) == (429, "login-locked")
    assert 0 < int(locked.response.headers["retry-after"]) <= 900
    house.clock.move(800)
    assert (await house.login(browser, sam)).problem == "login-locked"
    house.clock.move(100)
    assert (await house.login(browser, sam)).status == 200
    assert (await house.audited()).count(("login", "refused")) == 1


async def test_both_factors_count_together(house, browser, sam):
    for wrong in ({"code": "000000"}, {"password": "fout"}) * 2 + ({"code": "000000"},):
        await house.login(browser, sam, **wrong)
    assert (await house.login(browser, sam)).problem == "login-locked"


async def test_a_right_login_makes_the_count_begin_again(house, browser, sam):
    for _ in range(2):
        for _ in range(4):
            await house.login(browser, sam, password="fout")
        assert (await house.login(browser, sam)).status == 200


async def test_a_name_that_does_not_exist_locks_in_the_same_way(house, browser, sam):
    for _ in range(5):
        assert (await house.login(browser, sam, name="nobody")).problem == "login-refused"
    assert (await house.login(browser, sam, name="nobody")).problem == "login-locked"
    assert (await house.login(browser, sam)).status == 200


async def test_many_tries_at_once_are_not_more_tries(house, browser, sam):
    code = house.next_code(sam)
    answers = await asyncio.gather(*(house.login(browser, sam, password=f"fout {n}", code=code) for n in range(12)))
    assert sorted(answer.problem for answer in answers) == ["login-locked"] * 7 + ["login-refused"] * 5


@pytest.mark.parametrize("name", ["sam", "nobody", "disabled"])
async def test_every_login_costs_one_hash_whoever_it_is_for(house, browser, sam, ada, name):
    gone = await house.person("disabled")
    await house.cases.accounts.change(ada.account, gone.account.id, Wanted(disabled=True))
    before = house.hasher.checks
    await house.login(browser, sam, name=name, password="een ander wachtwoord")
    assert house.hasher.checks == before + 1


async def test_an_unknown_name_takes_the_time_of_a_wrong_password():
    passwords = Passwords()
    stored = await passwords.hash(PASSWORD, "sam")

    async def seconds(known: str | None) -> float:
        start = time.perf_counter()
        assert not await passwords.verify(known, "een ander wachtwoord")
        return time.perf_counter() - start

    pairs = [(await seconds(stored), await seconds(None)) for _ in range(11)]
    known, unknown = (statistics.median(column) for column in zip(*pairs, strict=True))
    assert 0.7 < unknown / known < 1.3


async def test_passwords_are_argon2id_with_19_mebibytes_and_two_passes():
    stored = await Passwords().hash(PASSWORD, "sam")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PasswordHasher(type=Type.ID).verify(stored, PASSWORD)
    assert await Passwords().verify(stored, PASSWORD)
    assert not await Passwords().verify(stored, "een ander wachtwoord")
    assert not await Passwords().verify("no hash at all", PASSWORD)


async def test_a_flood_of_logins_works_two_at_a_time_and_is_told_to_come_back():
    running, most = 0, 0

    class Watched:
        def hash(self, password: str) -> str:
            return password

        def verify(self, hash: str, password: str) -> bool:
            nonlocal running, most
            running += 1
            most = max(most, running)
            time.sleep(0.002)  # in a thread: long enough for the others to be beside it
            running -= 1
            return True

    passwords = Passwords(Watched())
    asked = [passwords.verify("stored", PASSWORD) for _ in range(AT_ONCE + MOST_WAITING + 3)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, StaffRefused)]
    assert most == AT_ONCE
    assert [(error.reason, error.seconds) for error in refused] == [("login-busy", 5.0)] * 3
    assert await passwords.verify("stored", PASSWORD)


@pytest.mark.parametrize(
    ("password", "strong"),
    [
        ("vier losse gewone woorden", True),
        ("elf tekens!", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("hier is SAM de baas", False),
        ("x" * 100 + "abcdefghij" * 11, False),
    ],
)
def test_a_password_is_long_varied_and_without_the_name(password, strong):
    assert is_strong(password, "sam") is strong


async def test_a_code_works_once(house, browser, sam):
    code = house.next_code(sam)
    assert (await house.login(browser, sam, code=code)).status == 200
    assert (await house.login(browser, sam, code=code)).problem == "login-refused"
    assert (await house.login(browser, sam)).status == 200


async def test_an_older_code_does_not_work_after_a_newer_one(house, browser, sam):
    older, newer = house.code(sam.secret, 2), house.code(sam.secret, 3)
    house.clock.move(75)
    assert (await house.login(browser, sam, code=newer)).status == 200
    assert (await house.login(browser, sam, code=older)).problem == "login-refused"


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_codes_of_one_step_before_and_after_count(house, steps, counts):
    secret = new_secret()
    now = house.clock.now()
    step = int(now.timestamp()) // 30
    assert matching_step(secret, house.code(secret, steps), now, 0) == (step + steps if counts else None)


def test_a_step_that_was_used_does_not_match_again(house):
    secret = new_secret()
    now = house.clock.now()
    step = int(now.timestamp()) // 30
    assert matching_step(secret, house.code(secret), now, step - 1) == step
    assert matching_step(secret, house.code(secret), now, step) is None


async def test_nobody_has_no_password_whatever_the_hasher_says():
    class Generous:
        def hash(self, password: str) -> str:
            return password

        def verify(self, hash: str, password: str) -> bool:
            return True

    assert await Passwords(Generous()).verify("stored", PASSWORD)
    assert not await Passwords(Generous()).verify(None, PASSWORD)


def test_a_second_factor_has_160_bits():
    assert len(new_secret()) * 5 == 160


async def test_a_recovery_code_works_once_and_however_it_is_typed(house, browser, sam):
    assert len(set(sam.recovery_codes)) == 10
    first, second = sam.recovery_codes[:2]
    assert (await house.login(browser, sam, code=first)).status == 200
    assert (await house.login(browser, sam, code=first)).problem == "login-refused"
    assert (await house.login(browser, sam, code=f" {second.upper().replace('-', ' ')} ")).status == 200


async def test_a_recovery_code_of_somebody_else_does_not_work(house, browser, sam):
    kim = await house.person("kim")
    assert (await house.login(browser, sam, code=kim.recovery_codes[0])).problem == "login-refused"


async def test_a_recovery_code_is_not_used_up_by_a_wrong_password(house, browser, sam):
    code = sam.recovery_codes[0]
    await house.login(browser, sam, code=code, password="fout")
    assert (await house.login(browser, sam, code=code)).status == 200


async def test_a_password_is_changed_with_the_current_one(house, sam):
    work = await house.at_work(sam)
    new = "een heel andere zin"
    assert (await work.post("/password", {"current": "fout", "new": new})).problem == "login-refused"
    assert (await work.post("/password", {"current": PASSWORD, "new": "kort"})).problem == "weak-password"
    assert (await work.post("/password", {"current": PASSWORD, "new": new})).status == 204
    assert (await work.get("/me")).status == 200
    assert (await house.login(house.browser(), sam)).problem == "login-refused"
    assert (await house.login(house.browser(), sam, password=new)).status == 200


async def test_guessing_the_password_in_an_open_session_locks_too(house, sam):
    work = await house.at_work(sam)
    for _ in range(5):
        await work.post("/password", {"current": "fout", "new": "een heel andere zin"})
    answer = await work.post("/password", {"current": PASSWORD, "new": "een heel andere zin"})
    assert answer.problem == "login-locked"


async def test_nothing_that_was_typed_comes_back_in_an_error(house, browser, sam):
    for body in ({"name": "geheim" * 40, "password": "geheim", "code": "geheim"}, {"name": "geheim"}):
        answer = await browser.post("/login", body)
        assert answer.status in (413, 422)
        assert "geheim" not in answer.response.text
    assert "geheim" not in (await house.login(browser, sam, password="geheim")).response.text


async def test_the_database_holds_no_secret_that_could_be_used(house, browser, sam, folder):
    answer = await house.login(browser, sam)
    cookie = answer.response.cookies["__Host-lichtpunt"]
    await house.database.close()
    stored = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"sam" in stored
    for secret in (
        cookie,
        sam.secret,
        PASSWORD,
        *sam.recovery_codes,
        *(c.replace("-", "") for c in sam.recovery_codes),
    ):
        assert secret.encode() not in stored
