"""One journey in a real browser with the whole product behind it: no double stands in for anything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect, sync_playwright

from bot.advice import directory
from scripts.evaluation.running import running_product


@pytest.fixture(scope="module")
def product() -> Iterator[str]:
    with running_product() as base:
        yield base


def test_a_person_writes_gets_help_and_leaves_nothing_behind(product: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(locale="nl-NL", timezone_id="Europe/Amsterdam")
        page.goto(product)
        page.get_by_role("button", name="Het gaat om mij").click()
        page.get_by_label("Je bericht").fill("mijn man slaat me als hij gedronken heeft")
        page.get_by_label("Je bericht").press("Enter")
        number = directory.load().get("veilig-thuis").phone or ""
        call = page.get_by_role("log").get_by_role("link", name=number)
        expect(call.first).to_be_visible(timeout=15_000)
        assert (call.first.get_attribute("href") or "").startswith("tel:")
        expect(page.get_by_text("Geweld door partner of ex", exact=True)).to_be_visible()
        page.get_by_role("button", name="Wis alles").click()
        page.get_by_role("button", name="Ja, wis alles").click()
        expect(page.get_by_role("heading", name="Alles is gewist")).to_be_visible()
        assert "gedronken" not in page.content()
        assert page.context.cookies() == []
        browser.close()
