"""The checks of ``make content`` on flows of several steps: paths, talk cards and the call helper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.advice import call_lists, paths, talk_cards, tell_steps
from bot.advice.answers import Answers
from bot.advice.call_lists import CallList, CallLists
from bot.advice.paths import Paths
from bot.advice.talk_cards import TalkCards
from bot.advice.vocabulary import Role, YesNo
from scripts.content_checks import Text, checked_in_time, polite_twin, sentences

MESSAGES = 3
TITLE = 36
VALUE = 60
"""How long the value of a button may be on its way to the engine."""

CHILD, ADULT, EASY = "kind", "volwassen", "makkelijk"


@dataclass(frozen=True)
class Flows:
    """Everything that takes more than one answer."""

    paths: Paths
    cards: TalkCards
    calls: CallLists

    @classmethod
    def load(cls) -> "Flows":
        """The flows of this installation. Raises ``BadContent``."""
        return cls(paths.read(), talk_cards.read(), call_lists.read())


def _reader(roles: Iterable[Role]) -> str:
    return CHILD if set(roles) == {Role.CHILD} else ADULT


def texts(flows: Flows) -> Iterator[Text]:
    """Every text of every flow, with its reader."""
    for path in flows.paths.all:
        for step in path.steps:
            reader = _reader(step.roles)
            yield from (Text(step.file, step.id, "tekst", reader, text) for text in step.texts)
            yield Text(step.file, step.id, "makkelijk", EASY, step.easy)
            if reader == ADULT:
                for plain, polite in zip(step.texts, step.polite_texts, strict=True):
                    yield from polite_twin(Text(step.file, step.id, "tekst", reader, plain), polite)
                yield from polite_twin(Text(step.file, step.id, "makkelijk", EASY, step.easy), step.polite_easy)
    yield from _without_form(_cards(flows))
    yield from _without_form(_calls(flows))


def _cards(flows: Flows) -> Iterator[Text]:
    for card in flows.cards.all:
        yield Text(card.file, card.id, "kaart", _reader(card.roles), card.sentence)
        # Whoever reads the card is an adult, also when a child shows it.
        yield from (Text(card.file, card.id, "ontvanger", ADULT, text) for text in card.receiver)


def _calls(flows: Flows) -> Iterator[Text]:
    for known in flows.calls.all:
        reader = _reader(known.roles)
        yield Text(known.file, known.id, "leg_klaar", reader, known.ready)
        for question in known.questions:
            yield Text(known.file, known.id, "vraag", reader, question.text)
            yield from (
                Text(known.file, known.id, f"keuze {one.name}", reader, one.line)
                for one in question.choices
                if one.line
            )


def _without_form(found: Iterable[Text]) -> Iterator[Text]:
    """Texts that have no twin with "u": for adults they must say neither "je" nor "u"."""
    for text in found:
        yield text
        if text.audience == ADULT:
            yield from polite_twin(text, text.text)


def faults(flows: Flows, answers: Answers, today: date) -> Iterator[str]:
    """Sources, lengths, buttons and readers of all flows."""
    for path in flows.paths.all:
        yield from _titles(f"paden, '{path.id}'", (path.title, path.child_title))
        for step in path.steps:
            where = f"{step.file}, '{step.id}'"
            yield from checked_in_time(where, step.origin, today)
            yield from _messages(where, step.texts)
            yield from (
                f"{where}: knop '{name}' staat niet in knoppen.yml"
                for name in step.buttons
                if name not in answers.buttons
            )
        yield from _readers(flows.paths, path.id)
    for card in flows.cards.all:
        yield from checked_in_time(f"{card.file}, '{card.id}'", card.origin, today)
        yield from _titles(f"{card.file}, '{card.id}'", (card.title,))
        if len(card.receiver) > MESSAGES - 1:
            yield f"{card.file}, '{card.id}': hooguit {MESSAGES - 1} berichten voor wie de kaart leest"
    for known in flows.calls.all:
        yield from checked_in_time(f"{known.file}, '{known.id}'", known.origin, today)
        yield from _call(known)
    yield from _buttons(flows, answers)


def _messages(where: str, messages: tuple[str, ...]) -> Iterator[str]:
    if len(messages) > MESSAGES:
        yield f"{where}: een stap heeft hooguit {MESSAGES} berichten"
    if len(sentences(messages[0])) >= MESSAGES:
        yield f"{where}: voor het eerste bericht komt nog een kop; maak er hooguit {MESSAGES - 1} zinnen van"


def _titles(where: str, titles: Iterable[str]) -> Iterator[str]:
    for title in titles:
        if len(title) > TITLE:
            yield f"{where}: de titel '{title}' is te lang voor een knop op een telefoon ({TITLE} tekens)"


def _readers(known: Paths, name: str) -> Iterator[str]:
    """A path that is offered to somebody has at least two steps, with and without children."""
    path = known.get(name)
    if path is None:
        return
    for role in Role:
        for children in (YesNo.YES, YesNo.NO, None):
            count = len(path.for_reader(role, children))
            if count == 1:
                yield f"paden, '{name}': rol '{role}' heeft maar één stap; schrijf er meer, of geen"
        if role is Role.CHILD and not path.for_reader(role, None):
            yield f"paden, '{name}': er zijn geen stappen voor een kind (rol: [child])"


def _call(known: CallList) -> Iterator[str]:
    where = f"{known.file}, '{known.id}'"
    longest = sum(max(len(one.name) for one in question.choices) + 1 for question in known.questions)
    if len(tell_steps.CALL) + longest > VALUE:
        yield f"{where}: de namen van de keuzes zijn samen te lang; maak ze korter"
    for question in known.questions:
        yield from _titles(where, (one.title for one in question.choices))


def _buttons(flows: Flows, answers: Answers) -> Iterator[str]:
    """Every button that leads into a flow finds it."""
    for name in answers.buttons:
        intent, _, value = name.partition(":")
        if intent != tell_steps.INTENT or not value:
            continue
        kind, _, rest = value.partition("-")
        found = {
            tell_steps.PATH: not rest or flows.paths.get(rest) is not None,
            tell_steps.CARD: not rest or flows.cards.get(rest) is not None,
            tell_steps.CALL: not rest,
        }
        if not found.get(kind, False):
            yield f"knoppen.yml: knop '{name}' leidt naar een pad of kaart die niet bestaat"
