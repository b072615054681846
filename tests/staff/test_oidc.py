"""Login through an organisation's own provider: a real one, with everything that can be wrong with a login."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest
import pytest_asyncio

from tests.staff.house import ORIGIN, StaffHouse
from tests.staff.oidc.server import CLIENT_ID, CLIENT_SECRET, PEOPLE, Provider, come_back, openid_provider
from webchat.adapters.clocks import SystemClock
from webchat.adapters.oidc import MOST_UNDER_WAY, UNDER_WAY_SECONDS, OidcConfig, OpenIdProvider, _UnderWay
from webchat.settings import STAFF_ROLES
from webchat.staff.roles import StaffRole

SAM, KIM, BO = PEOPLE
ROLES = {"chat-night": StaffRole.COUNSELLOR, "chat-admin": StaffRole.ADMINISTRATOR}
OTP = ("pwd", "otp")


class ShiftedClock(SystemClock):
    """The machine's time, as the provider has it, and a steady clock that tests move."""

    shift = 0.0

    def steady(self) -> float:
        return super().steady() + self.shift


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with openid_provider() as running:
        yield running


def config(issuer: str) -> OidcConfig:
    return OidcConfig(issuer, CLIENT_ID, CLIENT_SECRET, "groups", ROLES)


@pytest_asyncio.fixture
async def house(database, texts, provider) -> AsyncIterator[StaffHouse]:
    async for made in a_house(database, texts, config(provider.issuer)):
        yield made


async def a_house(database, texts, settings: OidcConfig) -> AsyncIterator[StaffHouse]:
    clock = ShiftedClock()
    adapter = OpenIdProvider(settings, clock)
    yield StaffHouse(database, texts, adapter, clock)
    await adapter.close()


async def begin(browser, **changed: str) -> str:
    """Where the browser is sent, with parameters of the address changed on the way."""
    answer = await browser.get("/oidc/start")
    assert answer.status == 303
    return str(httpx.URL(answer.response.headers["location"]).copy_merge_params(changed))


async def log_in(house, browser, provider, account=SAM, amr=OTP, acr=None, **changed: str):
    return await come_back(browser, await provider.log_in(await begin(browser, **changed), account, amr, acr))


def where(answer) -> str:
    assert answer.status == 303
    return answer.response.headers["location"]


async def test_somebody_logs_in_with_the_organisations_account(house, browser, provider):
    answer = await log_in(house, browser, provider)
    assert where(answer) == "/staff"
    assert (await browser.get("/login")).body == {"provider": True}
    me = (await browser.get("/me")).body
    assert (me["display_name"], me["roles"]) == ("Sam", ["counsellor"])
    assert re.fullmatch(r"oidc-[0-9a-f]{16}", me["name"])
    assert await house.audited() == [("login", "done")]


async def test_the_request_is_a_code_flow_with_pkce_state_and_nonce(house, browser):
    params = httpx.URL(await begin(browser)).params
    other = httpx.URL(await begin(browser)).params
    assert (params["response_type"], params["code_challenge_method"]) == ("code", "S256")
    assert params["redirect_uri"] == f"{ORIGIN}/api/v1/staff/oidc/callback"
    for name in ("state", "nonce", "code_challenge"):
        assert len(params[name]) == 43
        assert params[name] != other[name]


async def test_the_cookie_of_a_login_under_way_is_short_lived_and_says_nothing(house, browser):
    answer = await browser.get("/oidc/start")
    (line,) = answer.response.headers.get_list("set-cookie")
    pair, *attributes = (part.strip().lower() for part in line.split(";"))
    assert pair.startswith("__host-lichtpunt-oidc=")
    assert set(attributes) == {"max-age=600", "path=/", "secure", "httponly", "samesite=lax"}
    asked = httpx.URL(answer.response.headers["location"]).params
    assert all(asked[name] not in line for name in ("state", "nonce", "code_challenge"))


async def test_the_same_person_keeps_the_account_and_gets_the_roles_of_today(house, browser, provider):
    await log_in(house, browser, provider)
    (account,) = await house.stores.accounts.everybody()
    await house.stores.accounts.change(replace(account, roles=frozenset({StaffRole.AUDITOR}), regions=("drenthe",)))
    await log_in(house, browser, provider)
    (again,) = await house.stores.accounts.everybody()
    assert (again.id, again.roles, again.regions) == (account.id, {StaffRole.COUNSELLOR}, ("drenthe",))


