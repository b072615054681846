"""Leads through what takes more than one answer: paths, the safety plan, talk cards and the call helper.

Everything is chosen with buttons: the place in a flow travels in the payload (``/tell_more:pad-advies-ja-2``), so
nothing of it is kept. Must not write a sentence of its own; texts come from the content files.
"""

import re
from dataclasses import replace

from bot.advice import call_lists, paths, talk_cards, tell_danger
from bot.advice import phrases as phrase_content
from bot.advice.advisor import Advice, ChoiceLine, Draft, Turn, choices, referrals, with_urgency
from bot.advice.assessment import higher
from bot.advice.call_lists import CallChoice, CallList
from bot.advice.paths import GuidedPath, Step
from bot.advice.vocabulary import ReplyKind, Urgency, YesNo

INTENT = "tell_more"
"""The intent that the buttons use: no intent of their own is needed, so the model stays as it is."""

PATH, CARD, CALL = "pad", "praatkaart", "bel"
_SITE_END = re.compile(r"\.[a-z]{2,3}$")
_CHILDREN = {"ja": YesNo.YES, "nee": YesNo.NO}


def payload(*parts: str) -> str:
    """The payload of a place in a flow, with its slash."""
    return f"/{INTENT}:{'-'.join(parts)}"


def leads(turn: Turn) -> bool:
    """Whether this turn chose a place in one of the flows."""
    return turn.chosen_value.partition("-")[0] in (PATH, CARD, CALL)


def tell(turn: Turn) -> Advice:
    """Say the chosen place of a flow; an unknown place shows the menu again."""
    draft = Draft.of(turn)
    kind, *parts = turn.chosen_value.split("-")
    if kind == CARD:
        _card(draft, parts)
    elif kind == CALL:
        return _call(draft, parts)
    else:
        _path(draft, parts)
    return draft.done()


def is_step(answer_id: str | None) -> bool:
    """Whether the last thing said was a step of a path."""
    return paths.load().step(answer_id) is not None


def again(draft: Draft) -> Advice:
    """The step that was said last, once more (in easy language when that is on)."""
    path, steps, place = _last(draft)
    if path is None or not steps:
        _menu(draft)
    else:
        _say_step(draft, path, steps, place)
    return draft.done()


def onwards(turn: Turn) -> Advice:
    """ "Vertel meer" and "ja" after a step: the next one; after the last one the menu."""
    draft = Draft.of(turn)
    path, steps, place = _last(draft)
    if path is None or place + 1 >= len(steps):
        _menu(draft)
    else:
        _say_step(draft, path, steps, place + 1)
    return draft.done()


def _last(draft: Draft) -> tuple[GuidedPath | None, tuple[Step, ...], int]:
    last = paths.load().step(draft.turn.memory.answer)
    path = paths.load().get(last.path) if last else None
    if last is None or path is None:
        return None, (), 0
    steps = path.for_reader(draft.assessment.role, draft.assessment.children_present)
    return path, steps, steps.index(last) if last in steps else 0


def _button(name: str, draft: Draft) -> str:
    """The title of a fixed button."""
    return phrase_content.load().of(name, child=draft.child, easy=draft.easy)[0]


def _menu(draft: Draft) -> None:
    found = paths.load().menu(draft.assessment.role)
    lines = tuple(ChoiceLine(path.titled(draft.child), payload(PATH, path.id)) for path in found)
    draft.say(ReplyKind.QUESTION, draft.phrase("pad_menu"), (), lines)


def _path(draft: Draft, parts: list[str]) -> None:
    path = paths.load().get(parts[0]) if parts else None
    if path is None:
        _menu(draft)
        return
    rest = parts[1:]
    if rest and rest[0] in _CHILDREN:
        draft.assessment = replace(draft.assessment, children_present=_CHILDREN[rest.pop(0)])
    elif path.asks_children and not draft.child and not rest and draft.assessment.children_present is None:
        yes_no = tuple(
            ChoiceLine(_button(f"knop_kinderen_{word}", draft), payload(PATH, path.id, word)) for word in _CHILDREN
        )
        skip = ChoiceLine(_button("knop_kinderen_stil", draft), payload(PATH, path.id, "1"))
        draft.say(ReplyKind.QUESTION, draft.phrase("pad_kinderen"), (), (*yes_no, skip))
        return
    steps = path.for_reader(draft.assessment.role, draft.assessment.children_present)
    if not steps:
        _menu(draft)
        return
    wanted = int(rest[0]) if rest and rest[0].isdecimal() else 1
    _say_step(draft, path, steps, min(max(wanted, 1), len(steps)) - 1)


