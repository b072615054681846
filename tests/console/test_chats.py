"""CON: chats on the screen, with the console's own page against a double of its API."""

import time

import httpx
import pytest
from playwright.sync_api import expect

from tests.console.conftest import NewCounsellor
from tests.console.counsellor import MARKER, Counsellor
from tests.console.double_state import CARD

LINES = ("ik hoor ze weer", "Waar ben je nu?", "op mijn kamer", "Is de deur dicht?")
INSIDE = """(nodes, box) => nodes.filter((node) => {
  const at = node.getBoundingClientRect();
  return at.top >= box.top - 1 && at.bottom <= box.bottom + 1;
}).length"""


def _four(counsellor: Counsellor) -> list[str]:
    fields = [
        {},
        {"flags": ["cannot_talk_freely"]},
        {"danger": True, "urgency": "acute"},
        {"card": {**CARD, "role": "child"}},
    ]
    tickets = [counsellor.state.talking("s1", **field) for field in fields]
    for ticket in tickets:
        for number in range(14):
            who = "visitor" if number % 2 == 0 else "counsellor"
            counsellor.state.say(ticket, who, LINES[number % 4], None if who == "visitor" else "Sanne")
    return tickets


def test_con_03_four_chats_fit_without_scrolling_the_page(counsellor: Counsellor) -> None:
    _four(counsellor)
    counsellor.state.waiting(40)
    counsellor.state.waiting(3)
    counsellor.on_duty()
    page = counsellor.page
    expect(page.locator(".pane .msg")).to_have_count(56)
    sizes = page.evaluate("({ h: document.documentElement.scrollHeight, w: document.documentElement.scrollWidth })")
    assert sizes == {"h": 768, "w": 1366}
    # The red bar is there too: the most crowded screen of all.
    expect(page.get_by_text("Geluid staat uit.")).to_be_visible()
    for pane in page.locator(".pane").all():
        box = pane.locator(".scroll").evaluate(
            "node => { const b = node.getBoundingClientRect(); return { top: b.top, bottom: b.bottom }; }"
        )
        assert pane.locator(".msg").evaluate_all(INSIDE, box) >= 6
        last = pane.locator(".msg").last.evaluate("node => node.getBoundingClientRect().bottom")
        assert last <= box["bottom"] + 1, "the newest line is in sight"
        for name in (
            "Overdragen",
            "Meelezen",
            "Naar bot",
            "Hulp",
            "Zwaar",
            "Waarschuw",
            "Beëindigen",
            "Kaart",
            "Noodplan",
            "Zinnen",
            "Stuur",
        ):
            act = pane.get_by_role("button", name=name, exact=True)
            expect(act).to_be_in_viewport(ratio=1)
            at = act.bounding_box()
            assert at and at["height"] >= 24 and at["width"] >= 24, name


def test_con_03_the_newest_line_stays_in_sight_unless_one_reads_further_up(counsellor: Counsellor) -> None:
    tickets = _four(counsellor)
    counsellor.on_duty()
    pane = counsellor.pane("bonte fluiter")
    expect(pane.locator(".msg")).to_have_count(14)
    counsellor.state.say(tickets[0], "visitor", "nummer vijftien")
    expect(pane.get_by_text("nummer vijftien")).to_be_in_viewport()
    pane.locator(".scroll").evaluate("node => { node.scrollTop = 0; }")
    expect(pane.get_by_text(LINES[0]).first).to_be_in_viewport()
    counsellor.state.say(tickets[0], "visitor", "nummer zestien")
    expect(pane.get_by_role("button", name="Nieuw bericht")).to_be_visible()
    assert pane.locator(".scroll").evaluate("node => node.scrollTop") == 0


def test_con_04_the_keyboard_alone_is_enough(counsellor: Counsellor) -> None:
    counsellor.state.on_duty("s2")
    ticket = counsellor.state.waiting()
    counsellor.on_duty()
    page = counsellor.page
    expect(counsellor.card("bonte fluiter")).to_be_visible()
    page.keyboard.press("Alt+0")
    expect(counsellor.card("bonte fluiter").get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(counsellor.pane("bonte fluiter")).to_contain_text("De bezoeker krijgt de vraag")
    counsellor.state.change(ticket, phase="talking")
    expect(counsellor.composer("bonte fluiter")).to_be_editable()
    page.keyboard.press("Alt+1")
    page.keyboard.type("hallo")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("daar")
    page.keyboard.press("Enter")
    expect(counsellor.pane("bonte fluiter").locator(".msg.mine")).to_contain_text("hallo\ndaar", use_inner_text=True)
    # A sentence is put in the field and never sent by itself.
    page.keyboard.type("/veilig")
    page.keyboard.press("Enter")
    expect(counsellor.composer("bonte fluiter")).to_have_value("Ben je nu veilig? Ja of nee is genoeg.")
    assert len(counsellor.double.called("POST", "/messages")) == 1
    page.keyboard.press("Enter")
    expect(counsellor.pane("bonte fluiter").locator(".msg.mine")).to_have_count(2)
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Overdragen":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Overdragen: bonte fluiter")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(counsellor.pane("bonte fluiter")).to_contain_text("Gevraagd aan Joke: overnemen.")
    assert counsellor.double.called("POST", "/transfer") == [{"staff": "s2"}]
    page.keyboard.press("Alt+1")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Beëindigen":
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Door jou beëindigd")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Afronden":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".pane")).to_have_count(0)


