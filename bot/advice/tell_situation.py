"""Answers somebody who tells what happens, and the questions people ask about it."""

from bot.advice import answers as answer_content
from bot.advice import directory as directory_content
from bot.advice import regions as region_content
from bot.advice import tell_danger, tell_steps
from bot.advice.advisor import Advice, ChoiceLine, Draft, ReferralLine, Turn, choices, referrals
from bot.advice.answers import Answer, Told
from bot.advice.understanding import SITUATION_TOPICS
from bot.advice.vocabulary import OpenQuestion, ReplyKind, Role, Topic, Urgency

FIRST = (Topic.SUICIDALITY, Topic.SEXUAL_VIOLENCE_RECENT)
"""Whatever else was said, these are answered first (113, then CSG within 7 days)."""

_ABOUT = (
    ChoiceLine("Het gaat om mij", "/about_self"),
    ChoiceLine("Om iemand anders", "/about_other"),
    ChoiceLine("Ik ben jonger dan 18", "/i_am_child"),
)
_SKIP = ChoiceLine("Liever niet zeggen", "/skip")


MOST_BUTTONS = 5
"""More choices than this are hard to take in on a phone."""

_STRANGULATION = "ask_strangulation"
_THROAT = frozenset({"strangulation_recent", "strangulation_past"})


def answer_id(key: str, draft: Draft) -> str | None:
    """The id of the answer to a question for this reader."""
    found = answer_content.load().find(key, draft.assessment.role)
    return found.id if found else None


def main_topic(turn: Turn) -> str | None:
    """The topic that the answer is about, or ``None`` when nothing was told yet."""
    seen = [topic for topic in turn.understanding.sighting.topics if topic.value in SITUATION_TOPICS]
    for topic in FIRST:
        if topic in seen:
            return topic.value
    if turn.understanding.intent in SITUATION_TOPICS:
        return turn.understanding.intent
    if seen:
        return seen[0].value
    known = turn.assessment.situations
    return known[0].value if known else None


def told(turn: Turn) -> Told:
    """What may call for a special answer."""
    known = turn.assessment
    return Told(
        turn.understanding.kinds,
        frozenset(topic.value for topic in known.situations),
        known.relation.value if known.relation else None,
    )


def tell(turn: Turn) -> Advice:
    """Recognition, one useful thing with who can help, and at most one question."""
    draft = Draft.of(turn)
    topic = main_topic(turn)
    answer = answer_content.load().find(topic, draft.assessment.role, told(turn)) if topic else None
    if turn.understanding.kinds & _THROAT and turn.memory.answer != answer_id(_STRANGULATION, draft):
        # Whatever else was told, this says most about danger (DESIGN §6.4).
        answer = answer_content.load().find(_STRANGULATION, draft.assessment.role) or answer
    if turn.understanding.sighting.urgency is Urgency.UNCLEAR:
        return _question_first(draft, answer)
    if tell_danger.told_to_leave(turn):
        draft.answer = answer.id if answer else draft.answer
        draft.say(ReplyKind.REFERRAL, draft.phrase("zelf_weggegaan"), referrals(draft))
    elif answer is None:
        draft.say(ReplyKind.ANSWER, draft.phrase("onaangename_dingen_erkend"), referrals(draft))
    else:
        give(draft, answer, referrals(draft))
    follow_up(draft, answer)
    return draft.done()


def _question_first(draft: Draft, answer: Answer | None) -> Advice:
    """Perhaps danger now: recognition, then only the question; what else helps follows after its answer."""
    if answer is None or draft.easy or not answer.recognition:
        draft.say(ReplyKind.ANSWER, draft.phrase("onaangename_dingen_erkend"))
    else:
        draft.say(ReplyKind.ANSWER, draft.pick(answer.id, "h", answer.voiced(draft.polite).recognition))
        draft.answer = answer.id
    tell_danger.ask(draft, referrals(draft))
    return draft.done()


def explain(turn: Turn) -> Advice:
    """Answer a question or a feeling; who can help comes along when that fits the question or the situation."""
    draft = Draft.of(turn)
    answer = answer_content.load().find(turn.understanding.intent, draft.assessment.role)
    if answer is None:
        return tell(turn)
    give(draft, answer, referrals(draft))
    follow_up(draft, answer)
    return draft.done()


def give(draft: Draft, answer: Answer, lines: tuple[ReferralLine, ...]) -> None:
    """Say one answer; the second time in a row its next step instead, so that nothing is said twice."""
    again = draft.turn.memory.answer == answer.id
    draft.answer = answer.id
    answer = answer.voiced(draft.polite)
    if draft.easy and answer.easy:
        draft.say(ReplyKind.REFERRAL if lines else ReplyKind.ANSWER, answer.easy, lines)
        return
    step = next_step(draft, answer) if again else None
    if step is None and answer.recognition:
        draft.say(ReplyKind.ANSWER, draft.pick(answer.id, "h", answer.recognition))
    text = step or pick_open(draft, answer)
    draft.say(ReplyKind.REFERRAL if lines else ReplyKind.ANSWER, text, lines)


