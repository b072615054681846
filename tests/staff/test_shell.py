"""The staff side behind the outermost layer: its cookie passes, a visitor gets none, and the provider may send back."""

import pytest

from tests.staff.house import Browser
from webchat.api.headers import Shell
from webchat.api.problems import Problems


@pytest.fixture
def outside(house) -> Browser:
    problems = Problems(house.texts, lambda: ())
    return Browser(Shell(house.app, problems.response, problems.internal_error))


async def test_the_cookie_of_staff_passes_and_every_answer_may_not_be_kept(house, outside, sam):
    answer = await house.login(outside, sam)
    assert answer.response.headers["set-cookie"].startswith("__Host-lichtpunt=")
    for each in (answer, await outside.get("/me"), await outside.get("/audit")):
        assert each.response.headers["cache-control"] == "no-store"


async def test_a_browser_may_come_back_from_the_provider_but_not_from_elsewhere(outside):
    elsewhere = {"Origin": None, "X-Lichtpunt": None, "Sec-Fetch-Site": "cross-site"}
    assert (await outside.get("/oidc/callback", headers=elsewhere)).status == 303
    assert (await outside.get("/me", headers=elsewhere)).problem == "foreign-origin"