def test_con_04_shortcuts_need_alt_and_are_listed(counsellor: Counsellor) -> None:
    counsellor.on_duty()
    page = counsellor.page
    page.keyboard.press("h")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Alt+h")
    expect(page.get_by_role("dialog", name="Sneltoetsen")).to_contain_text("Alt + 1 tot 4")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_con_05_after_the_end_nothing_of_it_is_in_the_page(counsellor: Counsellor) -> None:
    ticket = counsellor.state.talking("s1", card={**CARD, "hope_text": f"{MARKER} hoop"})
    counsellor.state.say(ticket, "visitor", f"{MARKER} een")
    counsellor.on_duty()
    pane = counsellor.pane("bonte fluiter")
    expect(pane.get_by_text(f"{MARKER} een")).to_be_visible()
    counsellor.composer("bonte fluiter").fill(f"{MARKER} concept")
    end = pane.get_by_role("button", name="Beëindigen")
    end.click()
    sure = pane.get_by_role("button", name="Zeker?")
    expect(sure).to_be_visible()
    assert counsellor.double.called("POST", "/end") == []
    sure.click()
    expect(pane.get_by_role("heading", name="Door jou beëindigd")).to_be_visible()
    assert MARKER not in counsellor.dom()


def test_con_05_the_question_before_the_end_goes_away_after_three_seconds(counsellor: Counsellor) -> None:
    counsellor.page.clock.install()
    counsellor.state.talking("s1")
    counsellor.on_duty()
    pane = counsellor.pane("bonte fluiter")
    pane.get_by_role("button", name="Beëindigen").click()
    expect(pane.get_by_role("button", name="Zeker?")).to_be_visible()
    counsellor.page.clock.run_for(3100)
    pane.get_by_role("button", name="Beëindigen").click()
    expect(pane.get_by_role("button", name="Zeker?")).to_be_visible()
    assert counsellor.double.called("POST", "/end") == []


def test_con_06_the_wrap_up_has_fixed_codes_only(counsellor: Counsellor) -> None:
    ticket = counsellor.state.talking("s1")
    counsellor.on_duty()
    expect(counsellor.pane("bonte fluiter")).to_be_visible()
    counsellor.state.end(ticket, "goodbye")
    pane = counsellor.pane("bonte fluiter")
    expect(pane.get_by_role("button", name="Afronden")).to_be_visible()
    assert pane.locator("textarea, input:not([type=checkbox]), [contenteditable]").count() == 0
    pane.get_by_label("Wie", exact=True).select_option("victim")
    pane.get_by_label("Wat deed je").select_option("safety_plan")
    pane.get_by_label("Verwezen naar").select_option("veilig-thuis")
    pane.get_by_label("Stalking").check()
    pane.get_by_role("button", name="Afronden").click()
    expect(pane).to_have_count(0)
    sent = counsellor.double.called("POST", "/wrap-up")
    assert sent == [{"role": "victim", "advice": "safety_plan", "referral": "veilig-thuis", "kinds": ["stalking"]}]


def test_con_06_every_choice_of_the_wrap_up_is_in_the_closed_lists_of_the_product(counsellor: Counsellor) -> None:
    ticket = counsellor.state.talking("s1")
    counsellor.on_duty()
    counsellor.state.end(ticket, "exit")
    pane = counsellor.pane("bonte fluiter")
    expect(pane.get_by_label("Verwezen naar").locator("option")).to_have_count(3)
    fields = {
        "role": "Wie", "age_band": "Leeftijd", "relation": "Wie doet pijn", "children_present": "Kinderen erbij",
        "duration": "Hoelang al", "advice": "Wat deed je", "length": "Duur gesprek",
    }  # fmt: skip
    cookies = {one["name"]: one["value"] for one in counsellor.page.context.cookies()}
    with httpx.Client(
        base_url=counsellor.double.url, cookies=cookies, headers={"X-Lichtpunt": "console"}, trust_env=False
    ) as http:
        for code, label in fields.items():
            options = (
                pane.get_by_label(label, exact=True)
                .locator("option")
                .evaluate_all("all => all.map((one) => one.value)")
            )
            for value in options[1:]:
                again = counsellor.state.talking("s1")
                assert http.post(f"/api/v1/staff/chats/{again}/wrap-up", json={code: value}).status_code == 204, value
        kinds = pane.locator("input[name=kinds]").evaluate_all("all => all.map((one) => one.value)")
        again = counsellor.state.talking("s1")
        assert http.post(f"/api/v1/staff/chats/{again}/wrap-up", json={"kinds": kinds}).status_code == 204
        again = counsellor.state.talking("s1")
        assert http.post(f"/api/v1/staff/chats/{again}/wrap-up", json={"role": "vrije tekst"}).status_code == 422
    assert len(kinds) == 34


