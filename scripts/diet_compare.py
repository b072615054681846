"""Compares our understanding with official Rasa's default pipeline (DIET) on the validation set.

``python -m scripts.diet_compare [--epochs 100] [--most N] [--corpus FOLDER] [--write]``. It makes the environment of official Rasa with
its own pins in .cache/peers, trains DIET twice on the same examples (their intents, then their roles) and asks both
the validation messages. Takes hours of processor time at 100 epochs; no part of ``make test``.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from scripts import services
from scripts.benching import peers
from scripts.evaluation import diet, page, sets
from scripts.evaluation.figures import Figures
from scripts.evaluation.offline import Pipeline
from scripts.run import CannotRun


def train_and_ask(python: str, folder: Path, texts: Sequence[str], seconds: float) -> tuple[list[diet.Answer], float]:
    """Train the project in ``folder`` and understand ``texts``. Also returns how many seconds training took.

    Raises ``CannotRun`` when Rasa fails or takes longer than ``seconds``.
    """
    began = time.monotonic()
    _run([python, "-m", "rasa", "train", "nlu", *diet.TRAIN_ARGUMENTS], folder, None, seconds)
    took = time.monotonic() - began
    printed = _run([python, "ask.py"], folder, diet.questions(texts), seconds)
    return diet.answers(printed), took


def _run(command: Sequence[str], folder: Path, given: str | None, seconds: float) -> str:
    # Nobody who works on this machine should notice that a comparison runs.
    quiet = ["nice", "-n", "19", *command]
    more = {"RASA_TELEMETRY_ENABLED": "false", "RASA_MAX_CACHE_SIZE": "0", "TF_CPP_MIN_LOG_LEVEL": "3"}
    try:
        done = subprocess.run(
            quiet, cwd=folder, env={**os.environ, **more}, input=given, capture_output=True, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        raise CannotRun(f"diet: took longer than {seconds:.0f} s") from None
    if done.returncode != 0:
        raise CannotRun(f"diet: {(done.stderr.strip().splitlines() or ['failed without a message'])[-1]}")
    return done.stdout


def _ours(examples: Sequence[sets.Example], messages: Sequence[sets.Message]) -> Figures:
    pipeline = Pipeline.fit(examples)
    figures = Figures()
    for message in messages:
        found = pipeline.understand(message.text)
        topics = {topic.value for topic in found.sighting.topics}
        diet.judge(figures, message, found.intent, topics, found.sighting.role.value)
    return figures


def main() -> int:
    """Compare; exit code 2 with one line when it cannot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=100, help="what rasa init writes is 100")
    parser.add_argument("--most", type=int, default=None, help="at most so many examples of an intent and role")
    parser.add_argument(
        "--corpus", type=Path, default=sets.CORPUS, help="another folder of examples, such as a kept copy"
    )
    parser.add_argument("--hours", type=float, default=6.0, help="give up after so long")
    parser.add_argument("--write", action="store_true", help="put the table into docs/understanding.md")
    options = parser.parse_args()
    messages = sets.messages()
    examples = diet.capped(sets.corpus(options.corpus), options.most)
    texts = [message.text for message in messages]
    try:
        python = peers.diet().python
        found, seconds = {}, 0.0
        for what in ("intent", "role"):
            folder = services.ROOT / ".cache" / "peers" / f"diet-{what}"
            diet.write(folder, examples, what, options.epochs)
            found[what], took = train_and_ask(python, folder, texts, options.hours * 3600)
            seconds += took
            print(f"  diet: {what} trained in {took:.0f} s", flush=True)
    except CannotRun as problem:
        print(problem, file=sys.stderr)
        return 2
    theirs = Figures()
    for message, intent, role in zip(messages, found["intent"], found["role"], strict=True):
        diet.judge(theirs, message, intent.best, diet.topics_of(intent.best), role.best)
        theirs.add("intent with its fallback", intent.name == message.intent)
    lines = [
        f"{datetime.now():%Y-%m-%d}, {len(examples)} examples, {len(messages)} validation messages, one message at a time",
        f"  official Rasa 3.6.21, default pipeline, DIET {options.epochs} epochs, trained in {seconds / 60:.0f} min",
        *(f"    {line}" for line in theirs.lines((*diet.NAMES, "intent with its fallback"))),
        "  ours (understanding alone, same examples)",
        *(f"    {line}" for line in _ours(examples, messages).lines(diet.NAMES)),
    ]
    print("\n".join(lines))
    if options.write:
        page.put("diet", lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
