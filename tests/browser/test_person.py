"""A person comes into the chat: asking, waiting, talking, going back; the other side is played through the real desk."""

import re

from playwright.sync_api import Route, expect

from bot.advice import directory
from tests.browser.house import House
from tests.browser.with_person import NewCounsellor, NewVisitor, asks, box_of, company, heard, last, talks, waits
from webchat.handover.tickets import Ask


def test_a_whole_story_from_asking_to_the_end(come: NewVisitor, house: House, on_duty: NewCounsellor) -> None:
    noor = on_duty("Noor", regions=("ijsselland",))
    visitor = come("mijn man slaat mij")
    card = asks(visitor)
    card.get_by_label("Wat hoop je?").select_option("Samen een plan maken")
    card.get_by_label("Kun je vrij praten?").select_option("Nee, iemand kan meekijken")
    card.get_by_label("Hoe dringend is het?").select_option("Liever niet zeggen")
    card.get_by_text("Nog iets erbij zetten").click()
    card.get_by_label("In je eigen woorden").fill("Bel me op 06 12345678 of vertel wat ik kan doen")
    card.get_by_label("Een codewoord").fill("zonnebloem")
    card.get_by_role("button", name="Vraag een medewerker").click()
    waiting = box_of(visitor, "Je staat in de rij")
    # How long it takes is known only after others waited in this house.
    expect(waiting.locator(".place")).to_have_text(
        re.compile(r"^Je bent nummer 1\. (Hoe lang weten we niet|Meestal .+)\.$")
    )
    waiting.get_by_text("Dit ziet de medewerker").click()
    for words in ("Samen een plan maken", "zonnebloem", "Weggehaald: een telefoonnummer"):
        expect(waiting.get_by_text(words)).to_be_visible()
    assert "12345678" not in waiting.inner_text()

    visitor.say("regel 7", "antwoord 7.")
    ticket = house.do(noor.claim_first())
    shown = house.do(noor.card(ticket))
    assert (shown["hope"], shown["free_to_talk"], shown["code_word"]) == ("plan", "no", "zonnebloem")
    assert (shown["urgency"], shown["with_conversation"]) == (None, False)
    visitor.page.get_by_role("button", name="Ja, begin").click()
    expect(company(visitor)).to_contain_text("Je praat met Noor, medewerker")
    expect(waiting).to_have_count(0)

    house.do(noor.types(ticket))
    expect(visitor.page.locator("#status")).to_have_text("Noor typt…")
    house.do(noor.says(ticket, "Dag, ik ben er."))
    expect(last(visitor)).to_have_text(re.compile("Noor, medewerker.*Dag, ik ben er."))
    expect(visitor.page.locator("#status")).to_have_text("")
    visitor.say("fijn", None)
    expect(last(visitor)).to_contain_text("fijn")
    assert "fijn" in [event.get("text") for event in heard(house, noor, ticket)]

    house.do(noor.ends(ticket))
    expect(visitor.page.get_by_role("heading", name="Het gesprek is afgesloten")).to_be_visible()
    expect(visitor.page.get_by_text("Alles is gewist")).to_be_visible()
    expect(visitor.page.get_by_role("group", name="Heeft dit gesprek je geholpen?")).to_contain_text(
        "De medewerker ziet je antwoord niet."
    )
    assert "Dag, ik ben er" not in visitor.dom()
    assert visitor.status_of_chat() == 410


def test_the_soft_call_takes_no_focus_and_is_said_once(come: NewVisitor, house: House, on_duty: NewCounsellor) -> None:
    noor = on_duty()
    visitor = come()
    waits(visitor)
    box = visitor.page.get_by_label("Je bericht")
    box.click()
    box.press_sequentially("ik typ nog")
    house.do(noor.claim_first())
    call = visitor.page.get_by_role("group", name="Er is iemand voor je. Nu beginnen?")
    said = visitor.page.get_by_role("status").get_by_text("Er is iemand voor je. Nu beginnen?")
    expect(said).to_have_count(1)
    expect(call).to_be_in_viewport()
    expect(call).to_contain_text("Dat is Noor, medewerker")
    expect(box).to_be_focused()
    assert call.get_by_text("Er is iemand voor je. Nu beginnen?").count() == 1
    call.get_by_role("button", name="Nee, stop met wachten").click()
    expect(last(visitor)).to_contain_text("Je wacht niet meer op een medewerker")
    expect(box_of(visitor, "Je staat in de rij")).to_have_count(0)
    expect(said).to_have_count(0)


