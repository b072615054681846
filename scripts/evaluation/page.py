"""Puts printed tables between marks in docs/understanding.md. Must not touch what people wrote around them."""

from collections.abc import Sequence
from pathlib import Path

from scripts import services

PAGE = services.ROOT / "docs" / "understanding.md"


class NoSuchMark(Exception):
    """The page lacks the marks of a table; the message names them."""


def put(name: str, lines: Sequence[str], page: Path = PAGE) -> None:
    """Replace what stands between ``<!-- name -->`` and ``<!-- /name -->``. Raises ``NoSuchMark``."""
    opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = page.read_text(encoding="utf-8")
    if opening not in text or closing not in text:
        raise NoSuchMark(f"{page.name}: {opening} … {closing}")
    head, rest = text.split(opening, 1)
    tail = rest.split(closing, 1)[1]
    block = "\n".join(["", "", "```text", *lines, "```", "", ""])
    page.write_text(f"{head}{opening}{block}{closing}{tail}", encoding="utf-8")
