"""Shows what is misunderstood in data/validation/dev_messages.yml, to think about. Must not be used for figures.

``python -m scripts.dev_misses``: trains without Rasa (a minute or two) and prints each miss.
"""

import sys
from collections.abc import Iterator, Sequence

from scripts.evaluation import sets
from scripts.evaluation.offline import Pipeline

DEV = sets.VALIDATION / "dev_messages.yml"


def misses(pipeline: Pipeline, messages: Sequence[sets.Message]) -> Iterator[str]:
    """One line per message whose role, topics or danger is not as wanted."""
    for message in messages:
        found = pipeline.understand(message.text).sighting
        topics = {topic.value for topic in found.topics}
        wrong = []
        if found.role.value != message.role:
            wrong.append(f"role {found.role.value}, not {message.role}")
        if not message.topics <= topics:
            wrong.append(f"topics {sorted(topics)} lack {sorted(message.topics - topics)}")
        if (found.urgency.value == "acute") != (message.urgency == "acute"):
            wrong.append(f"urgency {found.urgency.value}, not {message.urgency}")
        if wrong:
            yield f"{message.text}\n    " + "; ".join(wrong)


def main() -> int:
    """Print the misses and how many there are."""
    messages = sets.messages(DEV)
    lines = list(misses(Pipeline.fit(sets.corpus()), messages))
    print("\n".join([*lines, f"{len(lines)} of {len(messages)} with a miss"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
