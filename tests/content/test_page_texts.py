"""LANG for what the visitor's page says by itself: short sentences, plain words, one form of address. All forms, all pages."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.advice.content_files import CONTENT
from scripts import content_checks as checks
from scripts.content_checks import Text
from tests.content import page_texts
from tests.content.page_texts import CODE, FORMS, HTML, MODULES

RULES: dict[str, Any] = yaml.safe_load((CONTENT / "schrijfregels.yml").read_text(encoding="utf-8"))
PAGE_RULES = {
    **RULES,
    # A page speaks to somebody under stress before there is a chat to ask in, so its words are held to more than an
    # answer's: below 3 on the scale of Zipf a word must be explained or made of two words that are not.
    "zeldzaam_onder": 3.0,
    # How many sentences go into one message is a matter of chats.
    "zinnen_per_bericht": 99,
}
EARLY = (CONTENT / "vaste_teksten.yml", ("begroeting", "begroeting_meelezen", "begroeting_deuren"))
"""What the bot says before anybody can have told who reads."""

ANY_FORM = re.compile(r"\b(?:je|jij|jou|jouw|jouwe|jezelf|u|uw|uzelf)\b", re.IGNORECASE)
LATE = ("overdracht.", "kaarten.niemand_er")
"""These come to somebody who is known, and a child has texts of its own."""
OFFICIAL = (
    "Teneinde uw melding conform de vigerende regelgeving adequaat te kunnen behandelen, verzoeken wij onverwijld alle "
    "relevante persoonsgegevens en aanvullende bescheiden via het daartoe bestemde formulier kenbaar te maken."
)
KINDS = {
    "LANG-01 longest": "een zin heeft 28 woorden",
    "LANG-01 mean": "zinnen hebben gemiddeld",
    "LANG-02": "leesbaarheid is",
    "LANG-03": "'onverwijld' is een zeldzaam woord",
    "LANG-05": "hier staat 'u' of 'uw'",
}


def faults(texts: Iterable[Text]) -> list[str]:
    """All that is wrong with them, in Dutch sentences that name the place."""
    found = list(texts)
    assert found
    single = [
        fault
        for text in found
        for fault in (
            *checks.length(text, PAGE_RULES),
            *checks.rare_words(text, PAGE_RULES),
            *checks.address_form(text),
            *checks.forbidden(text, PAGE_RULES),
            *checks.place_holders(text),
            *checks.numbers(text),
        )
    ]
    return [*single, *checks.readability(found, PAGE_RULES)]


@pytest.fixture(scope="module")
def everything() -> list[Text]:
    return page_texts.all_texts()


def test_lang_01_02_03_05_all_that_the_page_says_is_short_plain_and_in_one_form(everything: list[Text]) -> None:
    assert faults(everything) == []


def test_what_a_child_reads_is_held_to_the_limits_for_children(everything: list[Text]) -> None:
    read = {text.file: text.audience for text in everything if not text.polite}
    assert {name for name, who in read.items() if who == "volwassen"} == {page_texts.FOR_SITES}
    for_child = [text for text in everything if text.audience == "kind"]
    assert len(for_child) > 300
    assert RULES["grenzen"]["kind"] == {"zin": 14, "gemiddeld": 10, "flesch": 80}
    assert RULES["grenzen"]["volwassen"] == {"zin": 18, "gemiddeld": 12, "flesch": 70}


def test_no_text_is_left_out(everything: list[Text]) -> None:
    files = {text.file for text in everything}
    assert files >= {
        "visitor/index.html",
        "visitor/privacy.html",
        "visitor/veiligheid.html",
        "visitor/toegankelijkheid.html",
    }
    assert files >= {path.name for path in MODULES}
    assert files >= {f"{name} (u)" for name in files if not name.endswith("(u)")}
    said = {text.text for text in everything}
    assert said >= {
        "Je scherm is leeg",
        "Uw scherm is leeg",
        "U praat met Noor, medewerker",
        "Je praat met Noor, medewerker",
    }
    assert said >= {
        "Hoe ga je snel weg?",
        "Hoe gaat u snel weg?",
        "Berichten",
        "Er wachten 3 anderen.",
        "Er wacht 1 ander.",
    }


def test_sentences_stand_with_the_texts_and_not_between_the_code() -> None:
    """Three modules are loaded before or without the texts and bring their own few."""
    found = {path.name: page_texts.sentences_in_code(path) for path in CODE}
    assert {name for name, sentences in found.items() if sentences} == {"main.mjs", "page.mjs", "widget.mjs"}
    assert "Druk nog drie keer op Shift om weg te gaan." in found["main.mjs"]
    assert len(found["main.mjs"]) == 3


def test_what_comes_before_anybody_knows_who_reads_says_neither_je_nor_u_where_the_house_says_u(
    everything: list[Text],
) -> None:
    gateway = [text for text in everything if text.polite and text.file.startswith(page_texts.FIXED.name)]
    early = [text.text for text in gateway if not text.owner.startswith(LATE)]
    path, names = EARLY
    known = yaml.safe_load(path.read_text(encoding="utf-8"))["teksten"]
    early += [line for name in names for line in known[name]["volwassen_u"]]
    assert len(early) > 60
    assert [text for text in early if ANY_FORM.search(text)] == []


def test_both_forms_say_the_same_but_for_the_form() -> None:
    """The rest of a sentence is written once, so only what stands between the braces can differ."""
    pairs = [pair for path in (*HTML, *MODULES) for pair in FORMS.findall(path.read_text(encoding="utf-8"))]
    assert len(pairs) > 100
    for plain, polite in pairs:
        assert len(plain.split()) == len(polite.split()), (plain, polite)
        assert plain[:1].isupper() == polite[:1].isupper(), (plain, polite)
        assert plain != polite


def test_a_name_that_is_filled_in_is_never_read_as_two_forms(tmp_path: Path) -> None:
    module = tmp_path / "texts.nl.mjs"
    form = (MODULES[0].parent / "address-form.mjs").as_uri()
    module.write_text(
        f"import {{ inBothForms, said }} from '{form}';\n"
        "export const texts = inBothForms({ with: (name) => said`{{Je|U}} praat met ${typeof name}{{ een|}}`, "
        "keep: (name) => said`${'{{a|b}}'} {{je|u}} ${name === 3 ? '' : ''}` });\n",
        encoding="utf-8",
    )
    plain = {text.text for text in page_texts.of_module(module, polite=False)}
    assert "{{a|b}} je " in plain
    polite = {text.text for text in page_texts.of_module(module, polite=True)}
    assert "{{a|b}} u " in polite
    assert "U praat met number" in polite


@pytest.mark.parametrize("kind", KINDS)
def test_lang_04_planted_officialese_in_a_page_is_found(tmp_path: Path, kind: str) -> None:
    page = tmp_path / "visitor" / "index.html"
    page.parent.mkdir()
    head, _, _ = (MODULES[0].parent / "index.html").read_text(encoding="utf-8").partition("<h1>")
    page.write_text(f"{head}<p>{' '.join([OFFICIAL] * 7)}</p></section></main>", encoding="utf-8")
    assert any(KINDS[kind] in fault for fault in faults(page_texts.of_page(page, polite=False)))


@pytest.mark.parametrize("kind", KINDS)
def test_lang_04_planted_officialese_in_a_module_is_found(tmp_path: Path, kind: str) -> None:
    module = tmp_path / "texts.nl.mjs"
    lines = ", ".join(f"line{at}: (count) => `{OFFICIAL} ${{count}}.`" for at in range(7))
    module.write_text(f"export const texts = {{ {lines} }};\n", encoding="utf-8")
    assert any(KINDS[kind] in fault for fault in faults(page_texts.of_module(module, polite=False)))


@pytest.mark.parametrize(
    ("planted", "polite", "fault"),
    [
        ("Dat kan {{je|u}} ook. Wat wil je?", True, "hier staat 'je', 'jij' of 'jouw'"),
        ("Dat kan {{je|u}} ook. Wat wilt u?", False, "hier staat 'u' of 'uw'"),
        ("Dat kan {{je ook.", False, "een plaatshouder tussen accolades klopt niet"),
        ("Dit gesprek is volledig anoniem.", False, "dit mag er niet staan"),
        ("Bel 0" + "800-1234567 als er iets is.", False, "telefoonnummer"),
    ],
)
def test_a_planted_fault_in_a_page_is_named(tmp_path: Path, planted: str, polite: bool, fault: str) -> None:
    page = tmp_path / "privacy.html"
    page.write_text(f"<main><p>{planted}</p></main>", encoding="utf-8")
    assert any(fault in found for found in faults(page_texts.of_page(page, polite)))


def test_a_planted_name_that_is_read_aloud_is_looked_at_too(tmp_path: Path) -> None:
    page = tmp_path / "privacy.html"
    page.write_text('<main><nav aria-label="Onverwijld bellen"><p>Hallo daar.</p></nav></main>', encoding="utf-8")
    assert any("'Onverwijld'" in fault for fault in faults(page_texts.of_page(page, polite=False)))


def test_forms_stand_in_text_only_because_an_attribute_cannot_change_for_a_child() -> None:
    for path in HTML:
        assert re.findall(r'="[^"]*\{\{[^}"]*\|', path.read_text(encoding="utf-8")) == [], path.name
