"""What the browser needs to notice personal data before it is sent, as one JSON document. Must hold no rule of its own."""

import json
from functools import cache

from bot.advice.redaction import lexicon, protect, structured
from bot.advice.redaction.rule_words import rule_words

_WORDS = ("units", "two_letter_words", "public_sites")
_OWN_NAMES = lexicon.LISTS / "own_first_names.txt"


@cache
def document() -> bytes:
    """The shared rules with the words, first names and helplines that they use. Raises BadContent.

    First names are only those that are no ordinary word; numbers and sites are those of the directory, which stay.
    """
    shared = json.loads(structured.FILE.read_text(encoding="utf-8"))
    kept = protect.load()
    return json.dumps(
        {
            "placeholders": shared["placeholders"],
            "questions": shared["questions"],
            "patterns": shared["patterns"],
            "rules": shared["rules"] + shared["hint_only"],
            "words": {name: sorted(rule_words(f"structured.{name}")) for name in _WORDS},
            "names": _first_names(),
            "numbers": sorted(kept.numbers),
            "hosts": list(kept.hosts),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8")


def _first_names() -> list[str]:
    """Common first names that are hardly ever anything else."""
    lines = _OWN_NAMES.read_text(encoding="utf-8").splitlines()
    own = {name for line in lines if not line.startswith("#") for name in line.split()}
    known = lexicon.load()
    return sorted(n for n in own if known.names.get(n) == "N" and n not in known.words and n not in known.places)
