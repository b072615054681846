"""Finds data with a fixed form: numbers, mail, sites, dates. Must not guess at names or places.

The patterns live in structured.json, which the browser shares; the checks that need more than a pattern are here.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stdnum.nl import bsn as stdnum_bsn

from bot.advice.errors import BadContent
from bot.advice.redaction.canvas import Canvas
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.rule_words import rule_words

FILE = Path(__file__).with_name("structured.json")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    try:
        raw = json.loads(FILE.read_text(encoding="utf-8"))["patterns"]
        return {name: re.compile(pattern) for name, pattern in raw.items()}
    except (OSError, ValueError, KeyError, AttributeError, re.error) as error:
        raise BadContent(FILE.name, "'patterns' is onbruikbaar") from error


def _pattern(name: str) -> re.Pattern[str]:
    """A piece that a check uses; shared with the browser, so it stands in the file and not here."""
    try:
        return _patterns()[name]
    except KeyError as error:
        raise BadContent(FILE.name, f"'patterns' mist {name}") from error


_MONTH = _pattern("month")
_PLATFORM = _pattern("platform")
_SPOKEN = _pattern("spoken")
_BIRTH = _pattern("birth")
_EVENT = _pattern("event")
_YEAR = re.compile(r"(?:19|20)\d{2}|tweeduizend|negentien|'?\d{2}$")
_CHILD = _pattern("child")
# After this year a bare date is more often an event of the story than a birth.
_FIRST_EVENT_YEAR = 2020
_UNITS = rule_words("structured.units")
_TWO_LETTER_WORDS = rule_words("structured.two_letter_words")
_PLATE_CUE = _pattern("plate_cue")
_PUBLIC_SITES = rule_words("structured.public_sites")
_SHAPE_FINE = _pattern("shape_fine")
_DIGIT_WORD = _pattern("digit_words")


@dataclass(frozen=True)
class Rule:
    """One pattern with its kind, a cheap test that must hold first, and the name of a check."""

    kind: str
    pattern: re.Pattern[str]
    needs: str
    check: str | None
    group: int


def _spoken(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    parts = [part for part in re.findall(r"[a-z]+|\d+", found) if part != "en"]
    digits = sum(len(p) if p.isdigit() else (1 if _DIGIT_WORD.match(p) else 2) for p in parts if p != "dubbel")
    words = sum(p.isalpha() for p in parts)
    if not words:  # digits alone are the business of other rules
        return False
    first = parts[0]
    phone_start = first in {"nul", "null", "zero"} or first.startswith("0")
    if phone_start:
        return digits >= 6
    return words >= 5 and digits >= 9 and parts[:3] != ["een", "twee", "drie"]


def _date(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    if _BIRTH.search(before[-40:]) or (_BIRTH.search(canvas.folded) and len(canvas.text) < 60):
        return True
    year = re.search(r"(?:19|20)\d{2}", found)
    if year:
        alone = len(canvas.text) - len(found) < 6
        return int(year.group()) < _FIRST_EVENT_YEAR or alone or bool(_CHILD.search(before[-30:]))
    if re.search(r"tweeduizend|negentien", found):
        return True
    short = re.search(r"[-/. ]'?(\d{2})$", found)
    parts = re.findall(r"\d+", found)
    if not short or len(parts) < (2 if _MONTH.search(found) else 3):
        return False
    return " " not in found.strip() or "'" in found or bool(_MONTH.search(found) and not _EVENT.search(before[-14:]))


def _bsn(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    return bool(stdnum_bsn.is_valid(re.sub(r"\D", "", found)))


def _iban(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    compact = re.sub(r"[ .-]", "", found)
    number = "".join(str(int(c, 36)) for c in compact[4:] + compact[:4])
    return int(number) % 97 == 1 or sum(c.isdigit() for c in compact) >= 12


def _plate(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    if "-" in found:
        return True
    letters = re.findall(r"[a-z]+", found)
    if any(part in _UNITS for part in letters):
        return False
    cue = bool(_PLATE_CUE.search(canvas.folded))
    if any(part in _TWO_LETTER_WORDS or (len(part) == 3 and part in lexicon.known) for part in letters):
        return cue and " " not in found
    return cue or (not re.search("[aeiouy]", "".join(letters)) and len(letters) * 2 <= sum(map(len, letters)) + 1)


def _postcode(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    letters = found[-2:]
    cue = "postcode" in before or "\x00" in before[-4:]
    original = canvas.text[len(before) : len(before) + len(found)]
    if letters in _UNITS:
        return cue
    if " " not in found and not re.match("(?:19|20)", found):
        return True
    if letters in _TWO_LETTER_WORDS:
        return cue or (original.endswith(letters.upper()) and not canvas.shouting)
    return True


def _site(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    host, _, path = found.partition("/")
    labels = host.split(".")
    if path:
        return True
    if labels[-2] in _PUBLIC_SITES:
        return False
    both_words = (
        labels[-1] in {"de", "be", "me", "nu", "tv", "co", "app", "info", "link"} and labels[-2] in lexicon.words
    )
    return not both_words


def _case(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    digits = sum(c.isdigit() for c in found)
    return digits >= 4 and not re.fullmatch(r"(?:19|20)\d{2}", found)


def _mixed(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    return any(c.isdigit() for c in found) and any(c.isalpha() for c in found)


def _handle(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    name = found.strip(".-")
    if re.search(r"[._\d]", name):
        return bool(re.search("[a-z]", name)) and not _SHAPE_FINE.match(name)
    return lexicon.unknown(name) and (before.rstrip()[-1:] in {":", "="} or not lexicon.mistyped(name))


def _handle_shape(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    if "_" in found:
        return bool(re.search("[a-z]", found))
    alpha = re.match(r"[a-z]+", found)
    if alpha is None or _SHAPE_FINE.match(found):
        return False
    return alpha.group() not in lexicon.known or bool(_PLATFORM.search(canvas.folded))


def _number(found: str, before: str, canvas: Canvas, lexicon: Lexicon) -> bool:
    return "€" not in before[-3:] and "euro" not in canvas.folded[len(before) + len(found) :][:6]


_CHECKS: dict[str, Callable[[str, str, Canvas, Lexicon], bool]] = {
    "spoken": _spoken, "date": _date, "bsn": _bsn, "iban": _iban, "plate": _plate, "postcode": _postcode, "site": _site,
    "case": _case, "mixed": _mixed, "handle": _handle, "handle-shape": _handle_shape, "number": _number,
}  # fmt: skip


@cache
def load_rules() -> tuple[Rule, ...]:
    """The rules of structured.json in order. Raises BadContent when one cannot be used."""
    try:
        raw = json.loads(FILE.read_text(encoding="utf-8"))["rules"]
        rules = tuple(
            Rule(r["kind"], re.compile(r["pattern"]), r["needs"], r.get("check"), r.get("group", 0)) for r in raw
        )
    except (OSError, ValueError, KeyError, re.error) as error:
        raise BadContent(FILE.name, "een regel is onbruikbaar: kijk naar kind, pattern en needs") from error
    for rule in rules:
        if rule.check is not None and rule.check not in _CHECKS:
            raise BadContent(FILE.name, f"onbekende check {rule.check}: kies uit {', '.join(_CHECKS)}")
    return rules


def _features(text: str) -> frozenset[str]:
    """What is in the text, cheaply: most messages have none of it and skip every costly pattern."""
    digit = any(c.isdigit() for c in text)
    tests = {
        "digit": digit,
        "at": "@" in text,
        "at-word": "apenstaar" in text
        or "apestaart" in text
        or "@" in text
        or "(at)" in text
        or "[at]" in text
        or "{at}" in text,
        "mail": "mail" in text or " at " in text or "live" in text or "outlook" in text,
        "dot": "." in text,
        "colon": text.count(":") > 1,
        "hash": "#" in text,
        "month": bool(_MONTH.search(text)),
        "spoken": bool(_SPOKEN.search(text)),
        "platform": bool(_PLATFORM.search(text)),
        "digit-or-underscore": digit or "_" in text,
    }
    return frozenset(name for name, holds in tests.items() if holds)


def find(canvas: Canvas, lexicon: Lexicon) -> None:
    """Take everything with a fixed form from the canvas."""
    features = _features(canvas.folded)
    if not features:
        return
    for rule in load_rules():
        if rule.needs in features:
            _apply(rule, canvas, lexicon)


def _apply(rule: Rule, canvas: Canvas, lexicon: Lexicon) -> None:
    for match in list(rule.pattern.finditer(canvas.folded)):
        start, end = match.span(rule.group)
        found = canvas.folded[start:end]
        while found and found[-1] in " .,-)/(:;!?":
            end -= 1
            found = found[:-1]
        if not found or "\x00" in found or "\x01" in found:
            continue
        check = _CHECKS[rule.check] if rule.check else None
        if check is None or check(found, canvas.folded[:start], canvas, lexicon):
            canvas.take(start, end, rule.kind)
