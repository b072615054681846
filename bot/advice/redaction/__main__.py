"""Redacts JSON lines from stdin to stdout, each line a chat of its own. Must not write anything else."""

import json
import sys
from typing import TextIO

from bot.advice.redaction.redactor import REFUSED, Redactor, load


def answer(line: str, redactor: Redactor) -> str:
    """One JSON line in, one JSON line out; a broken line is refused, never repeated."""
    try:
        text = json.loads(line)["text"]
        if not isinstance(text, str):
            raise TypeError
        result = redactor.redact(text)
    except (ValueError, KeyError, TypeError, RecursionError):
        return json.dumps({"redacted": REFUSED, "kinds": []}, ensure_ascii=False)
    return json.dumps({"redacted": result.text, "kinds": list(result.kinds)}, ensure_ascii=False)


def run(source: TextIO, target: TextIO) -> None:
    """Answer line by line, at once, until the source ends."""
    redactor = load()
    for line in source:
        target.write(answer(line, redactor) + "\n")
        target.flush()


def main() -> None:
    """Speak UTF-8 whatever the locale says; bytes that are no UTF-8 make a broken line, not a crash."""
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    run(sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
