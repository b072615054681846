"""Figures within minutes, without Rasa and gateway, and how the trained model understands one text."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from scripts import services
from scripts.evaluation import sets
from scripts.evaluation.figures import Figures
from scripts.evaluation.offline import Pipeline

NAMES = ("intent", "role accuracy", "topic recall", "topic precision", "acute recall", "false acute on near misses")

_ASK = """
import asyncio, json, os, sys
printed = os.dup(1)
os.dup2(2, 1)
from bot.engine.server import newest_model
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
agent = Agent.load(str(newest_model()))
said = asyncio.run(agent.processor.parse_message(UserMessage(sys.stdin.read())))
with os.fdopen(printed, "w") as out:
    json.dump(said["understanding"], out)
"""


@dataclass(frozen=True)
class Measured:
    """Printed figures, and per validation message what was understood."""

    lines: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]


def measure(examples: Sequence[sets.Example]) -> Measured:
    """Train on the examples and understand the validation messages."""
    pipeline = Pipeline.fit(examples)
    figures, answers = Figures(), []
    for message in sets.messages():
        found = pipeline.understand(message.text)
        topics = {topic.value for topic in found.sighting.topics}
        urgency = found.sighting.urgency.value
        answers.append((found.intent, found.sighting.role.value, urgency, *sorted(topics)))
        figures.add("intent", found.intent == message.intent)
        figures.add("role accuracy", found.sighting.role.value == message.role)
        for topic in message.topics:
            figures.add("topic recall", topic in topics)
        for topic in topics:
            figures.add("topic precision", topic in message.topics)
        if message.urgency == "acute":
            figures.add("acute recall", urgency == "acute")
        elif message.near_miss:
            figures.add("false acute on near misses", urgency == "acute")
    return Measured(tuple(figures.lines(NAMES)), tuple(answers))


def differing(one: Measured, other: Measured) -> int:
    """How many messages are understood differently."""
    return sum(a != b for a, b in zip(one.answers, other.answers, strict=True))


def present(text: str) -> list[str]:
    """What the newest trained model understands, in lines; one line that says so when there is no model."""
    command = [sys.executable, "-W", "ignore", "-c", _ASK]
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=services.ROOT)
    if done.returncode != 0 or not done.stdout:
        return ["nog niet te zien: er is geen model (make train)"]
    seen = json.loads(done.stdout)
    topics = ", ".join(seen["topics"]) or "-"
    return [
        f"intent   {seen['intent']} ({100 * seen['confidence']:.0f} %), daarna {', '.join(seen['alternatives'])}",
        f"rol      {seen['role']}",
        f"topics   {topics}",
        f"urgentie {seen['urgency']}",
    ]
