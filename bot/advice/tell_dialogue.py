"""Everything that keeps the conversation going: greeting, whom it is about, a person, stopping, not understanding."""

from dataclasses import replace

from bot.advice import answers as answer_content
from bot.advice import phrases as phrase_content
from bot.advice import tell_danger, tell_situation, tell_steps
from bot.advice.advisor import Advice, ChoiceLine, Draft, ReferralLine, Turn, choices, referrals, with_urgency
from bot.advice.assessment import higher
from bot.advice.vocabulary import OpenQuestion, ReplyKind, Role, Urgency

WHY_PERSON = "Een medewerker van Veilig Thuis die meedenkt in deze chat."
_DOORS = ("about_self", "about_other", "i_am_child")
_START = ("about_self", "about_other", "human_request")


def greet(turn: Turn) -> Advice:
    """The opening of a chat (it is a bot, who may read along, how to leave), or a greeting back."""
    draft = Draft.of(turn)
    if turn.opening:
        draft.say(ReplyKind.GREETING, draft.phrase("begroeting"))
        draft.say(ReplyKind.GREETING, draft.phrase("begroeting_meelezen"))
        draft.say(
            ReplyKind.QUESTION,
            draft.phrase("begroeting_deuren"),
            (),
            choices((*_DOORS, "human_request"), False),
        )
    else:
        draft.say(ReplyKind.ANSWER, draft.phrase("hallo"), (), choices(_START, draft.child))
    return draft.done()


def about(turn: Turn) -> Advice:
    """Whom it is about: the door that was chosen, the answer to our question, or a correction."""
    draft = Draft.of(turn)
    before = turn.before.role
    role = _role_said(turn)
    draft.assessment = replace(turn.assessment, role=role)
    told = draft.assessment.situations
    if told:
        answer = answer_content.load().find(told[0].value, role)
        if answer:
            if role is Role.BYSTANDER and before not in (Role.BYSTANDER, Role.UNKNOWN):
                draft.say(ReplyKind.ANSWER, draft.phrase("over_ander_wissel"))
                draft.answer = answer.id
                text = draft.pick(answer.id, "t", answer.voiced(draft.polite).texts)
                draft.say(ReplyKind.REFERRAL, text, referrals(draft))
            else:
                tell_situation.give(draft, answer, referrals(draft))
            tell_situation.follow_up(draft, answer)
            return draft.done()
    name = {Role.CHILD: "ik_ben_kind", Role.BYSTANDER: "over_ander"}.get(role, "over_mij")
    draft.say(ReplyKind.ANSWER, draft.phrase(name))
    return draft.done()


def _role_said(turn: Turn) -> Role:
    """The role that follows from what was said; under 18 stays ``child`` whoever it is about."""
    if turn.understanding.intent == "i_am_child" or turn.assessment.role is Role.CHILD:
        return Role.CHILD
    if turn.understanding.intent == "about_self":
        return turn.assessment.role if turn.assessment.role is Role.PERPETRATOR else Role.VICTIM
    return turn.assessment.role if turn.assessment.role is Role.PROFESSIONAL else Role.BYSTANDER


def human(turn: Turn) -> Advice:
    """A person was asked for: say what is possible now, with who can be called meanwhile."""
    draft = Draft.of(turn)
    lines = (ReferralLine("handover", WHY_PERSON), *referrals(draft, "human_request", limit=2))
    draft.say(ReplyKind.REFERRAL, draft.phrase("mens"), lines, choices(("handover",), draft.child))
    draft.effect = "handover"
    return draft.done()


def private(turn: Turn) -> Advice:
    """Somebody may be reading along: short, and only what can be answered with one tap."""
    draft = Draft.of(turn)
    draft.assessment = with_urgency(turn.assessment, higher(turn.assessment.urgency, Urgency.UNCLEAR))
    draft.say(ReplyKind.ANSWER, draft.phrase("niet_vrij"))
    tell_danger.ask(draft)
    return draft.done()


def easy(turn: Turn) -> Advice:
    """Simpler words from now on, or the last answer once more."""
    draft = Draft.of(turn)
    answer = answer_content.load().get(turn.memory.answer or "")
    if turn.understanding.intent == "simpler":
        draft.easy = turn.chosen_value != "off"
        draft.effect = "easy_on" if draft.easy else "easy_off"
    if tell_steps.is_step(turn.memory.answer):
        return tell_steps.again(draft)
    if answer is None:
        name = "makkelijk_aan" if draft.easy else "verder"
        draft.say(ReplyKind.ANSWER, draft.phrase(name), (), choices(_START, draft.child))
        return draft.done()
    answer = answer.voiced(draft.polite)
    text = answer.easy if draft.easy and answer.easy else answer.texts[0]
    draft.say(ReplyKind.REFERRAL, text, referrals(draft))
    tell_situation.add_choices(draft, answer)
    return draft.done()


