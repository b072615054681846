"""A card to show somebody, and easy language: what the page does with a choice beside the words of the bot."""

from playwright.sync_api import expect

from tests.browser.with_person import NewVisitor, last


def test_a_talk_card_fills_the_screen_and_leaves_the_way_out(come: NewVisitor) -> None:
    visitor = come("praatkaart graag")
    visitor.page.get_by_role("button", name="Kaart voor de huisarts").click()
    card = visitor.page.get_by_role("dialog", name="Kaart om te laten zien")
    expect(card).to_contain_text("Ik wil even alleen praten")
    size = float(card.locator(".sentence").evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))
    assert size >= 28
    visitor.page.get_by_role("link", name="Verlaat deze site").click(trial=True)
    visitor.page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(visitor.log.get_by_text("Voor wie dit leest")).to_be_visible()
    visitor.log.get_by_role("button", name="Laat groot zien").click()
    card.get_by_role("button", name="Sluiten").click()
    expect(card).to_have_count(0)


def test_easy_language_can_be_taken_back(come: NewVisitor) -> None:
    visitor = come()
    visitor.page.get_by_role("button", name="Makkelijke taal").click()
    on = visitor.page.get_by_role("button", name="Makkelijke taal staat aan")
    expect(on).to_have_attribute("aria-pressed", "true")
    expect(last(visitor)).to_contain_text("Ik gebruik nu makkelijke taal.")
    with visitor.page.expect_response(lambda r: r.url.endswith("/messages")) as answer:
        on.click()
    assert answer.value.request.post_data_json["choice"] == "/simpler:off"
    assert answer.value.status == 200
    off = visitor.page.get_by_role("button", name="Makkelijke taal")
    expect(off).to_have_attribute("aria-pressed", "false")
