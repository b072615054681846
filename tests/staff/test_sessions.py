"""Sessions of the console: a cookie that tells nothing, half an hour idle, nine hours in all, one a person."""

import hashlib
import secrets

import pytest


def set_cookie(answer):
    """The attributes of the one cookie that was set."""
    (line,) = answer.response.headers.get_list("set-cookie")
    pair, *attributes = (part.strip() for part in line.split(";"))
    return pair, {attribute.lower() for attribute in attributes}


async def test_the_cookie_is_for_this_host_only_and_out_of_reach_of_scripts(house, browser, sam):
    pair, attributes = set_cookie(await house.login(browser, sam))
    name, _, value = pair.partition("=")
    assert name == "__Host-lichtpunt"
    assert attributes == {"path=/", "secure", "httponly", "samesite=strict"}
    assert len(value) == 43


@pytest.mark.parametrize("base", ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"])
async def test_on_this_machine_the_cookie_goes_without_tls(house, sam, base):
    browser = house.browser(base)
    pair, attributes = set_cookie(await house.login(browser, sam))
    assert pair.startswith("lichtpunt=")
    assert attributes == {"path=/", "httponly", "samesite=strict"}
    assert (await browser.get("/me")).status == 200


async def test_another_name_over_http_still_gets_the_secure_cookie(house, sam):
    """TLS ends at a proxy, so the gateway itself sees http."""
    behind = house.browser("http://console.example")
    answer = await house.login(behind, sam, code=house.next_code(sam))
    assert answer.problem == "not-from-the-console"
    body = {"name": "sam", "password": sam.password, "code": house.next_code(sam)}
    answer = await behind.post("/login", body, headers={"Origin": "https://console.example"})
    pair, attributes = set_cookie(answer)
    assert pair.startswith("__Host-lichtpunt=")
    assert "secure" in attributes


async def test_without_anything_done_a_session_ends_after_half_an_hour(house, sam):
    work = await house.at_work(sam)
    house.clock.move(1799)
    assert (await work.get("/me")).status == 200
    house.clock.move(1)
    answer = await work.get("/me")
    assert (answer.status, answer.problem) == (401, "no-session")


async def test_what_the_page_asks_by_itself_does_not_keep_a_session_open(house, sam):
    work = await house.at_work(sam)
    for _ in range(3):
        house.clock.move(600)
        last = await work.get("/me")
    assert last.status == 401


async def test_what_the_person_does_keeps_it_open_until_the_end_of_the_shift(house, ada):
    work = await house.at_work(ada)
    for _ in range(9 * 3 - 1):
        house.clock.move(1200)
        assert (await work.get("/accounts")).status == 200
    house.clock.move(1199)
    assert (await work.get("/accounts")).status == 200
    house.clock.move(1)
    assert (await work.get("/accounts")).status == 401


async def test_a_new_login_ends_the_old_one(house, sam):
    ended = []
    house.cases.sessions.on_end.append(_noting(ended))
    home, work = await house.at_work(sam), await house.at_work(sam)
    assert ended == [sam.account.id]
    assert (await home.get("/me")).status == 401
    assert (await work.get("/me")).status == 200


async def test_each_login_makes_its_own_secret_whatever_cookie_came_along(house, browser, sam):
    planted = secrets.token_urlsafe(32)
    browser.http.cookies.set("__Host-lichtpunt", planted, domain="console.example")
    first, _ = set_cookie(await house.login(browser, sam))
    second, _ = set_cookie(await house.login(browser, sam))
    assert len({planted, first.partition("=")[2], second.partition("=")[2]}) == 3
    other = house.browser()
    other.http.cookies.set("__Host-lichtpunt", planted, domain="console.example")
    assert (await other.get("/me")).status == 401


async def test_logging_out_ends_the_session_and_takes_the_cookie_away(house, sam):
    ended = []
    house.cases.sessions.on_end.append(_noting(ended))
    work = await house.at_work(sam)
    cookie = work.http.cookies["__Host-lichtpunt"]
    answer = await work.post("/logout")
    assert answer.status == 204
    _pair, attributes = set_cookie(answer)
    assert {"max-age=0", "secure", "httponly", "path=/"} <= attributes
    again = house.browser()
    again.http.cookies.set("__Host-lichtpunt", cookie, domain="console.example")
    assert (await again.get("/me")).status == 401
    assert ended == [sam.account.id]
    assert (await house.audited())[-1] == ("logout", "done")


@pytest.mark.parametrize("cookie", ["", "x", "é", "A" * 42, "A" * 43, "A" * 44, "A" * 4000], ids=list("abcdefg"))
async def test_a_cookie_that_is_nobodys_is_no_session(house, sam, cookie):
    await house.at_work(sam)
    assert await house.cases.sessions.find(cookie) is None


async def test_disabling_somebody_ends_the_session_at_once(house, sam, ada):
    ended = []
    house.cases.sessions.on_end.append(_noting(ended))
    work, admin = await house.at_work(sam), await house.at_work(ada)
    await admin.call("PATCH", f"/accounts/{sam.account.id}", json={"disabled": True})
    assert ended == [sam.account.id]
    assert (await work.get("/me")).status == 401


async def test_other_roles_need_a_new_login(house, sam, ada):
    work, admin = await house.at_work(sam), await house.at_work(ada)
    await admin.call("PATCH", f"/accounts/{sam.account.id}", json={"regions": ["drenthe"]})
    assert (await work.get("/me")).body["regions"] == ["drenthe"]
    await admin.call("PATCH", f"/accounts/{sam.account.id}", json={"roles": ["piket"]})
    assert (await work.get("/me")).status == 401


async def test_sweeping_ends_old_sessions_and_says_whose_they_were(house, sam):
    ended = []
    house.cases.sessions.on_end.append(_noting(ended))
    session = await house.cases.sessions.begin(sam.account)
    house.clock.move(1799)
    await house.cases.sweep()
    assert await house.cases.sessions.is_open(session)
    assert ended == []
    house.clock.move(1)
    assert not await house.cases.sessions.is_open(session)
    await house.cases.sweep()
    assert ended == [sam.account.id]


async def test_only_a_hash_of_the_secret_is_stored_and_the_id_is_another_one(house, sam):
    session = await house.cases.sessions.begin(sam.account)
    stored = await house.stores.sessions.find(hashlib.sha256(session.secret).hexdigest())
    assert stored.id == session.id
    assert session.id not in (session.secret.hex(), stored.secret_hash[:32])
    assert session.secret.hex() not in repr(session)
    assert repr(session.secret) not in repr(session)


def _noting(ended):
    async def note(account_id: str) -> None:
        ended.append(account_id)

    return note
