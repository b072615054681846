"""Measures the redaction on a set of chat messages. Must not print a message unless --show asks for it.

Usage: python scripts/eval_redaction.py [--set FILE] [--show] [--peers]
"Leak" is the share of the messages with identifying data in which some of it still stands; "over" the share of the
clean messages that were changed. ``{id}`` in a message stands for the first phone number of that organisation in the
directory.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
SET = ROOT / "data/validation/redaction.jsonl"
DIRECTORY = ROOT / "bot/advice/content/organisations.yml"
PEER_HOME = ROOT / ".cache/redaction-peers"
PEERS = ("deduce==3.0.6", "presidio-analyzer==2.2.366", "spacy>=3.7,<3.9")


GENERIC = frozenset(
    {"basisschool", "college", "gymnasium", "praktijk", "bakkerij", "moskee", "school", "obs", "huize", "kerk"}
    | {"hockeyclub", "verpleeghuis", "azc", "dansschool", "com", "nul", "een", "twee", "drie", "mei", "januari"}
    | {"juni", "oktober"}
)


@dataclass
class Score:
    """Counts over one set."""

    with_data: int = 0
    leaked: int = 0
    clean: int = 0
    changed: int = 0
    helplines: int = 0
    helplines_lost: int = 0
    refused: int = 0
    kinds: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    times: list[float] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)


def fill_numbers(text: str, phones: dict[str, str]) -> str:
    """The message with each ``{id}`` replaced by that organisation's number."""
    return re.sub(r"\{([a-z0-9-]+)\}", lambda m: phones[m.group(1)], text)


def load_phones() -> dict[str, str]:
    """Organisation id -> its first phone number, from the directory."""
    entries = yaml.safe_load(DIRECTORY.read_text(encoding="utf-8"))["organisations"]
    return {e["id"]: e["phones"][0]["number"] for e in entries if e.get("phones")}


def load_set(path: Path) -> list[dict[str, Any]]:
    """The messages of one set with numbers filled in; ``numbers`` lists those that must survive."""
    phones = load_phones()
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        row["numbers"] = [phones[i] for i in re.findall(r"\{([a-z0-9-]+)\}", row["text"])]
        row["text"] = fill_numbers(row["text"], phones)
        rows.append(row)
    return rows


def stands(value: str, redacted: str, text: str) -> bool:
    """True when the value, or a part of it that identifies, is still in the text."""
    rest = re.sub(r"\[[^\]]*\]", " ", redacted).casefold()
    ordinary = {
        "van",
        "de",
        "der",
        "den",
        "het",
        "nummer",
        "punt",
        "apenstaartje",
        "op",
        "oma",
        "opa",
        "dhr",
        "meneer",
        "papa",
        "ome",
        "fam",
        "familie",
        "dr",
        "mevr",
        "en",
        "mw",
        "tante",
        "kleine",
        "mevrouw",
        "hakan en",
    }
    parts = [p for p in re.findall(r"[^\W_]+", value.casefold()) if (len(p) > 1 or p.isdigit()) and p not in ordinary]
    return any(
        count(p, rest) > count(p, text.casefold()) - count(p, value.casefold()) for p in parts if not is_generic(p)
    )


def count(part: str, text: str) -> int:
    """How often a word stands in a text."""
    return len(re.findall(rf"(?<!\w){re.escape(part)}(?!\w)", text))


def is_generic(part: str) -> bool:
    """Words inside a value that say nothing alone ("basisschool", "college")."""
    return part in GENERIC


def judge(row: dict[str, Any], redacted: str, score: Score) -> None:
    """Add one message to the counts."""
    score.refused += redacted == "[bericht niet doorgegeven]"  # a crash must not pass for a clean score
    for number in row["numbers"]:
        score.helplines += 1
        score.helplines_lost += number not in redacted
    if row["clean"]:
        score.clean += 1
        if redacted != row["text"]:
            score.changed += 1
            score.shown.append(f"OVER  {row['text']}  ->  {redacted}")
        return
    score.with_data += 1
    missed = [s for s in row["spans"] if stands(s["value"], redacted, row["text"])]
    for span in row["spans"]:
        score.kinds[span["kind"]][0] += 1
        score.kinds[span["kind"]][1] += span in missed
    if missed:
        score.leaked += 1
        score.shown.append(f"LEAK  {row['text']}  ->  {redacted}  {[s['value'] for s in missed]}")