def test_con_09_nothing_can_be_sent_before_the_missed_lines_are_there(counsellor: Counsellor) -> None:
    ticket = counsellor.state.talking("s1")
    counsellor.on_duty()
    page, composer = counsellor.page, counsellor.composer("bonte fluiter")
    expect(composer).to_be_editable()
    composer.fill("half af")
    page.evaluate(
        """() => { window.order = [];
        const text = document.querySelector('.pane textarea'); const log = document.querySelector('.pane .log');
        new MutationObserver(() => window.order.push(text.readOnly ? 'off' : 'on')).observe(text, { attributeFilter: ['readonly'] });
        new MutationObserver(() => window.order.push('line')).observe(log, { childList: true }); }"""
    )
    counsellor.double.cut()
    expect(page.get_by_role("alert").filter(has_text="Verbinding weg")).to_be_visible(timeout=2000)
    expect(composer).not_to_be_editable()
    expect(counsellor.pane("bonte fluiter").get_by_role("button", name="Stuur")).to_be_disabled()
    counsellor.state.say(ticket, "colleague", "ik heb al geantwoord", "Joke")
    counsellor.double.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(composer).to_be_editable()
    expect(counsellor.pane("bonte fluiter").get_by_text("ik heb al geantwoord")).to_be_visible()
    assert page.evaluate("window.order") == ["off", "line", "on"]
    expect(composer).to_have_value("half af")
    expect(page.get_by_text("Verbinding weg")).to_have_count(0)
    assert counsellor.double.streams == 1


def test_con_09_a_message_without_an_answer_is_sent_again_with_the_same_id(counsellor: Counsellor) -> None:
    counsellor.state.talking("s1")
    counsellor.on_duty()
    page = counsellor.page
    page.clock.install()
    lost = []

    def lose(route: object) -> None:
        lost.append(route.request.post_data_json)  # type: ignore[attr-defined]
        if len(lost) == 1:
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/messages", lose)
    counsellor.composer("bonte fluiter").fill("komt dit aan?")
    page.keyboard.press("Enter")
    expect(counsellor.pane("bonte fluiter").locator("[data-state=waiting]")).to_contain_text("staat klaar")
    page.clock.run_for(2500)
    expect(counsellor.pane("bonte fluiter").locator(".log .msg.mine")).to_have_count(1)
    expect(counsellor.pane("bonte fluiter").locator(".pending .msg")).to_have_count(0)
    assert lost[0] == lost[1]


@pytest.mark.parametrize(
    ("ending", "title"),
    [
        ("exit", "Nooduitgang gebruikt"),
        ("goodbye", "Netjes gestopt"),
        ("line_lost", "Verbinding weg"),
        ("to_bot", "Terug naar de bot"),
        ("abuse", "Gesloten wegens misbruik"),
    ],
)
def test_con_10_each_ending_is_told_as_it_was(counsellor: Counsellor, ending: str, title: str) -> None:
    ticket = counsellor.state.talking("s1")
    counsellor.state.say(ticket, "visitor", MARKER)
    counsellor.on_duty()
    expect(counsellor.pane("bonte fluiter").get_by_text(MARKER)).to_be_visible()
    counsellor.state.end(ticket, ending)
    expect(counsellor.pane("bonte fluiter").get_by_role("heading", name=title)).to_be_visible()
    assert MARKER not in counsellor.dom()


def test_con_10_a_line_that_is_away_is_shown_with_its_seconds(counsellor: Counsellor) -> None:
    counsellor.page.clock.install()
    ticket = counsellor.state.talking("s1")
    counsellor.on_duty()
    counsellor.state.change(ticket, away_at=time.monotonic() - 42.5)
    pane = counsellor.pane("bonte fluiter")
    expect(pane).to_contain_text("Verbinding weg, 0:42")
    counsellor.page.clock.run_for(3000)
    expect(pane).to_contain_text("Verbinding weg, 0:45")


