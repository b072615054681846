"""``make example``: checks one new training example, shows how it is understood now, and writes it to data/nlu.

``--text … --intent … --role … --topics a,b --urgency … --voice …`` adds one line; ``--check`` writes nothing;
``--train`` also trains and shows what changed in the figures. ``--report TOPIC`` shows where a topic that counsellors
flag as not understood has few examples. The words must be the editor's own: nothing that a visitor typed.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence

from bot.advice import redaction
from bot.advice.vocabulary import Topic
from scripts.content import intents
from scripts.evaluation import editing, quick, sets
from scripts.evaluation.coverage import thin
from scripts.evaluation.sets import Example


def _example(options: argparse.Namespace) -> Example:
    topics = frozenset(one.strip() for one in options.topics.split(",") if one.strip())
    return Example(options.text.strip(), options.intent, options.role, topics, options.urgency, options.voice, "")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", help="de zin, in je eigen woorden")
    parser.add_argument("--intent")
    parser.add_argument("--role", default="unknown")
    parser.add_argument("--topics", default="", help="met komma's ertussen")
    parser.add_argument("--urgency", default="none")
    parser.add_argument("--voice", default="plain")
    parser.add_argument("--check", action="store_true", help="alleen controleren, niets schrijven")
    parser.add_argument("--train", action="store_true", help="daarna trainen en de cijfers vergelijken")
    parser.add_argument("--report", metavar="TOPIC", choices=[topic.value for topic in Topic])
    return parser


def _changed(before: quick.Measured, after: quick.Measured) -> list[str]:
    rows = zip(before.lines, after.lines, strict=True)
    told = [f"  voor  {one}\n  na    {other}" if one != other else f"  gelijk {one}" for one, other in rows]
    return [*told, f"  anders begrepen: {quick.differing(before, after)} van {len(after.answers)} berichten"]


def _train(before: Sequence[Example]) -> None:
    print("De cijfers op de validatieberichten, zonder en met deze zin (een paar minuten):", flush=True)
    print("\n".join(_changed(quick.measure(before), quick.measure(sets.corpus()))))
    subprocess.run([sys.executable, "-W", "ignore", "-m", "bot.engine.training"], check=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when the example was added or may be added, 2 with the reasons when not."""
    parser = _parser()
    options = parser.parse_args(arguments)
    examples = sets.corpus()
    if options.report:
        print("\n".join(thin(examples, options.report)))
        return 0
    if not options.text or not options.intent:
        parser.error("--text en --intent zijn nodig (of --report)")
    example = _example(options)
    known = editing.Known.of(examples, sets.messages(), sets.stories(), intents() - {"nlu_fallback"})
    wrong = editing.faults(example, known, redaction.load())
    if wrong:
        print("Niet toegevoegd:\n" + "\n".join(f"  - {one}" for one in wrong))
        return 2
    print("Zo begrijpt het model van nu deze zin:\n" + "\n".join(f"  {one}" for one in quick.present(example.text)))
    if options.check:
        print("In orde; er is niets geschreven (--check).")
        return 0
    print(f"Toegevoegd aan data/nlu/{editing.add(example, examples).name}")
    if options.train:
        _train(examples)
    else:
        print("Het model kent de zin pas na 'make train'; 'make eval' geeft alle cijfers.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