def pick_open(draft: Draft, answer: Answer) -> str:
    """The next variant of the useful thing; at night one that does not send a child to a line that is closed."""
    text = draft.pick(answer.id, "t", answer.texts)
    line = directory_content.load().get("kindertelefoon")
    if "Kindertelefoon" in text and line.is_open(draft.turn.now) is False:
        others = [other for other in answer.texts if "Kindertelefoon" not in other]
        return others[0] if others else text
    return text


def next_step(draft: Draft, answer: Answer) -> str | None:
    """The first step of "vertel meer" that was not said yet."""
    for place, text in enumerate(answer.more):
        sentence = f"{answer.id}#m{place}"
        if sentence not in draft.said:
            draft.said.append(sentence)
            return text
    return None


def follow_up(draft: Draft, answer: Answer | None) -> None:
    """At most one question: about danger, then about whom, then about which place; else buttons that lead on."""
    turn, assessment = draft.turn, draft.assessment
    if turn.understanding.sighting.urgency is Urgency.UNCLEAR:
        tell_danger.ask(draft)
        return
    if turn.place and turn.place.options:
        ask_which_place(draft, turn)
        return
    if assessment.role is Role.UNKNOWN and assessment.situations:
        draft.say(ReplyKind.QUESTION, draft.phrase("vraag_over_wie"), (), _ABOUT)
        draft.asked = OpenQuestion.ABOUT
        return
    if _wants_region(draft):
        other = assessment.role in (Role.BYSTANDER, Role.PROFESSIONAL)
        draft.say(ReplyKind.QUESTION, draft.phrase("vraag_plaats_ander" if other else "vraag_plaats"), (), (_SKIP,))
        draft.asked, draft.region_asked = OpenQuestion.REGION, True
        return
    add_choices(draft, answer)


def ask_which_place(draft: Draft, turn: Turn) -> None:
    """Ask back when a place name is ambiguous."""
    found = turn.place.options if turn.place else ()
    options = tuple(ChoiceLine(one.label, f"/region:{one.region_id}") for one in found)
    draft.say(ReplyKind.QUESTION, draft.phrase("vraag_welke_plaats"), (), (*options[:5], _SKIP))
    draft.asked, draft.region_asked = OpenQuestion.REGION, True


def _wants_region(draft: Draft) -> bool:
    """Once per chat, when a local Veilig Thuis is among the referrals, and not in the first answer."""
    named = any(line.id == "veilig-thuis" for reply in draft.replies for line in reply.referrals)
    first_answer = draft.turn.memory.answer is None
    return named and not first_answer and draft.assessment.region is None and not draft.region_asked


def add_choices(draft: Draft, answer: Answer | None) -> None:
    """Put the answer's buttons under the last reply."""
    names = answer.buttons if answer else ("tell_more", "human_request")
    if answer and answer.more and "tell_more" not in names:
        names = (*names[: MOST_BUTTONS - 1], "tell_more")
    last = draft.replies.pop()
    shown = choices(names[:MOST_BUTTONS], draft.child)
    draft.say(last.kind, last.text, last.referrals, last.choices or shown)


def more(turn: Turn) -> Advice:
    """ "Vertel meer", "wat moet ik dan zeggen?", "en als hij boos wordt?" about the last answer."""
    if tell_steps.leads(turn):
        return tell_steps.tell(turn)
    if turn.understanding.intent in ("tell_more", "affirm") and tell_steps.is_step(turn.memory.answer):
        return tell_steps.onwards(turn)
    draft = Draft.of(turn)
    answer = answer_content.load().get(turn.memory.answer or "")
    if answer is None:
        topic = main_topic(turn)
        if topic is not None:
            return tell(turn)
        draft.say(ReplyKind.ANSWER, draft.phrase("verder"), (), choices(("about_self", "about_other"), draft.child))
        return draft.done()
    answer = answer.voiced(draft.polite)
    wanted = {"what_to_say": answer.say, "what_if_angry": answer.angry}.get(turn.understanding.intent)
    text = wanted or next_step(draft, answer)
    if text:
        draft.say(ReplyKind.ANSWER, text)
    else:
        draft.say(ReplyKind.REFERRAL, draft.phrase("niets_meer"), referrals(draft))
    add_choices(draft, answer)
    return draft.done()


def place(turn: Turn) -> Advice:
    """A town, a postcode, or a chosen meaning of an ambiguous name."""
    draft = Draft.of(turn)
    draft.region_asked = True
    found = turn.place
    region = region_content.load().get(draft.assessment.region) if draft.assessment.region else None
    if found and found.options and not turn.chosen_value:
        ask_which_place(draft, turn)
    elif region is not None:
        draft.say(ReplyKind.REFERRAL, draft.phrase("plaats_bekend", regio=region.name), referrals(draft))
        add_choices(draft, answer_content.load().get(turn.memory.answer or ""))
    elif found and found.own and draft.assessment.role in (Role.BYSTANDER, Role.PROFESSIONAL):
        # Where the neighbour lives is not where the child lives (DESIGN §6.9).
        draft.say(ReplyKind.QUESTION, draft.phrase("vraag_plaats_ander"), (), (_SKIP,))
        draft.asked = OpenQuestion.REGION
    else:
        draft.say(ReplyKind.ANSWER, draft.phrase("plaats_onbekend"), referrals(draft))
        add_choices(draft, None)
    draft.answer = turn.memory.answer
    return draft.done()
