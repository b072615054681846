"""``make content``: reads all content and says in Dutch what is wrong and where. Exit code 1 when anything is."""

import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.advice import answers, danger, directory, phrases, referral, regions
from bot.advice.content_files import CONTENT
from bot.advice.errors import BadContent
from scripts import content_checks as checks
from scripts import content_steps as steps
from scripts.content_steps import Flows

DOMAIN = Path(__file__).resolve().parent.parent / "bot" / "domain"


def intents() -> frozenset[str]:
    """The intents of the domain."""
    found: set[str] = set()
    for path in DOMAIN.glob("*.yml"):
        found.update(yaml.safe_load(path.read_text(encoding="utf-8")).get("intents") or ())
    return frozenset(found)


def faults(content: answers.Answers, rules: dict[str, Any], today: date, flows: Flows | None = None) -> Iterator[str]:
    """All faults of answers, flows, buttons and fixed texts."""
    flows = flows or Flows.load()
    organisations = directory.load()
    known = phrases.load()
    fixed = checks.fixed_texts({name: dict(one) for name, one in known.variants.items()}, "vaste_teksten.yml")
    all_texts = [*checks.texts_of(content), *steps.texts(flows), *fixed]
    for text in all_texts:
        yield from checks.length(text, rules)
        yield from checks.numbers(text)
        yield from checks.address_form(text)
        yield from checks.forbidden(text, rules)
        yield from checks.place_holders(text)
        yield from checks.rare_words(text, rules)
        yield from checks.organisations(text, organisations, rules)
    yield from checks.readability(all_texts, rules)
    for answer in content.all:
        yield from checks.sources(answer, today)
    yield from steps.faults(flows, content, today)
    names = intents()
    yield from checks.coverage(content, {name for name in names if name.startswith(("ask_", "feeling_"))})
    yield from checks.links(content, names)


def main() -> int:
    """Check everything; print every fault and a count."""
    started = time.monotonic()
    try:
        for module in (danger, directory, phrases, referral, regions):
            module.load()
        content = answers.read()
        rules = answers.read_yaml(CONTENT / "schrijfregels.yml")
        flows = Flows.load()
    except BadContent as problem:
        print(f"Fout: {problem}")
        return 1
    found = list(dict.fromkeys(faults(content, rules, date.today(), flows)))
    for fault in found:
        print(f"Fout: {fault}")
    print(f"{len(content.all)} antwoorden gelezen, {len(found)} fouten, {time.monotonic() - started:.1f} s")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
