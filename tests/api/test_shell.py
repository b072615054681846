"""What goes around every answer: headers, origin, pages, and errors without words."""

import pytest

from tests.api.client import ORIGIN, Visitor
from tests.turns.doubles import CANARY, House, ScriptedBot
from webchat.app import build

pytestmark = pytest.mark.asyncio

HEADERS = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-robots-tag": "noindex",
}
ROUTES = [
    ("GET", "/", 404),
    ("GET", "/healthz", 200),
    ("GET", "/api/v1/openapi.json", 200),
    ("GET", "/api/v1/availability", 200),
    ("GET", "/api/v1/nothing", 404),
    ("PUT", "/api/v1/chats", 405),
    ("POST", "/api/v1/chats", 422),
    ("GET", "/api/v1/chats/current", 401),
    ("GET", "/docs", 404),
    ("GET", "/redoc", 404),
    ("GET", "/visitor/nothing.mjs", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
async def test_every_answer_has_the_safety_headers_and_no_cookie(tmp_path, method, path, status):
    visitor = Visitor(house_with_pages(tmp_path).app)
    answer = await visitor.http.request(method, path)
    assert answer.status_code == status
    assert HEADERS.items() <= dict(answer.headers).items()
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert "max-age=" in answer.headers["strict-transport-security"]
    assert not {"set-cookie", "server", "etag"} & set(answer.headers)


@pytest.mark.parametrize("origin", ["http://evil.example", "https://chat.example.evil.example", "null", "http://[", ""])
async def test_a_foreign_origin_is_refused(visitor, origin):
    answer = await visitor.http.get("/api/v1/availability", headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": ORIGIN}, {"Origin": "null", "Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}]
)
async def test_our_own_origin_and_none_are_fine(visitor, headers):
    assert (await visitor.http.get("/api/v1/availability", headers=headers)).status_code == 200


async def test_a_request_from_another_site_without_an_origin_is_refused(visitor):
    answer = await visitor.http.get("/api/v1/availability", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


async def test_an_error_nobody_foresaw_gives_numbers_and_keeps_its_words_to_itself(caplog, capsys):
    caplog.set_level("DEBUG")
    visitor = Visitor(House(bot=ScriptedBot(RuntimeError(CANARY))).gateway.app)
    visitor.http.headers["X-Canary"] = CANARY
    await visitor.http.post("/api/v1/chats", json={})
    answer = await visitor.http.post("/api/v1/chats", json={})
    assert answer.status_code == 500
    assert answer.json()["replies"][0]["kind"] == "emergency"
    own = [record for record in caplog.records if record.name == "webchat"]
    assert own[-1].event_fields["error"] == "RuntimeError"
    assert CANARY not in answer.text + capsys.readouterr().err + "".join(str(record.event_fields) for record in own)


async def test_the_api_describes_itself_and_every_route_of_the_design(visitor):
    paths = (await visitor.http.get("/api/v1/openapi.json")).json()["paths"]
    assert {(method.upper(), path.removeprefix("/api/v1")) for path, item in paths.items() for method in item} == {
        ("POST", "/chats"),
        ("POST", "/chats/current/messages"),
        ("GET", "/chats/current/events"),
        ("GET", "/chats/current"),
        ("DELETE", "/chats/current"),
        ("PATCH", "/chats/current/assessment"),
        ("POST", "/chats/current/handover"),
        ("DELETE", "/chats/current/handover"),
        ("POST", "/chats/current/handover/accept"),
        ("POST", "/chats/current/consents"),
        ("POST", "/chats/current/signals"),
        ("POST", "/chats/current/return-code"),
        ("POST", "/chats/current/belcode"),
        ("POST", "/return"),
        ("POST", "/questions"),
        ("POST", "/questions/read"),
        ("POST", "/leave"),
        ("POST", "/feedback"),
        ("GET", "/availability"),
        ("GET", "/organisations"),
    }


async def test_pages_get_their_numbers_from_the_directory(tmp_path):
    (tmp_path / "visitor").mkdir()
    page = '<a href="tel:{{tel:veilig-thuis}}">{{phone:veilig-thuis}}</a><a href="{{exit_url}}">weg</a>'
    (tmp_path / "visitor" / "index.html").write_text(page, encoding="utf-8")
    answer = await Visitor(house_with_pages(tmp_path).app).http.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "{{" not in answer.text
    assert 'href="https://exit.example/?a=1&amp;b=2"' in answer.text


async def test_a_page_that_names_what_does_not_exist_is_not_shown(tmp_path):
    (tmp_path / "visitor").mkdir()
    (tmp_path / "visitor" / "index.html").write_text("{{phone:atlantis}}", encoding="utf-8")
    assert (await Visitor(house_with_pages(tmp_path).app).http.get("/")).status_code == 500


@pytest.mark.parametrize(
    ("name", "media_type"), [("main.mjs", "text/javascript; charset=utf-8"), ("a.css", "text/css; charset=utf-8")]
)
async def test_scripts_and_styles_are_served_with_their_type(tmp_path, name, media_type):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / name).write_text("x", encoding="utf-8")
    answer = await Visitor(house_with_pages(tmp_path).app).http.get(f"/shared/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)


@pytest.mark.parametrize(
    "path",
    [
        "/visitor/../secret.txt",
        "/visitor/%2e%2e/secret.txt",
        "/visitor/..%2fsecret.txt",
        "/visitor/a.py",
        "/staff/a.css",
    ],
)
async def test_nothing_outside_the_pages_is_served(tmp_path, path):
    (tmp_path / "secret.txt").write_text("geheim", encoding="utf-8")
    pages = tmp_path / "pages"
    for area in ("visitor", "staff"):
        (pages / area).mkdir(parents=True)
    (pages / "visitor" / "a.py").write_text("geheim", encoding="utf-8")
    (pages / "staff" / "a.css").write_text("geheim", encoding="utf-8")
    assert (await Visitor(house_with_pages(pages).app).http.get(path)).status_code == 404


def house_with_pages(folder):
    """A gateway that serves pages from ``folder``."""
    house = House()
    return build(house.knowledge, house.outside, house.limits, "https://exit.example/?a=1&b=2", pages_folder=folder)