def end(turn: Turn) -> Advice:
    """Stop, wipe and goodbye: the gateway does what must be done."""
    draft = Draft.of(turn)
    name, effect = {"wipe": ("wis_bevestigd", "wipe"), "stop": ("stop", "stop")}.get(
        turn.understanding.intent, ("dag", None)
    )
    draft.say(
        ReplyKind.SYSTEM if effect else ReplyKind.ANSWER,
        draft.phrase(name),
        (),
        choices(("wipe",), draft.child),
    )
    draft.effect = effect
    return draft.done()


def small(turn: Turn) -> Advice:
    """Thanks, yes, no, "weet ik niet", small talk: short, and back to what matters."""
    draft = Draft.of(turn)
    intent = turn.understanding.intent
    skipped = intent in ("skip", "deny", "dont_know") and turn.memory.asked in (
        OpenQuestion.REGION,
        OpenQuestion.ABOUT,
        OpenQuestion.AGE,
    )
    name = {"thank": "graag_gedaan", "smalltalk": "praatje"}.get(intent, "overgeslagen" if skipped else "verder")
    answer = answer_content.load().get(turn.memory.answer or "")
    if intent == "affirm" and (answer is not None or tell_steps.is_step(turn.memory.answer)):
        return tell_situation.more(turn)
    draft.say(ReplyKind.ANSWER, draft.phrase(name))
    if answer is not None:
        tell_situation.add_choices(draft, answer)
    else:
        last = draft.replies.pop()
        draft.say(last.kind, last.text, (), choices(_START, draft.child))
    return draft.done()


def outside(turn: Turn) -> Advice:
    """Not our subject, or not meant seriously: a door stays open."""
    draft = Draft.of(turn)
    name = "misbruik" if turn.understanding.intent == "abuse_of_service" else "buiten_onderwerp"
    draft.say(ReplyKind.ANSWER, draft.phrase(name), referrals(draft), choices(_START, draft.child))
    return draft.done()


def language(turn: Turn) -> Advice:
    """Another language: the fixed text in that language, and the numbers."""
    draft = Draft.of(turn)
    text = phrase_content.load().in_language(turn.understanding.language)
    lines = list(referrals(draft))
    if not any(line.id == "112" for line in lines):
        maybe_now = turn.assessment.urgency in (Urgency.ACUTE, Urgency.UNCLEAR)
        lines.insert(0 if maybe_now else len(lines), ReferralLine("112", tell_danger.WHY_112["volwassen"]))
    draft.say(ReplyKind.REFERRAL, text, tuple(lines), (ChoiceLine("Nederlands", "/greet"),))
    return draft.done()


def not_understood(turn: Turn) -> Advice:
    """Once: ask again with what it may have meant. Twice: a person and the numbers (DESIGN §6.11)."""
    draft = Draft.of(turn)
    draft.missed = turn.memory.missed + 1
    if tell_danger.told_to_leave(turn):
        # "Ik sta nu buiten": whatever was said, going away was the thing to do.
        draft.say(ReplyKind.REFERRAL, draft.phrase("zelf_weggegaan"), referrals(draft))
        tell_situation.add_choices(draft, answer_content.load().find("ask_stop_hitting", Role.PERPETRATOR))
        return draft.done()
    complained = turn.understanding.intent == "not_understood_me"
    if draft.missed == 1 and not complained:
        names = tuple(name for name in turn.understanding.alternatives if name in answer_content.load().buttons)
        draft.say(
            ReplyKind.QUESTION,
            draft.phrase("niet_begrepen"),
            (),
            choices((*names[:3], "human_request"), draft.child),
        )
        draft.asked = OpenQuestion.MEANING
        return draft.done()
    name = "bot_schiet_tekort" if complained else "niet_begrepen_weer"
    lines = (ReferralLine("handover", WHY_PERSON), *referrals(draft, "human_request", limit=2))
    draft.say(ReplyKind.REFERRAL, draft.phrase(name), lines, choices(("handover",), draft.child))
    return draft.done()
