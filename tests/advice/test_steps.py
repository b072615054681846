"""Paths, safety plan, talk cards and call helper: by buttons alone, and nothing of it is kept."""

import re

import pytest

from bot.advice import (
    answers,
    call_lists,
    paths,
    talk_cards,
    tell_danger,
    tell_dialogue,
    tell_situation,
    tell_steps,
    turn_input,
)
from bot.advice.answers import Told
from bot.advice.memory import DialogueMemory
from bot.advice.understanding import from_dict
from bot.advice.vocabulary import OpenQuestion, ReplyKind, Role, Urgency, YesNo

DAY, NIGHT = "2026-11-24T14:00:00+01:00", "2026-11-24T23:30:00+01:00"
ON_ITS_WAY = re.compile(r"/[a-z0-9_.]{1,60}(:[a-z0-9_-]{1,60})?")
"""What the engine takes as a choice; the gateway allows a little more."""

ADULTS = [Role.VICTIM, Role.BYSTANDER, Role.PERPETRATOR, Role.PROFESSIONAL, Role.UNKNOWN]


def a_turn(value="", role=Role.VICTIM, intent="tell_more", memory=None, now=DAY, **known):
    topics = known.pop("topics", ["partner_violence"])
    assessment = {"role": role.value, "topics": topics, **known}
    payload = {"now": now, "assessment": assessment}
    return turn_input.make(from_dict({"intent": intent}), memory or DialogueMemory(), payload, value)


def chosen(value, role=Role.VICTIM, **more):
    return tell_situation.more(a_turn(value, role, **more))


def texts(advice):
    return [reply.text for reply in advice.replies]


def buttons(advice):
    return [choice for reply in advice.replies for choice in reply.choices]


def value_of(choice):
    return choice.payload.partition(":")[2]


def titled(advice, title):
    return value_of(next(choice for choice in buttons(advice) if choice.title == title))


def every_walk():
    for path in paths.load().all:
        for role in Role:
            for children in (None, "yes", "no"):
                if path.for_reader(role, YesNo(children) if children else None):
                    yield pytest.param(path, role, children, id=f"{path.id}-{role.value}-{children}")


@pytest.mark.parametrize(("path", "role", "children"), every_walk())
def test_a_path_is_walked_to_its_end_and_back_by_buttons(path, role, children):
    forth, back = ("Verder", "Terug") if role is Role.CHILD else ("Volgende stap", "Vorige stap")
    steps = path.for_reader(role, YesNo(children) if children else None)
    advice = chosen(f"pad-{path.id}-1", role, children_present=children)
    seen = [advice.memory.answer]
    while any(choice.title == forth for choice in buttons(advice)):
        assert len(advice.replies) <= 3
        assert all(ON_ITS_WAY.fullmatch(choice.payload) for choice in buttons(advice))
        advice = chosen(titled(advice, forth), role, children_present=children)
        seen.append(advice.memory.answer)
    assert seen == [step.id for step in steps]
    returned = chosen(titled(advice, back), role, children_present=children)
    assert returned.memory.answer == steps[-2].id


@pytest.mark.parametrize("role", ADULTS)
def test_an_adult_is_asked_about_children_once_and_the_answer_decides_the_steps(role):
    asked = chosen("pad-melden", role)
    assert [choice.title for choice in buttons(asked)] == [
        "Ja, er zijn kinderen",
        "Nee, geen kinderen",
        "Wil ik niet zeggen",
    ]
    with_children = chosen(titled(asked, "Ja, er zijn kinderen"), role)
    assert with_children.assessment.children_present is YesNo.YES
    without = chosen(titled(asked, "Nee, geen kinderen"), role)
    assert without.assessment.children_present is YesNo.NO
    path = paths.load().get("melden")
    assert "kinderrechter" in " ".join(t for step in path.for_reader(role, YesNo.YES) for t in step.texts)
    assert "kinderrechter" not in " ".join(t for step in path.for_reader(role, YesNo.NO) for t in step.texts)
    assert "kinderen bij" not in texts(chosen("pad-melden", role, children_present="yes"))[0]


