"""Planted faults of each kind make ``make content`` fail with a Dutch sentence; the real content passes."""

from dataclasses import replace
from datetime import date

import pytest
import yaml

from bot.advice import answers as answer_content
from bot.advice import directory, paths, referral_table
from bot.advice.answers import BUTTONS, FOLDER, Answers, Button, read
from bot.advice.content_files import CONTENT
from bot.advice.errors import BadContent
from bot.advice.paths import Paths
from scripts import content
from scripts.content_steps import Flows

TODAY = date(2026, 11, 24)
FLOWS = Flows.load()
RULES = yaml.safe_load((CONTENT / "schrijfregels.yml").read_text(encoding="utf-8"))


def planted(**changes):
    """One of the real answers, changed; without the others a fault is found sooner."""
    real = answer_content.load()
    return Answers([replace(real.all[0], **{"polite": None, **changes})], real.buttons)


def faults(changed):
    return "\n".join(content.faults(changed, RULES, TODAY, FLOWS))


def test_all_real_content_passes():
    assert list(content.faults(answer_content.load(), RULES, TODAY)) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"texts": ("Ga naar Stichting Zonnestraal voor hulp.",)}, "'Stichting' is een onbekende organisatie of naam"),
        ({"texts": ("Villa Pinedo helpt kinderen.",)}, "'Villa Pinedo' is in organisations.yml nog niet gecontroleerd"),
        ({"texts": ("Bel Veilig Thuis op 0" + "800-1234567 als je wilt.",)}, "telefoonnummer"),
        ({"texts": ("Kijk op www.voorbeeld.nl voor meer.",)}, "webadres"),
        ({"texts": ("Kunt u dat vertellen?",)}, "'u' of 'uw'"),
        ({"texts": ("Vertel wat je ziet.",)}, "tekst_u: hier staat 'je', 'jij' of 'jouw'; schrijf hier dezelfde tekst"),
        ({"texts": ("Je bent nu veilig.",)}, "beweer nooit dat iemand veilig is"),
        ({"texts": ("Ga gewoon weg bij hem.",)}, "zeg nooit dat iemand gewoon moet weggaan"),
        ({"texts": (" ".join(["heel"] * 30) + ".",)}, "een zin heeft 30 woorden"),
        ({"texts": ("Een. Twee. Drie. Vier. Vijf.",)}, "5 zinnen in een bericht"),
        ({"texts": ("Onverwijld ingeval van gecompromitteerde samenspraak.",)}, "zeldzaam woord"),
        ({"texts": ("In {plaats} helpt iemand.",)}, "plaatshouder"),
        ({"check_again_before": date(2026, 1, 1)}, "opnieuw gecontroleerd moeten zijn"),
        ({"status": "misschien"}, "'status' is ok of laat_controleren"),
        ({"buttons": ("ask_bestaat_niet",)}, "staat niet in knoppen.yml"),
        ({"keys": ("bestaat_niet",)}, "geen onderwerp of vraag van de bot"),
    ],
)
def test_a_planted_fault_is_named_in_dutch(changes, sentence):
    assert sentence in faults(planted(**changes))


def test_a_text_with_u_that_still_says_je_is_named():
    first = answer_content.load().all[0]
    mixed = replace(first, polite=replace(first, texts=tuple("U mag bellen als je wilt." for _ in first.texts)))
    found = faults(Answers([mixed], answer_content.load().buttons))
    assert f"'{first.id}', tekst_u: hier staat 'je', 'jij' of 'jouw'" in found


def test_a_quotation_keeps_its_own_form_of_address():
    first = answer_content.load().all[0]
    quoted = replace(first, polite=replace(first, texts=tuple("Zeg: ‘Ik geloof je.’" for _ in first.texts)))
    found = faults(Answers([quoted], answer_content.load().buttons))
    assert f"'{first.id}', tekst_u" not in found


def test_a_twin_with_fewer_texts_stops_the_start(tmp_path):
    text = (FOLDER / "aftercare.yml").read_text(encoding="utf-8")
    before, _, after = text.partition("  herkenning_u:\n")
    rest = after.partition("\n")[2]
    (tmp_path / "aftercare.yml").write_text(f"{before}  herkenning_u:\n{rest}", encoding="utf-8")
    with pytest.raises(BadContent) as problem:
        read(tmp_path, BUTTONS)
    assert "'herkenning_u' heeft niet evenveel teksten als 'herkenning'" in str(problem.value)


STEP = paths.load().get("advies").steps[0]
SHORT = "Dat kan altijd."


