"""What a page says, heard in full, and the walk through a chat in either form of address. Must use only what visitors may."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.house import House
from tests.browser.visitor import Visitor
from tests.browser.with_person import box_of, open_codes
from tests.desk.people import Counsellor

WORDS = {
    "je": re.compile(r"\b(?:je|jij|jou|jouw|jouwe|jezelf)\b", re.IGNORECASE),
    "u": re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE),
}
OTHER = {"je": "u", "u": "je"}

LISTEN = """(() => {
  window.said = [];
  const NAMES = ['aria-label', 'placeholder', 'title', 'alt'];
  // What the engine of these tests says has one form, as it is a double; the gateway's own words are listened to.
  const ofBot = '.msg.bot:not([data-kind=danger], [data-kind=emergency]) > :not(.who), #replies';
  const hear = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const parent = node.parentElement;
      if (!parent || parent.closest(ofBot) || parent.closest('script, style')) return;
      window.said.push(node.data);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of NAMES) if (node.hasAttribute(name)) window.said.push(node.getAttribute(name));
    for (const child of node.childNodes) hear(child);
  };
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === 'childList') addedNodes.forEach(hear);
      else if (type === 'characterData') hear(target);
      else if (NAMES.some((name) => target.hasAttribute(name))) hear(target);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
})()"""
"""Hears every text that was ever in the page, however short and however hidden, so that no flash goes unseen."""


def heard(visitor: Visitor) -> list[str]:
    """All texts since the last time, in order."""
    said: list[str] = visitor.page.evaluate("window.said.splice(0)")
    return [" ".join(text.split()) for text in said if text.strip()]


def either(plain: str, polite: str, form: str) -> str:
    """The words in the form that is expected."""
    return polite if form == "u" else plain


def only(form: str, texts: list[str]) -> None:
    """All texts are in this form, and the form occurs at all."""
    wrong = [text for text in texts if WORDS[OTHER[form]].search(text)]
    assert not wrong, wrong
    assert any(WORDS[form].search(text) for text in texts), texts


def says(visitor: Visitor, form: str, text: str) -> None:
    """Type and send."""
    box = visitor.page.get_by_label(either("Je bericht", "Uw bericht", form))
    box.fill(text)
    box.press("Enter")


def asks_and_waits(visitor: Visitor, form: str) -> Locator:
    """The card, sent as it is, and the waiting room with everything unfolded."""
    visitor.page.get_by_role("button", name="Praat met een mens").click()
    card = box_of(visitor, "Praten met een mens")
    card.get_by_text("Nog iets erbij zetten").click()
    card.get_by_role("button", name="Vraag een").click()
    waiting = box_of(visitor, either("Je staat in de rij", "U staat in de rij", form))
    expect(waiting).to_be_visible()
    for fold in waiting.locator("summary").all():
        fold.click()
    return waiting


def reads_a_page_over_the_chat(visitor: Visitor, name: str) -> None:
    """Open one of our own pages and close it."""
    visitor.page.get_by_role("link", name=name).first.click()
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", level=1)).to_be_visible()
    dialog.get_by_role("button", name="Terug naar het gesprek").click()


def sees_the_errors(visitor: Visitor, form: str) -> None:
    """Too long, personal data, and no line."""
    box = visitor.page.get_by_label(either("Je bericht", "Uw bericht", form))
    box.fill("a" * 2100)
    expect(visitor.page.locator("#count")).to_contain_text("100 tekens te veel")
    box.fill("bel me op 06 12345678")
    hint = visitor.page.get_by_role("group", name=either("Je noemt", "U noemt", form))
    expect(hint).to_be_visible()
    hint.get_by_role("button", name="Weglaten").click()
    visitor.page.context.set_offline(True)
    says(visitor, form, "nog iets")
    expect(visitor.page.locator("#status")).to_contain_text(either("Je bericht staat", "Uw bericht staat", form))
    visitor.page.context.set_offline(False)
    expect(visitor.page.locator("#status")).not_to_contain_text("Geen verbinding")


def sees_the_codes(visitor: Visitor, form: str) -> None:
    """Each kind of code, the question included."""
    open_codes(visitor)
    for button, title in (
        ("Code om terug te komen", "Code om terug te komen"),
        ("Bel met een code", "Bellen met een code"),
        ("Laat een vraag achter", "Een vraag achterlaten"),
    ):
        visitor.page.get_by_role("button", name=button).click()
        box = box_of(visitor, title)
        expect(box).to_be_visible()
        box.get_by_role("button", name="Toch niet").click()
        expect(box).to_have_count(0)


def talks_to_the_end(visitor: Visitor, house: House, noor: Counsellor, form: str) -> None:
    """With a person, who closes the chat."""
    ticket = house.do(noor.claim_first())
    visitor.page.get_by_role("button", name="Ja, begin").click()
    company = visitor.page.get_by_role("group", name=either("Je praat met", "U praat met", form))
    expect(company).to_contain_text("Noor, medewerker")
    visitor.page.get_by_role("button", name="Ik kan niet vrij praten").click()
    visitor.page.get_by_role("button", name="Ik kan weer vrij praten").click()
    house.do(noor.says(ticket, "Dag, ik ben er."))
    says(visitor, form, "mijn nummer is 06 12345678")
    visitor.page.get_by_role("button", name="Zo versturen").click()
    expect(visitor.page.get_by_role("button", name="Toch sturen")).to_be_visible()
    house.do(noor.ends(ticket))
    question = either("Heeft dit gesprek je geholpen?", "Heeft dit gesprek u geholpen?", form)
    feedback = visitor.page.get_by_role("group", name=question)
    feedback.get_by_role("button", name="Ja", exact=True).click()
    expect(visitor.page.get_by_text(either("Dank je wel", "Dank u wel", form))).to_be_visible()
