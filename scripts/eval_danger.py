"""Measures the danger words on labelled messages and prints the figures. Must not change or print any message
unless asked for misses (`--misses`), and then only of the invented sets.

Usage: python scripts/eval_danger.py [--set data/validation/danger.yml] [--misses]
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# The path comes first: this file is run as a script, from anywhere.
from bot.advice import danger  # noqa: E402
from bot.advice.vocabulary import Danger  # noqa: E402

DEFAULT = ROOT / "data" / "validation" / "danger.yml"


def rows(path: Path) -> list[dict[str, Any]]:
    """One dict per message: text, level, kind, near_miss, why."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [{**g, "text": text} for g in data["groups"] for text in g["messages"]]


def percent(part: int, whole: int) -> str:
    """A share for people, such as `140/157 = 89.2 %`."""
    return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "0/0"


def measure(words: danger.DangerWords, messages: list[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """Counts (hits, all) for the figures that have a floor."""
    counts: Counter[str] = Counter()
    for row in messages:
        finding = words.detect(row["text"])
        label = row["level"]
        counts[f"{label}"] += 1
        counts[f"{label}->{finding.level.value}"] += 1
        if row.get("near_miss"):
            counts["near"] += 1
            counts[f"near->{finding.level.value}"] += 1
        if row["kind"]:
            counts["kinds"] += 1
            counts["kinds_found"] += row["kind"] in finding.kinds
    return {
        "acute found as acute": (counts["acute->acute"], counts["acute"]),
        "acute found as acute or unclear": (
            counts["acute->acute"] + counts["acute->unclear"],
            counts["acute"],
        ),
        "near misses called acute": (counts["near->acute"], counts["near"]),
        "near misses called unclear": (counts["near->unclear"], counts["near"]),
        "unclear found as unclear": (counts["unclear->unclear"], counts["unclear"]),
        "unclear called acute": (counts["unclear->acute"], counts["unclear"]),
        "unclear called none": (counts["unclear->none"], counts["unclear"]),
        "none called acute": (counts["none->acute"], counts["none"]),
        "none called unclear": (counts["none->unclear"], counts["none"]),
        "kind found": (counts["kinds_found"], counts["kinds"]),
    }


def main() -> int:
    """Prints figures and speed; with --misses also every message that was judged otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=DEFAULT)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    words = danger.load()
    messages = rows(options.set)
    print(f"{options.set.name}: {len(messages)} messages")
    for name, (part, whole) in measure(words, messages).items():
        print(f"  {name:34} {percent(part, whole)}")
    start = time.perf_counter()
    for row in messages:
        words.detect(row["text"])
    print(f"  {'mean time per message':34} {(time.perf_counter() - start) / len(messages) * 1000:.3f} ms")
    if options.misses:
        for row in messages:
            level = words.detect(row["text"]).level
            if level is not Danger(row["level"]):
                found = ", ".join(f"{i}={v}" for i, v, _ in words.explain(row["text"]))
                print(f"  {row['level']:>7} -> {level.value:7} {row['text']}  [{found}]")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
