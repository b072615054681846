"""What an organisation sets for its own chat: read with care, escaped, and offered rather than assumed."""

import re

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from bot.advice.errors import BadContent
from webchat.api import pages
from webchat.app import from_settings
from webchat.organisation import FILE, Organisation, load
from webchat.settings import Settings

REGIONS = {"ijsselland": "IJsselland"}
THEMES = ("rvo", "utrecht")


def written(folder, text):
    path = folder / "organisation.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_full_file_is_read(tmp_path):
    text = (
        "region: ijsselland\nopening: Dit is de chat van de gemeente.\nexit_url: https://example.org/\n"
        "address_form: u\ntheme: utrecht\n"
    )
    found = load(written(tmp_path, text), REGIONS, THEMES)
    assert found == Organisation(
        "ijsselland", "IJsselland", "Dit is de chat van de gemeente.", "https://example.org/", "u", "utrecht"
    )


def test_an_empty_file_changes_nothing(tmp_path):
    assert load(written(tmp_path, "# niets\n"), REGIONS, THEMES) == Organisation()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("region: atlantis-geheim", "region must be"),
        ("theme: geheim", "theme must be one of rvo, utrecht"),
        ("exit_url: http://geheim.example/", "exit_url must be"),
        ("address_form: geheim", "address_form must be je or u"),
        ("opening: bel geheim 0123", "opening must be"),
        ("opening: [geheim]", "opening must be"),
        ("opening: Van uw geheim.", "opening must not say u"),
        ("opening: Van jouw geheim.\naddress_form: u", "it must not say je either"),
        ("colour: geheim", "knows only the keys"),
        ("- geheim", "must hold keys"),
        ("geheim: [", "cannot be read"),
    ],
)
def test_a_bad_file_stops_with_one_line_that_names_the_key_and_not_the_value(tmp_path, text, said):
    with pytest.raises(BadContent) as problem:
        load(written(tmp_path, text), REGIONS, THEMES)
    line = str(problem.value)
    assert FILE in line
    assert said in line
    assert "geheim" not in line
    assert "\n" not in line


def test_a_missing_file_stops_too(tmp_path):
    with pytest.raises(BadContent, match="cannot be read"):
        load(tmp_path / "nergens.yml", REGIONS, THEMES)


def test_the_example_can_be_used(tmp_path):
    example = pages.PAGES.parents[1] / "docker" / "organisation.example.yml"
    assert load(example, REGIONS, pages.themes()).opening


async def fetched(organisation, path):
    app = FastAPI()
    app.include_router(pages.router(lambda word, name: "x", organisation=organisation))
    async with AsyncClient(transport=ASGITransport(app), base_url="http://chat.example") as http:
        return (await http.get(path)).text


async def test_the_opening_line_and_the_region_are_in_the_page_escaped():
    page = await fetched(Organisation("ijsselland", "IJsselland", "<b>Hallo</b> & welkom"), "/")
    assert '<p class="opening">&lt;b&gt;Hallo&lt;/b&gt; &amp; welkom</p>' in page
    assert page.index("opening") < page.index('id="start"')
    assert '<html lang="nl" data-region="ijsselland" data-region-name="IJsselland">' in page


async def test_without_an_organisation_the_page_has_no_trace_of_one():
    page = await fetched(None, "/")
    assert '<html lang="nl">' in page
    assert "opening" not in page
    assert "{{" not in page


@pytest.mark.parametrize(
    ("file", "environment", "label"),
    [
        ("address_form: u\n", "je", "Uw"),
        ("address_form: je\n", "u", "Je"),
        ("# niets\n", "u", "Uw"),
        ("# niets\n", "je", "Je"),
    ],
)
async def test_the_form_of_the_page_is_that_of_the_organisation_and_else_that_of_the_setting(
    tmp_path, file, environment, label
):
    path = written(tmp_path, file)
    told = {"REDIS_URL": "memory://", "ENGINE_SECRET": "only-for-these-tests-and-nothing-else"}
    settings = Settings.from_environ({**told, "ADDRESS_FORM": environment, "ORGANISATION_FILE": str(path)})
    gateway = from_settings(settings)
    async with AsyncClient(transport=ASGITransport(gateway.app), base_url="http://chat.example") as http:
        page = (await http.get("/")).text
    assert re.search(r'<label for="text">(?:<span data-je="Je">)?(\w+)(?:</span>)? bericht</label>', page)[1] == label


async def test_an_organisation_that_says_u_gets_pages_in_that_form_with_the_other_beside_it_for_a_child():
    plain = await fetched(Organisation(address_form="je"), "/")
    polite = await fetched(Organisation(address_form="u"), "/")
    assert '<label for="text">Je bericht</label>' in plain
    assert "data-" not in plain.partition("<body>")[0]
    assert '<html lang="nl" data-address-form="u">' in polite
    assert '<label for="text"><span data-je="Je">Uw</span> bericht</label>' in polite
    assert await fetched(None, "/") == plain


async def test_a_theme_comes_behind_the_style_of_the_page_and_costs_no_request():
    plain = await fetched(None, "/visitor/chat.css")
    dressed = await fetched(Organisation(theme="rvo"), "/visitor/chat.css")
    theme = (pages.PAGES / "themes" / "rvo.css").read_text(encoding="utf-8")
    assert dressed == f"{plain}\n{theme}"