@pytest.mark.parametrize("name", ["advies", "melden", "gemeld", "politie", "weg", "plan"])
def test_a_child_has_a_path_of_its_own_and_is_not_asked_about_children(name):
    advice = chosen(f"pad-{name}", Role.CHILD)
    assert advice.memory.answer.startswith(f"pad.{name}.kind_")
    assert "Stap 1 van" in texts(advice)[0]
    adult = {step.id for role in ADULTS for step in paths.load().get(name).for_reader(role, None)}
    assert adult.isdisjoint(step.id for step in paths.load().get(name).for_reader(Role.CHILD, None))


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_leads_to_every_path_that_has_something_to_say(role):
    menu = chosen("pad", role)
    assert len(buttons(menu)) >= 4
    for choice in buttons(menu):
        assert buttons(chosen(value_of(choice), role))


def test_the_last_step_says_who_can_help():
    steps = paths.load().get("weg").for_reader(Role.VICTIM, YesNo.YES)
    last = chosen(f"pad-weg-{len(steps)}", children_present="yes")
    assert "veilig-thuis" in [line.id for line in last.replies[-1].referrals]


def test_a_step_names_its_source():
    assert texts(chosen("pad-politie-2"))[-1].endswith("(Bron: seksueelmisdrijf)")
    for path in paths.load().all:
        for step in path.steps:
            assert not re.search(r"\w\.\w", tell_steps.source_line(step.origin.sources)), step.id


@pytest.mark.parametrize(
    "value", ["pad-bestaat-niet", "pad-advies-99", "pad-advies-0", "pad-", "praatkaart-x", "bel-x-y"]
)
def test_an_unknown_place_gives_something_to_choose(value):
    assert buttons(chosen(value))


def test_more_and_yes_after_a_step_say_the_next_one():
    memory = DialogueMemory(answer="pad.plan.nood")
    assert chosen("", memory=memory).memory.answer == "pad.plan.iemand"
    yes = tell_dialogue.small(a_turn("", intent="affirm", memory=memory))
    assert yes.memory.answer == "pad.plan.iemand"


def test_a_step_is_said_again_in_easy_language():
    memory = DialogueMemory(answer="pad.plan.iemand")
    easy = tell_dialogue.easy(a_turn("", intent="simpler", memory=memory))
    assert easy.effect == "easy_on"
    assert texts(easy)[0].endswith(paths.load().step("pad.plan.iemand").easy)


def test_easy_language_can_be_switched_off_with_its_button():
    off = tell_dialogue.easy(a_turn("off", intent="simpler", memory=DialogueMemory(easy=True)))
    assert off.effect == "easy_off"


@pytest.mark.parametrize("card", talk_cards.load().all, ids=lambda card: card.name)
def test_a_card_shows_its_sentence_first_and_alone(card):
    role = min(card.roles)
    advice = chosen(f"praatkaart-{card.name}", role)
    assert advice.replies[0].text == card.sentence
    assert advice.replies[0].choices == advice.replies[0].referrals == ()
    assert "meldcode" in " ".join(texts(advice)[1:]).lower()


def test_a_child_and_a_victim_are_offered_their_own_cards():
    assert [value_of(one) for one in buttons(chosen("praatkaart", Role.CHILD))][:2] == [
        "praatkaart-kind",
        "praatkaart-kind_arts",
    ]
    assert "praatkaart-arts" in [value_of(one) for one in buttons(chosen("praatkaart"))]
    assert texts(chosen("praatkaart", Role.BYSTANDER)) != []


@pytest.mark.parametrize("role", list(Role))
def test_the_call_helper_ends_in_a_list_to_read_out(role):
    known = call_lists.load().for_role(role)
    value, picked = "bel", []
    for question in known.questions:
        advice = chosen(value, role)
        assert advice.replies[-1].text == question.text
        option = question.choices[-1]
        picked.append(option.line)
        value = titled(advice, option.title)
        assert ON_ITS_WAY.fullmatch(f"/tell_more:{value}")
    done = chosen(value, role)
    together = "\n".join(texts(done))
    assert all(line in together for line in picked if line)
    assert known.ready in together
    assert "veilig-thuis" in [line.id for line in done.replies[-1].referrals]
    kept = str(done.memory.as_slots())
    assert not any(line in kept for line in picked if line)


def test_every_combination_of_the_call_helper_fits_in_a_button():
    for known in call_lists.load().all:
        longest = "-".join(max((one.name for one in question.choices), key=len) for question in known.questions)
        assert ON_ITS_WAY.fullmatch(f"/tell_more:bel-{longest}")


@pytest.mark.parametrize(("role", "value"), [(Role.BYSTANDER, "bel-gehoord-nu"), (Role.CHILD, "bel-pijn-nu")])
def test_danger_now_in_the_call_helper_gives_112_first(role, value):
    advice = chosen(value, role)
    assert advice.replies[0].kind is ReplyKind.DANGER
    assert advice.replies[0].text.startswith("Bel nu 112")
    assert advice.replies[0].referrals[0].id == "112"
    assert advice.assessment.urgency is Urgency.ACUTE