def flows_with(**changes):
    """The real flows with the first step of the first path changed."""
    real = Flows.load()
    first, *rest = real.paths.all
    step, *steps = first.steps
    changed = replace(first, steps=(replace(step, **changes), *steps))
    return replace(real, paths=Paths([changed, *rest]))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"texts": (SHORT, SHORT, SHORT, SHORT), "polite_texts": (SHORT,) * 4}, "een stap heeft hooguit 3 berichten"),
        (
            {"texts": (f"{SHORT} {SHORT} {SHORT}",), "polite_texts": (SHORT,)},
            "voor het eerste bericht komt nog een kop",
        ),
        ({"texts": ("Kunt u dat vertellen?",), "polite_texts": (SHORT,)}, "'u' of 'uw'"),
        ({"texts": (SHORT,), "polite_texts": ("Dat kun je altijd.",)}, "hier staat 'je', 'jij' of 'jouw'"),
        ({"buttons": ("ask_bestaat_niet",)}, "knop 'ask_bestaat_niet' staat niet in knoppen.yml"),
        ({"origin": replace(STEP.origin, check_again_before=date(2026, 1, 1))}, "opnieuw gecontroleerd moeten zijn"),
    ],
)
def test_a_planted_fault_in_a_step_is_named_in_dutch(changes, sentence):
    found = "\n".join(content.faults(answer_content.load(), RULES, TODAY, flows_with(**changes)))
    assert f"paden/{STEP.file.partition('/')[2]}, '{STEP.id}'" in found
    assert sentence in found


def test_a_path_without_steps_for_a_child_is_named():
    real = Flows.load()
    first, *rest = real.paths.all
    grown_up = replace(first, steps=tuple(step for step in first.steps if "child" not in step.roles))
    changed = replace(real, paths=Paths([grown_up, *rest]))
    found = "\n".join(content.faults(answer_content.load(), RULES, TODAY, changed))
    assert "paden, 'advies': er zijn geen stappen voor een kind" in found


def test_a_button_that_leads_to_no_path_is_named():
    real = answer_content.load()
    buttons = {**real.buttons, "tell_more:pad-nergens": Button("tell_more:pad-nergens", "Naar nergens", "Nergens")}
    assert "knop 'tell_more:pad-nergens' leidt naar een pad of kaart die niet bestaat" in faults(
        Answers(real.all, buttons)
    )


def test_a_title_that_does_not_fit_on_a_phone_is_named():
    real = answer_content.load()
    long = Button("thank", "Een titel die echt veel te lang is voor een knop", "Dank je")
    assert "is te lang voor een knop op een telefoon" in faults(Answers(real.all, {**real.buttons, "thank": long}))


def test_a_question_without_an_answer_for_everybody_is_named():
    real = answer_content.load()
    left = [one for one in real.all if one.id != "ask_costs.algemeen"]
    assert "er is geen antwoord op vraag 'ask_costs' voor iedereen" in faults(Answers(left, real.buttons))


@pytest.mark.parametrize(
    ("organisation", "sentence"),
    [("stichting-zonnestraal", "stichting-zonnestraal"), ("veilig-thuiz", "veilig-thuiz")],
)
def test_an_organisation_that_the_directory_does_not_know_stops_the_table(tmp_path, organisation, sentence):
    text = (CONTENT / "verwijzingen.yml").read_text(encoding="utf-8")
    planted_text = text.replace("  luisterlijn:\n", f"  {organisation}:\n", 1)
    (tmp_path / "verwijzingen.yml").write_text(planted_text, encoding="utf-8")
    with pytest.raises(BadContent) as problem:
        referral_table.read(directory.load(), tmp_path / "verwijzingen.yml")
    assert f"redenen.{sentence}: staat niet in organisations.yml" in str(problem.value)


def test_a_topic_without_an_answer_for_a_role_is_named():
    real = answer_content.load()
    left = [one for one in real.all if "elder_abuse" not in one.keys]
    assert "geen antwoord voor onderwerp 'elder_abuse'" in faults(Answers(left, real.buttons))


def test_officialese_in_a_whole_topic_fails_readability():
    real = answer_content.load()
    stiff = "De verantwoordelijkheid voor de besluitvorming omtrent ondersteuningsmogelijkheden ligt daar."
    changed = [
        replace(one, texts=(stiff,), recognition=(stiff,), more=(stiff,), polite=None)
        if one.file == real.all[0].file
        else one
        for one in real.all
    ]
    assert "leesbaarheid is" in faults(Answers(changed, real.buttons))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("antwoorden: [", "geen geldige YAML"),
        ("iets: anders", "begint met 'antwoorden:'"),
        ("antwoorden:\n- id: a.b\n  bij: [a]\n", "vul 'bron' in"),
    ],
)
def test_a_broken_file_stops_the_start_with_one_line(tmp_path, text, part):
    (tmp_path / "kapot.yml").write_text(text, encoding="utf-8")
    with pytest.raises(BadContent) as problem:
        read(tmp_path, BUTTONS)
    assert part in str(problem.value)
    assert "\n" not in str(problem.value)
    assert "kapot.yml" in str(problem.value)


def test_a_status_to_be_checked_is_not_shown():
    real = answer_content.load()
    hidden = Answers([replace(real.all[0], status="laat_controleren")], real.buttons)
    assert hidden.get(real.all[0].id) is None
    assert hidden.keys == frozenset()