async def test_an_address_is_neither_stored_nor_shown(house, browser, provider, folder):
    await log_in(house, browser, provider, KIM)
    me = (await browser.get("/me")).body
    assert (me["display_name"], me["roles"]) == ("Medewerker", ["administrator"])
    await house.database.close()
    assert all(b"organisation.example" not in path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("amr", [(), ("pwd",), ("pwd", "sms"), ("rba", "pwd")])
async def test_without_a_second_factor_nobody_comes_in(house, browser, provider, amr):
    answer = await log_in(house, browser, provider, amr=amr)
    assert where(answer) == "/staff#problem=no-second-factor"
    assert (await browser.get("/me")).status == 401
    assert await house.stores.accounts.everybody() == ()


@pytest.mark.parametrize("amr", [("mfa",), ("pwd", "otp"), ("hwk",), ("swk", "pwd"), ("sc",)])
async def test_other_second_factors_count_too(house, browser, provider, amr):
    assert where(await log_in(house, browser, provider, amr=amr)) == "/staff"


@pytest.mark.parametrize(
    ("acr", "page"), [("urn:test:two-factors", "/staff"), ("urn:test:password", "/staff#problem=no-second-factor")]
)
async def test_an_agreed_class_of_login_counts_as_a_second_factor(database, texts, provider, acr, page):
    agreed = replace(config(provider.issuer), acr=("urn:test:two-factors",))
    async for house in a_house(database, texts, agreed):
        browser = house.browser()
        assert "acr_values=urn" in await begin(browser)
        assert where(await log_in(house, browser, provider, amr=("pwd",), acr=acr)) == page


async def test_who_has_no_role_here_gets_no_account(house, browser, provider):
    assert where(await log_in(house, browser, provider, BO)) == "/staff#problem=no-role"
    assert await house.stores.accounts.everybody() == ()


async def test_who_is_disabled_here_stays_out(house, browser, provider):
    await log_in(house, browser, provider)
    (account,) = await house.stores.accounts.everybody()
    await house.stores.accounts.change(replace(account, disabled=True))
    assert where(await log_in(house, browser, provider)) == "/staff#problem=provider-refused"


@pytest.mark.parametrize("changed", [{"nonce": "n" * 43}, {"code_challenge": "c" * 43}, {"state": "s" * 43}])
async def test_a_changed_request_leads_nowhere(house, browser, provider, changed):
    assert where(await log_in(house, browser, provider, **changed)) == "/staff#problem=provider-refused"
    assert (await browser.get("/me")).status == 401


@pytest.mark.parametrize(
    "changed", [{"state": "s" * 43}, {"state": ""}, {"state": "é"}, {"code": "x"}, {"iss": "https://other.example"}]
)
async def test_a_changed_answer_leads_nowhere(house, browser, provider, changed):
    query = await provider.log_in(await begin(browser), SAM, OTP)
    assert where(await come_back(browser, query | changed)) == "/staff#problem=provider-refused"
    assert (await browser.get("/me")).status == 401


async def test_an_answer_works_in_the_browser_that_began_only(house, browser, provider):
    query = await provider.log_in(await begin(browser), SAM, OTP)
    other = house.browser()
    await begin(other)
    for stranger in (other, house.browser()):
        assert where(await come_back(stranger, query)) == "/staff#problem=provider-refused"
    assert where(await come_back(browser, query)) == "/staff"


async def test_an_answer_works_once(house, browser, provider):
    answer = await browser.get("/oidc/start")
    ticket = answer.response.cookies["__Host-lichtpunt-oidc"]
    query = await provider.log_in(answer.response.headers["location"], SAM, OTP)
    assert where(await come_back(browser, query)) == "/staff"
    again = house.browser()
    again.http.cookies.set("__Host-lichtpunt-oidc", ticket, domain="console.example")
    assert where(await come_back(again, query)) == "/staff#problem=provider-refused"


async def test_an_answer_is_too_late_after_ten_minutes(house, browser, provider):
    query = await provider.log_in(await begin(browser), SAM, OTP)
    house.clock.shift = UNDER_WAY_SECONDS
    assert where(await come_back(browser, query)) == "/staff#problem=provider-refused"


async def test_a_flood_of_beginnings_does_not_grow_without_end(house, provider):
    adapter = house.provider
    adapter._under_way = {f"old-{number}": _waiting(house) for number in range(MOST_UNDER_WAY)}
    await house.cases.provider.begin("https://console.example/back")
    assert len(adapter._under_way) == MOST_UNDER_WAY
    assert "old-0" not in adapter._under_way


def _waiting(house):
    return _UnderWay("", "", "", {}, house.clock.steady() + 60)


async def test_roles_may_come_from_the_userinfo_endpoint(database, texts):
    with openid_provider(claimsInIdToken=False) as sparing:
        async for house in a_house(database, texts, config(sparing.issuer)):
            browser = house.browser()
            assert where(await log_in(house, browser, sparing)) == "/staff"
            assert (await browser.get("/me")).body["display_name"] == "Sam"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"client_secret": "another secret"}, "provider-refused"),
        ({"roles_claim": "nothing.there"}, "no-role"),
    ],
)
async def test_what_was_not_agreed_with_the_provider_lets_nobody_in(database, texts, provider, changed, problem):
    async for house in a_house(database, texts, replace(config(provider.issuer), **changed)):
        assert where(await log_in(house, house.browser(), provider)) == f"/staff#problem={problem}"


@pytest.mark.parametrize("path", ["/other", "/"])
async def test_a_provider_that_calls_itself_something_else_is_not_used(database, texts, provider, path):
    async for house in a_house(database, texts, config(provider.issuer + path)):
        assert where(await house.browser().get("/oidc/start")) == "/staff#problem=provider-away"


async def test_a_provider_that_is_away_is_said_so(database, texts):
    async for house in a_house(database, texts, config("http://127.0.0.1:1")):
        assert where(await house.browser().get("/oidc/start")) == "/staff#problem=provider-away"


async def test_without_a_provider_the_local_accounts_remain(database, texts):
    house = StaffHouse(database, texts)
    assert where(await house.browser().get("/oidc/start")) == "/staff#problem=no-provider"
    assert (await house.browser().get("/login")).body == {"provider": False}
    sam = await house.person("sam", StaffRole.COUNSELLOR)
    assert (await house.login(house.browser(), sam)).status == 200


def test_the_settings_know_the_roles_of_the_staff_side():
    assert set(STAFF_ROLES) == {role.value for role in StaffRole}
