"""``make eval``: starts the product privately, asks it the validation set, and prints every figure with its interval.

``--folds [N]`` adds N-fold figures of the training examples (5), ``--ablation`` what each view of the features earns,
``--coverage`` counts the examples, ``--only`` leaves the product out, ``--misses FILE`` writes what went wrong and
``--write`` puts each table between its marks in docs/understanding.md.
"""

import argparse
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from scripts import services
from scripts.evaluation import coverage, folds, page, product, sets
from scripts.evaluation.figures import Figures
from scripts.evaluation.running import running_product

MESSAGES = (
    "role accuracy",
    "topic recall",
    "topic precision",
    "acute recall",
    "false acute on near misses",
    "false acute on all others",
    "unclear asks the question",
    "referral recall (first wanted)",
    "first referral right",
    "forbidden referral",
    "other language recognised",
    "Dutch taken for another language",
)


def _lines(figures: Figures, stories: Figures) -> list[str]:
    lines = [*figures.lines(MESSAGES), *stories.lines(("conversations fully right", "turns right"))]
    lines += ["", "Per voice: role accuracy, topic recall, first wanted referral"]
    for voice in sorted(figures.groups["role accuracy"]):
        parts = [figures.groups[name][voice] for name in (MESSAGES[0], MESSAGES[1], MESSAGES[7])]
        lines.append(f"  {voice:16} " + "  ".join(f"{100 * one.value:5.1f} % ({one.total})" for one in parts))
    for name in ("role", "topic", "referral"):
        lines += ["", f"Most confused {name}s: wanted, got, times"]
        lines += [f"  {a:28} {b:40} {n}" for (a, b), n in figures.confused[name].most_common(12)]
    return lines


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, cwd=services.ROOT).stdout.strip() or "none"


def _product(misses: Path | None) -> list[str]:
    notes: list[str] = []
    with running_product() as base:
        client = product.Client(base)
        figures = product.ask_messages(client, sets.messages(), notes.append)
        stories = product.play_stories(client, sets.stories(), notes.append)
    if misses:
        misses.write_text("\n".join(notes), encoding="utf-8")
    return [f"{_stamp()}, whole product over its API", "", *_lines(figures, stories)]


def _stamp() -> str:
    return f"{datetime.now():%Y-%m-%d %H:%M}, commit {_commit()}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for flag in ("--ablation", "--coverage", "--only", "--write"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--folds", type=int, nargs="?", const=5, default=0)
    parser.add_argument("--misses", type=Path)
    return parser.parse_args()


def main() -> int:
    """Measure; exit code 0 whenever it could be measured."""
    options = _options()
    tables: dict[str, list[str]] = {}
    if not options.only:
        tables["figures"] = _product(options.misses)
    if options.folds:
        tables["folds"] = [_stamp(), *folds.held_out(sets.corpus(), options.folds)]
    if options.ablation:
        tables["ablation"] = [_stamp(), *folds.ablation(sets.corpus(), sets.messages())]
    if options.coverage:
        tables["coverage"] = [_stamp(), *coverage.table(sets.corpus())]
    for name, lines in tables.items():
        print("\n".join([*lines, ""]))
        if options.write:
            page.put(name, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