def measure(path: Path) -> tuple[Score, float]:
    """Run our redactor over a set; answers with the score and the start time in seconds."""
    sys.path.insert(0, str(ROOT))
    begin = time.perf_counter()
    from bot.advice.redaction import load

    redactor = load()
    start = time.perf_counter() - begin
    score = Score()
    for row in load_set(path):
        begin = time.perf_counter()
        result = redactor.redact(row["text"])
        score.times.append((time.perf_counter() - begin) * 1000)
        judge(row, result.text, score)
    return score, start


def table(name: str, score: Score, start: float, memory: float) -> str:
    """The figures as text, per kind and in all."""
    times = sorted(score.times)
    lines = [f"{name}: {score.with_data} with data, {score.clean} clean"]
    for kind, (all_spans, missed) in sorted(score.kinds.items()):
        lines.append(f"  {kind:<15}{all_spans:>5} spans  leak {100 * missed / all_spans:5.1f} %")
    lines += [
        f"  leak {100 * score.leaked / max(1, score.with_data):.1f} %   "
        f"over {100 * score.changed / max(1, score.clean):.1f} %   "
        f"helplines lost {score.helplines_lost} of {score.helplines}   refused {score.refused}",
        f"  ms mean {sum(times) / len(times):.2f}  p99 {times[int(len(times) * 0.99)]:.2f}   "
        f"start {start:.2f} s   memory {memory:.0f} MB",
    ]
    return "\n".join(lines)


PEER_CODE = """
import json, sys, time, resource
which, begin = sys.argv[1], time.perf_counter()
if which == "deduce":
    import logging
    from deduce import Deduce
    engine = Deduce(); logging.disable(logging.CRITICAL)
    redact = lambda text: engine.deidentify(text).deidentified_text
else:
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpEngineProvider
    spacy.blank("nl").to_disk(sys.argv[2])
    models = [{"lang_code": "nl", "model_name": sys.argv[2]}]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    registry = RecognizerRegistry(supported_languages=["nl"])
    registry.load_predefined_recognizers(languages=["nl"], nlp_engine=nlp)
    engine = AnalyzerEngine(nlp_engine=nlp, registry=registry, supported_languages=["nl"])
    def redact(text):
        for hit in sorted(engine.analyze(text=text, language="nl"), key=lambda h: -h.start):
            text = text[:hit.start] + "[x]" + text[hit.end:]
        return text
start = time.perf_counter() - begin
for line in sys.stdin:
    begin = time.perf_counter(); out = redact(json.loads(line)); spent = (time.perf_counter() - begin) * 1000
    print("@@" + json.dumps([out, spent]), flush=True)
print("@@" + json.dumps([start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def measure_peer(name: str, path: Path) -> str:
    """One peer in its own environment under .cache; it is never a dependency of the project."""
    python = PEER_HOME / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER_HOME)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS], check=True)
    rows = load_set(path)
    lines = "\n".join(json.dumps(row["text"]) for row in rows)
    run = subprocess.run(
        [str(python), "-c", PEER_CODE, name, str(PEER_HOME / "nl-blank")],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    *answers, (start, memory) = (json.loads(line[2:]) for line in run.stdout.splitlines() if line.startswith("@@"))
    score = Score()
    for row, (redacted, spent) in zip(rows, answers, strict=True):
        score.times.append(spent)
        judge(row, redacted, score)
    return table(name, score, start, memory)


def main() -> None:
    """Print the table, the misses on request, and the peers on request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=SET)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    score, start = measure(options.set)
    print(table("lichtpunt", score, start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    if options.show:
        print("\n".join(score.shown))
    if options.peers:
        for name in ("deduce", "presidio"):
            print(measure_peer(name, options.set))


if __name__ == "__main__":
    main()