def test_con_13_who_reads_along_cannot_type_until_let_in(counsellor: Counsellor) -> None:
    ticket = counsellor.state.talking("s2", shadows=["s1"])
    counsellor.state.say(ticket, "visitor", "hallo")
    counsellor.on_duty()
    pane = counsellor.pane("bonte fluiter")
    expect(pane).to_contain_text("Je leest mee. De bezoeker ziet dat.")
    expect(pane.get_by_text("hallo")).to_be_visible()
    expect(pane.get_by_label("Bericht aan de bezoeker")).to_be_hidden()
    expect(pane.get_by_role("button", name="Beëindigen")).to_be_hidden()
    counsellor.state.change(ticket, speaking=["s1"])
    expect(pane.get_by_label("Bericht aan de bezoeker")).to_be_editable()
    counsellor.state.change(ticket, shadows=[], speaking=[])
    expect(counsellor.page.get_by_text("Het gesprek met bonte fluiter is afgelopen.")).to_be_visible()
    assert "hallo" not in counsellor.dom()


def test_con_13_an_invited_colleague_sees_the_card_and_no_words(new_counsellor: NewCounsellor) -> None:
    colleague = new_counsellor()
    question = {"id": "q", "kind": "shadow", "staff": "s1", "region": None, "agreed": False}
    ticket = colleague.state.talking("s2", question=question)
    colleague.state.say(ticket, "visitor", MARKER)
    colleague.on_duty()
    pane = colleague.pane("bonte fluiter")
    expect(pane).to_contain_text("Een collega vraagt of jij meeleest.")
    expect(pane).to_contain_text("Geweld door partner of ex")
    assert MARKER not in colleague.dom()
    pane.get_by_role("button", name="Ja, dat doe ik").click()
    expect(pane).to_contain_text("Nu beslist de bezoeker.")
    assert colleague.double.called("POST", "/colleague") == [{"answer": "yes"}]


def test_con_16_typing_is_shown_as_a_state_and_sent_without_words(counsellor: Counsellor) -> None:
    ticket = counsellor.state.talking("s1")
    counsellor.on_duty()
    pane = counsellor.pane("bonte fluiter")
    expect(pane).to_be_visible()
    counsellor.state.event(ticket, "typing", {"from": "visitor"})
    expect(pane).to_contain_text("bezoeker typt…")
    expect(counsellor.composer("bonte fluiter")).to_be_editable()
    counsellor.composer("bonte fluiter").press_sequentially(MARKER)
    with counsellor.page.expect_response("**/messages"):
        counsellor.composer("bonte fluiter").press("Enter")
    assert counsellor.double.called("POST", "/typing") == [None]
    assert [body["text"] for body in counsellor.double.called("POST", "/messages")] == [MARKER]


def test_an_abuse_report_needs_a_warning_first_and_a_second_pair_of_eyes(counsellor: Counsellor) -> None:
    counsellor.state.on_duty("s2")
    counsellor.state.talking("s1")
    counsellor.on_duty()
    pane = counsellor.pane("bonte fluiter")
    pane.get_by_role("button", name="Waarschuw").click()
    pane.get_by_role("button", name="Misbruik").click()
    dialog = counsellor.page.get_by_role("dialog", name="Misbruik melden")
    dialog.get_by_role("button", name="Vraag het").click()
    expect(pane).to_contain_text("Een collega kijkt mee of dit misbruik is.")
    assert counsellor.double.called("POST", "/abuse") == [{"colleague": "s2"}]


def test_the_plan_for_danger_puts_its_words_in_the_message_and_sends_nothing(counsellor: Counsellor) -> None:
    counsellor.state.talking("s1", danger=True, urgency="acute")
    counsellor.on_duty()
    expect(counsellor.pane("bonte fluiter")).to_contain_text("Nu gevaar. De bezoeker zag het noodnummer.")
    counsellor.page.keyboard.press("Alt+g")
    dialog = counsellor.page.get_by_role("dialog", name="Nu gevaar: zo doe je het")
    expect(dialog).to_contain_text("Toch sturen")
    dialog.get_by_role("button", name="Zet in mijn bericht").first.click()
    expect(counsellor.composer("bonte fluiter")).to_have_value("Ben je nu in gevaar? Typ ja of nee.")
    assert counsellor.double.called("POST", "/messages") == []


def test_only_closed_sentences_are_offered_to_who_cannot_talk_freely(counsellor: Counsellor) -> None:
    counsellor.state.talking("s1", flags=["cannot_talk_freely"])
    counsellor.on_duty()
    pane = counsellor.pane("bonte fluiter")
    expect(pane).to_contain_text("Kan niet vrij praten: stel ja/nee-vragen")
    expect(counsellor.composer("bonte fluiter")).to_be_editable()
    pane.get_by_role("button", name="Zinnen").click()
    expect(pane.get_by_role("option")).to_have_text(["veilig-nuBen je nu veilig? Ja of nee is genoeg."])
