"""``make catalogue``: one HTML page with everything the bot can say, for experts to review and tick off.

``python -m scripts.catalogue [file]``. Must not change content; prints where the page is.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.advice import answers as answer_content
from bot.advice import directory as directory_content
from bot.advice import phrases as phrase_content
from bot.advice import referral as referral_content
from bot.advice.answers import Answer, Answers
from bot.advice.assessment import Assessment
from bot.advice.checked import Checked
from bot.advice.errors import BadContent
from bot.advice.hours import AMSTERDAM
from bot.advice.paths import Step
from bot.advice.render import render_referral
from bot.advice.vocabulary import Role, Topic, Urgency
from scripts.catalogue_page import Bubbles, Entry, Section, page
from scripts.content_steps import Flows

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "catalogue.html"
AFTERNOON = datetime(2026, 11, 24, 14, 0, tzinfo=AMSTERDAM)
"""The moment of the referrals in the previews: a Tuesday, when most lines are open."""

EVERYBODY = "iedereen"
ROLES = {
    Role.VICTIM: "slachtoffer",
    Role.BYSTANDER: "omstander",
    Role.CHILD: "kind of jongere",
    Role.PERPETRATOR: "wie zelf geweld gebruikt",
    Role.PROFESSIONAL: "professional",
    Role.UNKNOWN: "nog niet bekend",
}


def _checked(origin: Checked) -> str:
    return (
        f"Gecontroleerd op {origin.checked_on.isoformat()}, opnieuw vóór {origin.check_again_before.isoformat()}, "
        f"status {origin.status}."
    )


def _reader(roles: frozenset[Role]) -> str:
    return ", ".join(ROLES[role] for role in Role if role in roles) or EVERYBODY


def _referrals(answer: Answer) -> Iterator[str]:
    """The cards under this answer, as a visitor would see them on an afternoon."""
    role = next((role for role in Role if role in answer.roles), Role.UNKNOWN)
    topics = tuple(Topic(key) for key in answer.keys if key in set(Topic))
    known = Assessment(role=role, topics=topics, urgency=Urgency.NORMAL if topics else Urgency.NONE)
    directory = directory_content.load()
    for one in referral_content.load().choose(known, AFTERNOON, signals=frozenset((*answer.keys, *answer.kinds))):
        card = render_referral(one.id, one.why, AFTERNOON, directory)
        seen = ("phone", "hours", "cost", "chat_url")
        yield f"{card['name']}: {card['why']} ({'; '.join(str(card[name]) for name in seen if card[name])})"


def _titles(names: Sequence[str], content: Answers, roles: frozenset[Role]) -> tuple[str, ...]:
    child = roles == {Role.CHILD}
    shown = [content.buttons[name] for name in names if name in content.buttons]
    return tuple(button.child_title if child else button.title for button in shown)


def _previews(answer: Answer) -> Iterator[Bubbles]:
    """The first answer once per variant, then what comes when more is asked, then easy language."""
    for number, text in enumerate(answer.texts):
        opening = answer.recognition[number % len(answer.recognition)] if answer.recognition else None
        yield Bubbles(f"Antwoord, variant {number + 1}", (opening, text) if opening else (text,))
    spare = answer.recognition[len(answer.texts) :]
    if spare:
        yield Bubbles("Andere eerste zinnen", spare)
    if answer.more:
        yield Bubbles("Bij ‘vertel meer’", answer.more)
    if answer.say:
        yield Bubbles("Bij ‘wat moet ik dan zeggen?’", (answer.say,))
    if answer.angry:
        yield Bubbles("Bij ‘en als diegene boos wordt?’", (answer.angry,))
    if answer.easy:
        yield Bubbles("In makkelijke taal", (answer.easy,))
    polite = answer.voiced(True)
    parts = (*polite.recognition, *polite.texts, *polite.more, polite.say, polite.angry, polite.easy)
    own = {*answer.recognition, *answer.texts, *answer.more, answer.say, answer.angry, answer.easy}
    changed = tuple(part for part in parts if part and part not in own)
    if changed:
        yield Bubbles("Dezelfde teksten met ‘u’", changed)


def _answer(answer: Answer, content: Answers) -> Entry:
    origin = Checked(answer.sources, answer.checked_on, answer.check_again_before, answer.status)
    special = ", ".join(sorted(answer.kinds | answer.relations | answer.beside))
    reader = f"{_reader(answer.roles)}; alleen bij: {special}" if special else _reader(answer.roles)
    return Entry(
        id=answer.id,
        reader=reader,
        previews=tuple(_previews(answer)),
        buttons=_titles(answer.buttons, content, answer.roles),
        referrals=tuple(_referrals(answer)),
        sources=answer.sources,
        checked=_checked(origin),
        status=answer.status,
    )


def _answer_sections(content: Answers) -> Iterator[Section]:
    """One section per topic or question, in the order of the files."""
    by_key: dict[str, list[Answer]] = {}
    for answer in content.all:
        by_key.setdefault(answer.keys[0], []).append(answer)
    for key, group in by_key.items():
        title = content.buttons[key].title if key in content.buttons else key
        yield Section(f"{title} ({key})", tuple(_answer(answer, content) for answer in group))


def _flow_sections(flows: Flows, content: Answers) -> Iterator[Section]:
    """Paths, cards and call lists."""
    for path in flows.paths.all:
        steps = tuple(
            Entry(
                step.id,
                _reader(step.roles) if step.roles else "alle volwassenen",
                _step_previews(step),
                _titles(step.buttons, content, step.roles),
                (),
                step.origin.sources,
                _checked(step.origin),
                step.origin.status,
            )
            for step in path.steps
        )
        yield Section(f"Stappen: {path.title}", steps)
    cards = tuple(
        Entry(
            card.id,
            _reader(card.roles),
            (Bubbles("Op het volle scherm", (card.sentence,)), Bubbles("Voor wie het leest", card.receiver)),
            (),
            (),
            card.origin.sources,
            _checked(card.origin),
            card.origin.status,
        )
        for card in flows.cards.all
    )
    yield Section("Praatkaarten", cards)
    yield Section("Belhulp", tuple(_call_entries(flows)))


def _step_previews(step: Step) -> tuple[Bubbles, ...]:
    previews = (Bubbles(step.heading, step.texts), Bubbles("In makkelijke taal", (step.easy,)))
    polite = (*step.polite_texts, step.polite_easy)
    changed = tuple(text for text in polite if text not in (*step.texts, step.easy))
    return (*previews, Bubbles("Dezelfde teksten met ‘u’", changed)) if changed else previews


def _call_entries(flows: Flows) -> Iterator[Entry]:
    for known in flows.calls.all:
        asked = tuple(
            Bubbles(question.text, tuple(f"{one.title}: {one.line or '(niets)'}" for one in question.choices))
            for question in known.questions
        )
        closing = Bubbles("Onder het lijstje", (known.ready,))
        yield Entry(
            known.id,
            _reader(known.roles),
            (*asked, closing),
            (),
            (),
            known.origin.sources,
            _checked(known.origin),
            known.origin.status,
        )


def _fixed_section() -> Section:
    """The fixed sentences of the conversation."""
    entries = []
    for name, audiences in phrase_content.load().variants.items():
        previews = tuple(Bubbles(audience, lines) for audience, lines in audiences.items())
        checked = "Bron en datum staan bovenin vaste_teksten.yml."
        entries.append(Entry(f"vast.{name}", EVERYBODY, previews, (), (), (), checked, "ok"))
    return Section("Vaste zinnen van het gesprek", tuple(entries))


def build(made_on: str) -> str:
    """The page. Raises ``BadContent`` when a content file cannot be read."""
    content, flows = answer_content.read(), Flows.load()
    sections = (*_answer_sections(content), *_flow_sections(flows, content), _fixed_section())
    return page(sections, made_on)


def main(arguments: Sequence[str] = ()) -> int:
    """Write the page and print its path."""
    place = Path(arguments[0]) if arguments else PLACE
    try:
        text = build(datetime.now(AMSTERDAM).date().isoformat())
    except BadContent as problem:
        print(f"Fout: {problem}")
        return 1
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    print(f"{text.count('<article')} teksten: {place}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
