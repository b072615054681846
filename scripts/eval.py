"""``make eval``: starts the product privately, asks it the validation set, and prints every figure with its interval.

``--folds`` adds five-fold figures of the training examples, ``--ablation`` what each view of the features earns,
``--misses FILE`` writes what went wrong, ``--write`` puts the tables into docs/understanding.md.
"""

import argparse
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from scripts import services
from scripts.evaluation import folds, product, sets
from scripts.evaluation.figures import Figures
from scripts.evaluation.running import running_product

PAGE = services.ROOT / "docs" / "understanding.md"
MARK = "<!-- figures -->"

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


def main() -> int:
    """Measure; exit code 0 whenever it could be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    for flag in ("--folds", "--ablation", "--write"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--misses", type=Path)
    options = parser.parse_args()
    notes: list[str] = []
    with running_product() as base:
        client = product.Client(base)
        figures = product.ask_messages(client, sets.messages(), notes.append)
        stories = product.play_stories(client, sets.stories(), notes.append)
    lines = [f"{datetime.now():%Y-%m-%d %H:%M}, commit {_commit()}, whole product over its API", ""]
    lines += _lines(figures, stories)
    if options.folds:
        lines += ["", *folds.five(sets.corpus())]
    if options.ablation:
        lines += ["", *folds.ablation(sets.corpus(), sets.messages())]
    print("\n".join(lines))
    if options.misses:
        options.misses.write_text("\n".join(notes), encoding="utf-8")
    if options.write:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n```text\n" + "\n".join(lines) + "\n```\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
