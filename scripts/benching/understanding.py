"""Times how long the engine takes to understand one text, in a process of its own. ``python -m`` prints JSON.

No server, no policies, no actions, no stores: the whole pipeline of bot/config.yml (reader, features, classifiers,
language, danger) through Rasa's own graph, one text after the other.
"""

import asyncio
import json
import sys
import time

from bot.engine.server import newest_model
from bot.engine.training import fingerprint
from scripts.benching.script import texts
from scripts.evaluation.sets import corpus

COUNT = 500
WARM_UP = 10


async def measure() -> dict[str, object]:
    """``ms`` of each text, the model's name, and whether it is trained from the present inputs."""
    # Only after bot.engine.server, which silences Rasa and puts the stand-ins in place.
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage

    model = newest_model()
    agent = Agent.load(str(model))
    times = []
    for text in texts(corpus(), WARM_UP + COUNT):
        message = UserMessage(text)
        began = time.perf_counter()
        await agent.processor.parse_message(message)
        times.append((time.perf_counter() - began) * 1000)
    return {"ms": times[WARM_UP:], "model": model.name, "current": fingerprint() in model.name}


def main() -> int:
    """Measure and print one line of JSON."""
    json.dump(asyncio.run(measure()), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
