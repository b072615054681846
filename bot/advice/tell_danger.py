"""What is said first when there is danger now, and how the bot stays afterwards. Used by engine and gateway alike.

The first reply starts with 112 in at most two short sentences and a button to call.
"""

from collections.abc import Collection

from bot.advice import phrases as phrase_content
from bot.advice.advisor import (
    Advice,
    ChoiceLine,
    Draft,
    ReferralLine,
    Say,
    Turn,
    choices,
    referrals,
    with_urgency,
)
from bot.advice.vocabulary import OpenQuestion, ReplyKind, Role, Topic, Urgency

WHY_112 = {
    "volwassen": "Zij sturen meteen politie of een ambulance.",
    "kind": "Zij sturen meteen iemand die helpt.",
}

_BY_KIND = (
    ("about_to_hurt", "zelf"),
    ("overdose", "pillen"),
    ("suicide_now", "leven"),
    ("medical", "medisch"),
)


def _flavour(kinds: Collection[str], role: Role, topics: Collection[Topic] = ()) -> str:
    if "about_to_hurt" in kinds and Topic.CHILD_ABUSE in topics:
        # A parent may be holding a baby: first the child safe, then out of the room.
        return "kind"
    for kind, flavour in _BY_KIND:
        if kind in kinds:
            return flavour
    if Topic.SUICIDALITY in topics and role is not Role.BYSTANDER:
        return "leven"
    if Topic.OWN_AGGRESSION in topics and role is Role.PERPETRATOR:
        return "zelf"
    return "ander" if role in (Role.BYSTANDER, Role.PROFESSIONAL) else ""


def first(kinds: Collection[str], role: Role, topics: Collection[Topic] = (), *, polite: bool = False) -> Say:
    """The danger reply itself: 112, at most two short sentences, a button to call. ``polite``: with "u"."""
    child = role is Role.CHILD
    flavour = _flavour(kinds, role, topics)
    known = phrase_content.load()
    text = known.of(f"gevaar_{flavour}" if flavour else "gevaar", child=child, polite=polite)[0]
    return Say(ReplyKind.DANGER, text, (ReferralLine("112", WHY_112["kind" if child else "volwassen"]),))


def tell(turn: Turn) -> Advice:
    """Danger now: 112 first (unless the gateway showed it already), then stay, with who else is there."""
    draft = Draft.of(turn)
    draft.assessment = with_urgency(turn.assessment, Urgency.ACUTE)
    kinds, topics = turn.understanding.kinds, turn.assessment.topics
    if not turn.danger_shown:
        draft.replies.append(first(kinds, draft.assessment.role, topics, polite=draft.polite))
    flavour = _flavour(kinds, draft.assessment.role, topics)
    name = f"gevaar_blijven_{flavour}" if flavour in ("pillen", "leven", "zelf", "kind") else "gevaar_blijven"
    others = tuple(one for one in referrals(draft) if one.id != "112")
    draft.say(ReplyKind.REFERRAL, draft.phrase(name), others, choices(("safe_now", "human_request"), draft.child))
    draft.asked = OpenQuestion.DANGER
    return draft.done()


def ask(draft: Draft, others: tuple[ReferralLine, ...] = ()) -> None:
    """Add the one question about danger, with 112 in sight and first; ``others`` may help too."""
    other = draft.assessment.role in (Role.BYSTANDER, Role.PROFESSIONAL)
    text = draft.phrase("gevaar_vraag_ander" if other else "gevaar_vraag")
    why = WHY_112["kind" if draft.child else "volwassen"]
    lines = (ReferralLine("112", why), *(one for one in others if one.id != "112"))
    yes_no = (ChoiceLine("Ja", "/affirm"), ChoiceLine("Nee", "/deny"), ChoiceLine("Weet ik niet", "/dont_know"))
    draft.say(ReplyKind.QUESTION, text, lines, yes_no)
    draft.asked = OpenQuestion.DANGER


def told_to_leave(turn: Turn) -> bool:
    """Whether somebody who hurts was told to go away, and now says something that is no danger."""
    mine = turn.assessment.role is Role.PERPETRATOR
    calm = turn.understanding.sighting.urgency not in (Urgency.ACUTE, Urgency.UNCLEAR)
    return mine and calm and turn.memory.asked is OpenQuestion.DANGER


def answer(turn: Turn) -> Advice:
    """The answer to "is er nu gevaar?"; also "het gevaar is nu weg"."""
    if turn.understanding.intent == "affirm":
        return tell(turn)
    draft = Draft.of(turn)
    if turn.understanding.intent == "dont_know":
        draft.say(
            ReplyKind.DANGER,
            draft.phrase("gevaar_weet_niet"),
            (
                ReferralLine("112", WHY_112["kind" if draft.child else "volwassen"]),
                *referrals(draft, limit=1),
            ),
            choices(("safe_now", "human_request"), draft.child),
        )
        return draft.done()
    if turn.before.urgency in (Urgency.UNCLEAR, Urgency.ACUTE):
        draft.assessment = with_urgency(turn.assessment, Urgency.URGENT)
    hurts = draft.child and Topic.OWN_AGGRESSION in draft.assessment.topics
    own = hurts or draft.assessment.role is Role.PERPETRATOR
    draft.say(
        ReplyKind.ANSWER,
        draft.phrase("zelf_weggegaan" if own else "gevaar_nee"),
        referrals(draft),
        choices(("ask_stop_hitting" if own else "ask_safety_plan", "tell_more", "human_request"), draft.child),
    )
    return draft.done()
