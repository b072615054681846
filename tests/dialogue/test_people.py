"""Eight people who type for the first time, and what must always work: the main job of the product."""

import pytest

from tests.dialogue.engine_client import NIGHT

PEOPLE = [
    ("mijn man heeft me vorige week geslagen en ik weet niet wat ik moet doen", "veilig-thuis", "victim"),
    ("hiernaast hoor ik elke avond een kind gillen, het gaat door merg en been", "veilig-thuis", "bystander"),
    ("ik ben tien en mijn vader slaat me als hij boos is", "kindertelefoon", "child"),
    ("hij staat nu voor de deur met een mes", "112", None),
    ("ik ben twee dagen geleden verkracht", "centrum-seksueel-geweld", "victim"),
    ("mijn kleinzoon haalt steeds geld van mijn rekening, ik ben 81", "veilig-thuis", "victim"),
    (
        "ik ben een meisje van 16 en ik moet deze zomer in het buitenland trouwen van mijn ouders",
        "kindertelefoon",
        "child",
    ),
    ("ik sla mijn vrouw en ik wil daarmee stoppen", "veilig-thuis", "perpetrator"),
]


@pytest.mark.parametrize(("text", "first", "role"), PEOPLE)
def test_a_first_message_gets_the_right_first_referral(chat, text, first, role):
    answer = chat().says(text)
    assert answer.referrals[0] == first
    if role:
        assert answer.assessment["role"] == role


def test_at_night_a_child_gets_veilig_thuis_because_the_kindertelefoon_is_closed(chat):
    answer = chat(now=NIGHT).says("ik ben tien en mijn vader slaat me als hij boos is")
    assert answer.referrals[0] == "veilig-thuis"


def test_danger_now_starts_with_112_in_at_most_two_sentences(chat):
    answer = chat().says("hij slaat me nu, ik zit opgesloten in de badkamer")
    first = answer.body["replies"][0]
    assert first["kind"] == "danger"
    assert first["referrals"][0]["id"] == "112"
    assert first["text"].startswith(("Bel nu 112", "Ga nu weg"))
    assert first["text"].count(".") <= 2


def test_the_gateway_that_showed_112_already_does_not_get_it_twice(chat):
    answer = chat().says("hij slaat me nu, ik zit opgesloten in de badkamer", danger_shown=True)
    assert "danger" not in answer.kinds
    assert answer.assessment["urgency"] == "acute"


def test_no_danger_after_the_question_lowers_to_urgent_and_never_claims_safety(chat):
    talk = chat()
    talk.assessment = {"urgency": "unclear", "role": "victim", "topics": ["partner_violence"]}
    talk.says("ik ben bang dat hij me vermoordt als hij straks thuiskomt")
    answer = talk.picks("/deny")
    assert answer.assessment["urgency"] == "urgent"
    assert "veilig bent" not in answer.text


def test_yes_to_the_question_about_danger_brings_112(chat):
    talk = chat()
    question = talk.says("ik ben zo bang dat hij me vermoordt")
    assert "/affirm" in question.choices
    answer = talk.picks("/affirm")
    assert answer.body["replies"][0]["kind"] == "danger"
    assert answer.assessment["urgency"] == "acute"


@pytest.mark.parametrize("text", ["wis alles", "wis alles alsjeblieft"])
def test_wiping_can_be_typed(chat, text):
    assert chat().says(text).body["effect"] == "wipe"


def test_stop_works_in_the_middle_of_a_question(chat):
    talk = chat()
    talk.says("mijn vriend slaat me soms")
    assert talk.says("stop").body["effect"] == "stop"


def test_a_person_can_always_be_asked_for(chat):
    answer = chat().says("ik wil een mens spreken")
    assert answer.body["effect"] == "handover"
    assert answer.body["replies"][0]["referrals"][0]["id"] == "handover"
    assert "/handover" in answer.choices


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ben je een mens of een robot", "bot"),
        ("is dit anoniem", "bewaren"),
        ("kan hij zien dat ik hier was", "geschiedenis"),
    ],
)
def test_questions_about_the_chat_itself_are_answered(chat, text, key):
    assert key in chat().says(text).text.lower()


def test_a_correction_moves_the_chat_to_the_other_person(chat):
    talk = chat()
    talk.says("ze wordt geslagen door haar vriend en durft niet weg")
    answer = talk.says("nee, het gaat om mijn zus")
    assert answer.assessment["role"] == "bystander"


def test_the_greeting_says_it_is_a_bot_and_how_to_leave(chat):
    answer = chat().opens()
    assert "chatbot" in answer.text
    assert "Verlaat deze site" in answer.text
    assert "/human_request" in answer.choices
    assert len(answer.body["replies"]) <= 3


def test_not_understood_twice_offers_a_person_and_numbers(chat):
    talk = chat()
    first = talk.says("qwx zzkq")
    second = talk.says("plfrt wqz")
    assert first.text != second.text
    assert "veilig-thuis" in second.referrals
    assert "/handover" in second.choices


def test_at_most_one_question_and_three_messages_per_turn(chat):
    talk = chat()
    for text in ("mijn man slaat me", "al jaren", "de kinderen zien het ook", "ik durf niet weg", "ik schaam me"):
        answer = talk.says(text)
        assert len(answer.body["replies"]) <= 3
        assert answer.kinds.count("question") <= 1


def test_easy_language_stays_on(chat):
    talk = chat()
    talk.says("mijn man slaat me")
    assert talk.says("kun je het makkelijker zeggen").body["effect"] == "easy_on"
    answer = talk.says("hij scheldt me ook uit")
    sentences = [one for one in answer.body["replies"][0]["text"].split(".") if one.strip()]
    assert max(len(one.split()) for one in sentences) <= 12


@pytest.mark.parametrize(
    ("text", "region"),
    [("ik woon in Zwolle", "ijsselland"), ("8011", "ijsselland"), ("amsterdm", "amsterdam-amstelland")],
)
def test_a_place_gives_its_region(chat, text, region):
    assert chat().says(text).assessment["region"] == region


def test_an_ambiguous_place_is_asked_back_and_settled(chat):
    talk = chat()
    asked = talk.says("bergen")
    options = [choice for choice in asked.choices if choice.startswith("/region:")]
    assert len(options) == 2
    assert asked.assessment["region"] is None
    assert talk.picks(options[0]).assessment["region"] == options[0].removeprefix("/region:")


def test_where_a_neighbour_lives_does_not_settle_the_region(chat):
    talk = chat()
    talk.says("mijn buurvrouw wordt geslagen door haar man")
    assert talk.says("ik woon zelf in Zwolle en zij woont verderop").assessment["role"] == "bystander"


def test_another_language_gets_its_own_text_and_numbers(chat):
    answer = chat().says("my husband beats me and I do not know where to go")
    assert "Call 112" in answer.text
    assert {"112", "veilig-thuis"} <= set(answer.referrals)
