"""J: what people come for, from the first screen on."""

import re

from playwright.sync_api import Route, expect

from bot.advice import directory
from tests.browser.conftest import NewVisitor
from tests.browser.visitor import Visitor

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FORMAL = re.compile(r"\b(u|uw)\b", re.IGNORECASE)


def test_the_first_screen_says_what_this_is(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(**PHONE)
    visitor.arrive()
    for words in ("chatbot", "geen mens", "om een mens vragen", "Verlaat deze site", "op je scherm"):
        expect(visitor.page.locator("main").get_by_text(words).first).to_be_in_viewport()
    for name in ("Het gaat om mij", "Ik maak me zorgen om een ander", "Ik ben jonger dan 18"):
        expect(visitor.page.get_by_role("button", name=name)).to_be_in_viewport()
    assert visitor.token == ""


def test_j_03_a_child_gets_its_own_tone_pictures_and_line(new_visitor: NewVisitor) -> None:
    visitor = new_visitor(**PHONE)
    visitor.arrive()
    visitor.page.get_by_role("button", name="Ik ben jonger dan 18").tap()
    choice = visitor.page.get_by_role("button", name="Er is ruzie bij ons thuis")
    expect(choice).to_be_visible()
    picture = choice.locator("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    size = float(visitor.log.locator(".msg p").last.evaluate("p => parseFloat(getComputedStyle(p).fontSize)"))
    assert size >= 19
    choice.tap()
    line = directory.load().get("kindertelefoon")
    call = visitor.log.get_by_role("link", name=f"Bel {line.phone}")
    expect(call).to_have_attribute("href", f"tel:{line.tel}")
    words = " ".join(visitor.lines())
    assert not FORMAL.search(words), words


def test_j_04_at_night_with_nobody_there_danger_gives_112_and_then_a_phone(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hij staat nu voor de deur met een mes en slaat de deur in", None)
    messages = visitor.log.locator(".msg.bot")
    danger = visitor.log.locator("[data-kind=danger]")
    expect(danger).to_be_in_viewport()
    first = messages.nth(2)
    expect(first).to_have_attribute("data-kind", "danger")
    emergency, advice = directory.load().get("112"), directory.load().get("veilig-thuis")
    call = danger.get_by_role("link", name=f"Bel {emergency.phone}")
    expect(call).to_have_attribute("href", f"tel:{emergency.tel}")
    expect(call).to_be_in_viewport()
    visitor.page.get_by_role("button", name="Praat met een mens").click()
    expect(visitor.log.locator(".msg").last).to_contain_text("Er is nu geen medewerker in de chat")
    expect(visitor.log.locator(".msg").last.get_by_role("link", name=f"Bel {advice.phone}")).to_be_visible()
    assert visitor.page.get_by_text("Je staat in de rij").count() == 0


def test_what_was_understood_can_be_put_right(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("mijn man slaat mij", "mensen die je kunnen helpen")
    panel = visitor.page.get_by_role("region", name="Dit heb ik begrepen")
    expect(panel.get_by_role("listitem").first).to_have_text("Iemand die het meemaakt")
    panel.get_by_text("Klopt iets niet?").click()
    panel.get_by_label("Wie ben je?").select_option("Iemand die zich zorgen maakt")
    expect(panel.get_by_text("Veranderd.")).to_be_visible()
    panel.get_by_role("button", name="Haal weg: IJsselland").click()
    expect(panel.get_by_text("IJsselland")).to_have_count(0)
    now = visitor.call("GET", "/chats/current").json()["assessment"]
    assert now["role"] == "bystander"
    assert now["region"] is None
    assert now["topics"] == ["partner_violence"]


def test_easy_language_is_one_press_away(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    visitor.page.get_by_role("button", name="Makkelijke taal").click()
    expect(visitor.page.get_by_role("button", name="Makkelijke taal staat aan")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(visitor.page.get_by_role("button", name="Weet ik niet").locator("img")).to_be_visible()


def test_not_being_free_to_talk_is_told_to_the_desk_and_to_the_bot(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    with visitor.page.expect_response(lambda r: r.url.endswith("/signals")) as signal:
        visitor.page.get_by_role("button", name="Ik kan niet vrij praten").click()
    assert signal.value.request.post_data_json == {"kind": "cannot_talk_freely"}
    assert signal.value.status == 204
    expect(visitor.log.locator(".msg.visitor").last).to_contain_text("Ik kan niet vrij praten")


def test_a_long_text_is_counted_by_characters_and_kept_when_too_long(visitor: Visitor) -> None:
    visitor.arrive()
    box = visitor.page.get_by_label("Je bericht")
    box.fill("😢" * 1990)
    expect(visitor.page.locator("#count")).to_have_text("Nog 10 tekens")
    box.fill("😢" * 2001)
    box.press("Enter")
    expect(visitor.page.get_by_role("status")).to_contain_text("1 tekens te veel")
    assert len(box.input_value()) == 2001
    box.fill("😢" * 2000)
    box.press("Enter")
    expect(visitor.log.locator(".msg").last).to_contain_text("Dank je dat je dit vertelt")


def test_our_own_pages_open_without_ending_the_chat(visitor: Visitor) -> None:
    visitor.arrive()
    visitor.say("hallo")
    visitor.page.get_by_role("link", name="Veilig chatten").click()
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Veilig chatten")).to_be_visible()
    expect(visitor.page.get_by_role("link", name="Verlaat deze site")).to_be_in_viewport()
    dialog.get_by_role("button", name="Terug naar het gesprek").click()
    expect(dialog).to_have_count(0)
    assert visitor.status_of_chat() == 200


def test_wiping_leaves_an_empty_page_and_one_question(visitor: Visitor) -> None:
    visitor.start()
    visitor.page.get_by_role("button", name="Wis alles").click()
    visitor.page.get_by_role("button", name="Ja, wis alles").click()
    expect(visitor.page.get_by_role("heading", name="Alles is gewist")).to_be_visible()
    assert visitor.status_of_chat() == 410
    with visitor.page.expect_response(lambda r: r.url.endswith("/feedback")) as told:
        visitor.page.get_by_role("button", name="Een beetje").click()
    assert told.value.status == 204
    assert "pimpelmees" not in visitor.dom()


def test_only_what_was_ticked_is_shown_to_a_counsellor(visitor: Visitor) -> None:
    sent: list[object] = []
    there = {"available": True, "waiting": 1, "typical_wait_seconds": None}

    def accept(route: Route) -> None:
        sent.append(route.request.post_data_json)
        queue = {"place": 2, "typical_wait_seconds": 240, "elsewhere": False, "returned": False}
        body = {"state": "waiting", "queue": queue, "card": None, "replies": [], "redacted_kinds": []}
        route.fulfill(status=202, json=body)

    visitor.page.route("**/api/v1/availability*", lambda route: route.fulfill(json=there))
    visitor.page.route("**/api/v1/chats/current/handover", accept)
    visitor.arrive()
    visitor.say("mijn man slaat mij", "mensen die je kunnen helpen")
    visitor.page.get_by_role("button", name="Praat met een mens").click()
    card = visitor.page.get_by_role("region", name="Praten met een mens")
    expect(card.get_by_text("Het is geen melding.")).to_be_visible()
    expect(card.get_by_label("Wat er in deze chat is gezegd")).not_to_be_checked()
    card.get_by_label("Regio").select_option("Liever niet zeggen")
    assert sent == []
    card.get_by_role("button", name="Vraag een medewerker").click()
    waiting = visitor.page.get_by_role("region", name="Je staat in de rij")
    expect(waiting).to_contain_text("Je bent nummer 2. Meestal duurt het ongeveer 4 minuten.")
    known = visitor.call("GET", "/chats/current").json()["assessment"]
    assert sent == [{"card": {name: known[name] for name in ("role", "topics", "urgency")}}]


def test_a11y_12_the_statement_on_accessibility_is_within_reach_of_every_page(visitor: Visitor) -> None:
    for page in ("", "visitor/veiligheid.html", "visitor/privacy.html", "visitor/toegankelijkheid.html", "widget"):
        visitor.page.goto(visitor.url + page)
        link = visitor.page.get_by_role("link", name="Toegankelijkheid")
        expect(link).to_have_attribute("href", "/visitor/toegankelijkheid.html")
        expect(visitor.page.locator(".calls a")).to_have_count(2)