def _say_step(draft: Draft, path: GuidedPath, steps: tuple[Step, ...], place: int) -> None:
    """Heading with the place in the path, then the messages; the last one names its source and has the buttons."""
    step = steps[place]
    draft.answer = step.id
    stop = "" if step.heading.endswith("?") else ":"
    heading = f"Stap {place + 1} van {len(steps)}. {step.heading}{stop}"
    messages = step.said(polite=draft.polite, easy=draft.easy)
    messages = (f"{heading} {messages[0]}", *messages[1:])
    if not draft.child and not draft.easy:
        messages = (*messages[:-1], f"{messages[-1]} {source_line(step.origin.sources)}")
    last = place + 1 == len(steps)
    lines = referrals(draft, limit=2) if last else ()
    for text in messages[:-1]:
        draft.say(ReplyKind.ANSWER, text)
    kind = ReplyKind.REFERRAL if lines else ReplyKind.ANSWER
    draft.say(kind, messages[-1], lines, _around(draft, path, steps, place))


def _around(draft: Draft, path: GuidedPath, steps: tuple[Step, ...], place: int) -> tuple[ChoiceLine, ...]:
    """Next, back, what the step itself offers, and a person at the end."""
    around = []
    if place + 1 < len(steps):
        around.append(ChoiceLine(_button("knop_volgende", draft), payload(PATH, path.id, str(place + 2))))
    if place > 0:
        around.append(ChoiceLine(_button("knop_vorige", draft), payload(PATH, path.id, str(place))))
    around.extend(choices(steps[place].buttons, draft.child))
    if place + 1 == len(steps):
        around.append(ChoiceLine(_button("knop_andere_stap", draft), payload(PATH)))
    return (*around, *choices(("human_request",), draft.child))


def source_line(sources: tuple[str, ...]) -> str:
    """Who says so, for a visitor: the organisations of at most two sources. Addresses stand in the directory only,
    so a source that is known by its site goes last, and without the end of its name."""
    names = sorted(dict.fromkeys(source.partition(",")[0].strip() for source in sources), key=_is_site)
    return f"(Bron: {'; '.join(_SITE_END.sub('', name) for name in names[:2])})"


def _is_site(name: str) -> bool:
    return bool(_SITE_END.search(name))


def _card(draft: Draft, parts: list[str]) -> None:
    """The sentence first and alone, so that the page can show it large; then what the reader of it should do."""
    known = talk_cards.load()
    card = known.get(parts[0]) if parts else None
    offered = known.for_role(draft.assessment.role)
    lines = tuple(ChoiceLine(one.title, payload(CARD, one.name)) for one in offered if one is not card)
    if card is None:
        name = "kaart_menu" if offered else "kaart_geen"
        draft.say(ReplyKind.QUESTION, draft.phrase(name), (), (*lines, *choices(("human_request",), draft.child)))
        return
    draft.say(ReplyKind.ANSWER, card.sentence)
    for text in card.receiver:
        draft.say(ReplyKind.ANSWER, text)
    draft.say(ReplyKind.ANSWER, draft.phrase("kaart_uitleg"), (), (*lines, *choices(("human_request",), draft.child)))


def _call(draft: Draft, parts: list[str]) -> Advice:
    """One question at a time; after the last one the list to read out. Danger now goes first and ends it."""
    known = call_lists.load().for_role(draft.assessment.role)
    if known is None:
        _menu(draft)
        return draft.done()
    chosen = known.chosen(parts)
    _learn(draft, chosen)
    if chosen and chosen[-1].now:
        return tell_danger.tell(replace(draft.turn, assessment=draft.assessment))
    if len(chosen) < len(known.questions):
        _ask(draft, known, [one.name for one in chosen])
    else:
        _list(draft, known, chosen)
    return draft.done()


def _learn(draft: Draft, chosen: tuple[CallChoice, ...]) -> None:
    """What a button says about urgency and children holds for the chat too."""
    children = next((one.children for one in chosen if one.children), None)
    if children:
        draft.assessment = replace(draft.assessment, children_present=children)
    if any(one.serious for one in chosen):
        draft.assessment = with_urgency(draft.assessment, higher(draft.assessment.urgency, Urgency.URGENT))


def _ask(draft: Draft, known: CallList, names: list[str]) -> None:
    question = known.questions[len(names)]
    lines = tuple(ChoiceLine(one.title, payload(CALL, *names, one.name)) for one in question.choices)
    if not names:
        draft.say(ReplyKind.ANSWER, draft.phrase("bel_begin"))
    else:
        lines = (*lines, ChoiceLine(_button("knop_vorige_vraag", draft), payload(CALL, *names[:-1])))
    draft.say(ReplyKind.QUESTION, question.text, (), lines)


def _list(draft: Draft, known: CallList, chosen: tuple[CallChoice, ...]) -> None:
    """The list in two short messages, what to keep at hand, and whom to call."""
    points = [one.line for one in chosen if one.line]
    half = (len(points) + 1) // 2
    draft.say(ReplyKind.ANSWER, draft.phrase("bel_lijst"))
    for part in (points[:half], points[half:]):
        if part:
            draft.say(ReplyKind.ANSWER, "\n".join(f"– {point}" for point in part))
    around = (
        ChoiceLine(_button("knop_opnieuw", draft), payload(CALL)),
        *choices(("ask_call_veilig_thuis", "human_request"), draft.child),
    )
    draft.say(ReplyKind.REFERRAL, known.ready, referrals(draft, limit=2), around)
