"""Planted faults of each kind make ``make content`` fail with a Dutch sentence; the real content passes."""

from dataclasses import replace
from datetime import date

import pytest
import yaml

from bot.advice import answers as answer_content
from bot.advice.answers import BUTTONS, Answers, read
from bot.advice.content_files import CONTENT
from bot.advice.errors import BadContent
from scripts import content

TODAY = date(2026, 11, 24)
RULES = yaml.safe_load((CONTENT / "schrijfregels.yml").read_text(encoding="utf-8"))


def planted(**changes):
    """The real answers with one of them changed."""
    real = answer_content.load()
    first, *rest = real.all
    return Answers([replace(first, **changes), *rest], real.buttons)


def faults(changed):
    return "\n".join(content.faults(changed, RULES, TODAY))


def test_all_real_content_passes():
    assert list(content.faults(answer_content.load(), RULES, TODAY)) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"texts": ("Bel Veilig Thuis op 0" + "800-1234567 als je wilt.",)}, "telefoonnummer"),
        ({"texts": ("Kijk op www.voorbeeld.nl voor meer.",)}, "webadres"),
        ({"texts": ("Kunt u dat vertellen?",)}, "'u' of 'uw'"),
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


def test_a_topic_without_an_answer_for_a_role_is_named():
    real = answer_content.load()
    left = [one for one in real.all if "elder_abuse" not in one.keys]
    assert "geen antwoord voor onderwerp 'elder_abuse'" in faults(Answers(left, real.buttons))


def test_officialese_in_a_whole_topic_fails_readability():
    real = answer_content.load()
    stiff = "De verantwoordelijkheid voor de besluitvorming omtrent ondersteuningsmogelijkheden ligt daar."
    changed = [
        replace(one, texts=(stiff,), recognition=(stiff,), more=(stiff,)) if one.file == real.all[0].file else one
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