def test_what_was_taken_out_may_be_sent_all_the_same_and_only_to_the_person(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor = on_duty()
    visitor = come()
    ticket = talks(visitor, house, noor)
    visitor.page.get_by_label("Je bericht").fill("Bel me op 06 12345678")
    visitor.page.get_by_label("Je bericht").press("Enter")
    hint = visitor.page.get_by_role("button", name="Zo versturen")
    if hint.is_visible():
        hint.click()
    note = visitor.log.locator(".msg.system").last
    expect(note).to_contain_text("Weggehaald uit je bericht: een telefoonnummer.")
    expect(note).to_contain_text("Alleen Noor leest het")
    expect(note).to_contain_text("gewist met de chat")
    assert "12345678" not in str(heard(house, noor, ticket))
    with visitor.page.expect_response(lambda r: r.url.endswith("/messages")) as answer:
        note.get_by_role("button", name="Toch sturen").click()
    assert answer.value.status == 200
    assert answer.value.request.post_data_json["send_anyway"] is True
    expect(note).to_contain_text("Toch gestuurd")
    sent = [event for event in heard(house, noor, ticket) if event.get("unredacted")]
    assert [event["text"] for event in sent] == ["Bel me op 06 12345678"]
    assert visitor.log.get_by_text("Bel me op 06 12345678").count() == 1


def test_an_answer_that_comes_after_the_soft_call_does_not_take_it_away(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor = on_duty()
    visitor = come()

    def late(route: Route) -> None:
        answer = route.fetch()
        house.do(noor.claim_first())
        expect(visitor.page.get_by_role("button", name="Ja, begin")).to_be_visible()
        route.fulfill(response=answer)

    visitor.page.route("**/api/v1/chats/current/handover", late)
    card = asks(visitor)
    with visitor.page.expect_response(lambda r: r.url.endswith("/handover")):
        card.get_by_role("button", name="Vraag een medewerker").click()
    expect(box_of(visitor, "Je staat in de rij").get_by_role("heading")).to_be_focused()
    visitor.page.get_by_role("button", name="Ja, begin").click()
    expect(company(visitor)).to_contain_text("Noor, medewerker")


def test_a_transfer_and_a_colleague_come_only_with_consent(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor, sam = on_duty("Noor"), on_duty("Sam")
    visitor = come()
    ticket = talks(visitor, house, noor)
    house.do(noor.asks(ticket, Ask.SHADOW, sam))
    house.do(sam.answers(ticket))
    visitor.page.get_by_role("group", name="Mag Sam, een collega, meelezen").get_by_role(
        "button", name="Ja, dat mag"
    ).click()
    expect(company(visitor)).to_contain_text("Sam, collega, leest mee")
    house.do(noor.lets_speak(ticket, sam))
    expect(company(visitor)).to_contain_text("Sam, collega, schrijft mee")
    house.do(sam.says(ticket, "Dag, ik denk mee.", who="colleague"))
    expect(last(visitor)).to_contain_text("Sam, collega")
    house.do(sam.stops_reading(ticket))
    expect(company(visitor)).not_to_contain_text("Sam")
    house.do(noor.asks(ticket, Ask.TRANSFER, sam))
    house.do(sam.answers(ticket))
    question = visitor.page.get_by_role("group", name="Mag Sam het gesprek overnemen")
    question.get_by_role("button", name="Nee").click()
    expect(question).to_have_count(0)
    expect(company(visitor)).to_contain_text("Je praat met Noor")
    house.do(noor.asks(ticket, Ask.TRANSFER, sam))
    house.do(sam.answers(ticket))
    question.get_by_role("button", name="Ja, dat mag").click()
    expect(company(visitor)).to_contain_text("Je praat met Sam, medewerker")
    expect(question).to_have_count(0)


def test_back_to_the_bot_and_again_to_a_person(come: NewVisitor, house: House, on_duty: NewCounsellor) -> None:
    noor = on_duty()
    visitor = come()
    talks(visitor, house, noor)
    expect(visitor.page.get_by_role("button", name="Praat met een mens")).to_have_count(0)
    visitor.say("mijn zus heet Fatima", None)
    hint = visitor.page.get_by_role("button", name="Zo versturen")
    if hint.is_visible():
        hint.click()
    expect(visitor.page.get_by_role("button", name="Toch sturen")).to_be_visible()
    line = company(visitor)
    line.get_by_role("button", name="Terug naar de chatbot").click()
    line.get_by_role("button", name="Nee, blijf").click()
    line.get_by_role("button", name="Terug naar de chatbot").click()
    line.get_by_role("button", name="Ja, naar de chatbot").click()
    expect(line).to_have_count(0)
    expect(visitor.page.get_by_role("button", name="Toch sturen")).to_have_count(0)
    expect(last(visitor)).to_contain_text("Ik ben een chatbot, geen mens")
    expect(visitor.page.locator("#status")).to_have_text("Je praat weer met de chatbot.")
    visitor.say("regel 9", "antwoord 9.")
    ticket = talks(visitor, house, noor)
    house.do(noor.asks(ticket, Ask.TO_BOT))
    visitor.page.get_by_role("group", name="Wil je verder met de chatbot?").get_by_role(
        "button", name="Ja, naar de chatbot"
    ).click()
    expect(company(visitor)).to_have_count(0)
    expect(last(visitor)).to_contain_text("Ik ben een chatbot, geen mens")


def test_a_counsellor_who_falls_away_puts_the_visitor_in_front(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor = on_duty("Noor")
    on_duty("Sam", most=1)
    visitor = come()
    talks(visitor, house, noor)
    house.do(noor.vanishes())
    waiting = box_of(visitor, "Je staat in de rij")
    expect(waiting.locator(".place")).to_contain_text("Daarom sta je vooraan")
    expect(visitor.log.get_by_text("De medewerker is weggevallen")).to_be_visible()
    expect(company(visitor)).to_have_count(0)
    waiting.get_by_role("button", name="Stop met wachten").click()
    expect(waiting).to_have_count(0)


def test_one_tap_tells_the_person_that_talking_is_not_free_and_takes_it_back(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor = on_duty()
    visitor = come()
    ticket = talks(visitor, house, noor)

    def signals() -> list[str]:
        return [event["kind"] for event in heard(house, noor, ticket) if event.get("kind")]

    with visitor.page.expect_response(lambda r: r.url.endswith("/signals")):
        visitor.page.get_by_role("button", name="Ik kan niet vrij praten").click()
    expect(last(visitor)).to_contain_text("ziet nu dat je niet vrij kunt praten")
    with visitor.page.expect_response(lambda r: r.url.endswith("/signals")):
        visitor.page.get_by_role("button", name="Ik kan weer vrij praten").click()
    with visitor.page.expect_response(lambda r: r.url.endswith("/signals")):
        visitor.page.get_by_role("button", name="Er is iemand").click()
    expect(company(visitor)).to_be_hidden()
    with visitor.page.expect_response(lambda r: r.url.endswith("/signals")):
        visitor.page.get_by_role("button", name="Verder gaan").click()
    assert signals() == ["cannot_talk_freely", "free", "not_alone", "back"]


def test_with_nobody_there_the_page_gives_numbers_and_a_choice(come: NewVisitor) -> None:
    visitor = come()
    visitor.page.get_by_role("button", name="Praat met een mens").click()
    box = box_of(visitor, "Nu is er niemand in de chat")
    for name in ("Laat een vraag achter", "Bel met een code", "Verder met de chatbot"):
        expect(box.get_by_role("button", name=name)).to_be_visible()
    advice = directory.load().get("veilig-thuis")
    expect(visitor.log.get_by_role("link", name=f"Bel {advice.phone}")).to_be_visible()
    assert visitor.page.get_by_text("Je staat in de rij").count() == 0
    box.get_by_role("button", name="Verder met de chatbot").click()
    expect(box).to_have_count(0)
    visitor.say("regel 3", "antwoord 3.")


def test_somebody_of_another_region_is_said_in_words(come: NewVisitor, on_duty: NewCounsellor) -> None:
    on_duty("Noor", regions=("groningen",))
    visitor = come("mijn man slaat mij")
    card = asks(visitor)
    expect(card.get_by_text("Er is nu niemand uit jouw regio.")).to_be_visible()
    card.get_by_role("button", name="Vraag een medewerker").click()
    expect(box_of(visitor, "Je staat in de rij").locator(".place")).to_contain_text("uit een andere regio")


def test_the_waiting_room_helps_to_stay_calm_without_moving_for_those_who_do_not_want_that(
    come: NewVisitor, on_duty: NewCounsellor
) -> None:
    on_duty()
    visitor = come()
    waiting = waits(visitor)
    waiting.get_by_text("Rustig ademen").click()
    circle = waiting.locator(".breath i")
    still = waiting.get_by_role("button", name="Zet de cirkel stil")
    expect(circle).to_have_css("animation-name", "breathe")
    still.click()
    expect(circle).to_have_css("animation-play-state", "paused")
    visitor.page.emulate_media(reduced_motion="reduce")
    expect(circle).to_be_hidden()
    expect(waiting.get_by_text("Adem in door je neus. Tel tot vier.")).to_be_visible()
    number = directory.load().get("veilig-thuis")
    expect(waiting.get_by_text("Valt de lijn weg? Bel dan")).to_be_visible()
    call = waiting.get_by_role("link", name=f"{number.name} {number.phone}")
    expect(call).to_have_attribute("href", f"tel:{number.tel}")


def test_an_answer_to_the_soft_call_that_is_lost_can_be_given_again(
    come: NewVisitor, house: House, on_duty: NewCounsellor
) -> None:
    noor = on_duty()
    visitor = come()
    waits(visitor)
    house.do(noor.claim_first())
    begin = visitor.page.get_by_role("button", name="Ja, begin")
    expect(begin).to_be_visible()
    lost = "**/api/v1/chats/current/handover/accept"
    visitor.page.route(lost, lambda route: route.abort())
    begin.click()
    expect(visitor.page.locator("#status")).to_contain_text("Geen verbinding")
    visitor.page.unroute(lost)
    begin.click()
    expect(company(visitor)).to_contain_text("Noor, medewerker")