def test_a_sign_of_great_danger_makes_the_chat_urgent():
    advice = chosen("bel-gehoord-kort-nee-keel", Role.BYSTANDER)
    assert advice.assessment.urgency is Urgency.URGENT
    assert advice.assessment.children_present is YesNo.NO


@pytest.mark.parametrize(
    ("kind", "part"),
    [("weapon_present", "wapen"), ("pregnancy", "zwanger"), ("stalking", "breuk"), ("death_threat", "doodsbedreiging")],
)
@pytest.mark.parametrize("role", [Role.VICTIM, Role.BYSTANDER])
def test_a_kind_of_danger_has_its_own_first_answer(kind, part, role):
    found = answers.load().find("partner_violence", role, Told(frozenset({kind})))
    assert found.id == f"partner_violence.{role.value}.{part}"
    assert "112" in " ".join(found.texts)
    assert answers.load().find("partner_violence", role).id == f"partner_violence.{role.value}"


@pytest.mark.parametrize("topic", ["sexual_violence_recent", "sexual_violence_past"])
def test_sexual_violence_by_a_partner_has_its_own_answer(topic):
    by_relation = answers.load().find(topic, Role.VICTIM, Told(relation="partner"))
    by_topic = answers.load().find(topic, Role.VICTIM, Told(topics=frozenset({"partner_violence"})))
    assert by_relation.id == by_topic.id == f"{topic}.victim.relatie"
    assert answers.load().find(topic, Role.VICTIM, Told(relation="stranger")).id == f"{topic}.victim"


def test_a_child_is_told_at_night_that_its_line_is_closed_and_who_is_there():
    closed = "De Kindertelefoon is nu dicht. Veilig Thuis is er wel."
    for key in answers.load().keys:
        if not key.startswith(("ask_", "feeling_")):
            continue
        turn = a_turn("", Role.CHILD, intent=key, now=NIGHT, topics=[])
        said = " ".join(texts(tell_situation.explain(turn)))
        assert "Kindertelefoon" not in said or "Veilig Thuis" in said, key
    told = tell_situation.explain(a_turn("", Role.CHILD, intent="ask_kindertelefoon", now=NIGHT, topics=[]))
    assert closed in " ".join(texts(told))
    by_day = tell_situation.explain(a_turn("", Role.CHILD, intent="ask_kindertelefoon", topics=[]))
    assert closed not in " ".join(texts(by_day))


def test_somebody_who_hits_and_went_away_is_praised_and_told_what_comes_next():
    memory = DialogueMemory(asked=OpenQuestion.DANGER, answer="own_aggression.perpetrator")
    left = a_turn("", Role.PERPETRATOR, intent="own_aggression", memory=memory, topics=["own_aggression"])
    unclear = a_turn("", Role.PERPETRATOR, intent="nlu_fallback", memory=memory, topics=["own_aggression"])
    safe = a_turn("", Role.PERPETRATOR, intent="safe_now", memory=memory, topics=["own_aggression"])
    for advice in (tell_situation.tell(left), tell_dialogue.not_understood(unclear), tell_danger.answer(safe)):
        assert re.search(r"weggegaan|Weg zijn", advice.replies[0].text)
        assert "veilig-thuis" in [line.id for line in advice.replies[0].referrals]
        assert buttons(advice)


@pytest.mark.parametrize("role", [Role.VICTIM, Role.BYSTANDER])
@pytest.mark.parametrize("topic", ["partner_violence", "psychological_abuse", "coercive_control", "child_abuse"])
def test_the_first_answer_about_a_situation_leads_to_what_would_happen(topic, role):
    advice = tell_situation.tell(a_turn("", role, intent=topic, topics=[topic]))
    assert "/tell_more:pad" in [choice.payload for choice in buttons(advice)]


@pytest.mark.parametrize("key", ["ask_lose_children", "ask_call_veilig_thuis", "ask_make_report", "ask_after_report"])
@pytest.mark.parametrize("role", [Role.VICTIM, Role.CHILD, Role.BYSTANDER])
def test_an_answer_about_procedure_leads_to_a_path(key, role):
    advice = tell_situation.explain(a_turn("", role, intent=key, topics=[]))
    assert any(choice.payload.startswith("/tell_more:") for choice in buttons(advice))
