"""Keeps what helps: numbers, names and sites of helplines. Must not hold a phone number itself.

The table is the directory (content/organisations.yml), so that a number cannot be known there and removed here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.advice.errors import BadContent
from bot.advice.redaction.canvas import Canvas, fold

FILE = Path(__file__).resolve().parents[1] / "content" / "organisations.yml"
_DIGITS = re.compile(r"(?:\+ ?)?\d(?:[ .\-/()]{0,3}\d)+")
# Free and paid service numbers belong to organisations, never to a person (Dutch numbering plan).
_SERVICE = re.compile(r"0(?:800|900|906|909)\d{4,7}|14\d{2,3}|116\d{3}")
_MORE_NAMES = (
    "veilig thuis", "kindertelefoon", "de kindertelefoon", "slachtofferhulp", "luisterlijn", "juridisch loket", "blijf groep", "blijfgroep",
    "blijf van mijn lijf", "fier", "chat met fier", "de waag", "sterk huis", "rosa manus", "villa pinedo", "raad voor de kinderbescherming",
    "jeugdzorg", "helpwanted", "stop it now", "mind korrelatie", "mind hulplijn", "sensoor", "alles oke", "alles ok",
    "centrum seksueel geweld", "meld misdaad anoniem", "politie", "reclassering", "halt", "leger des heils", "comensha",
    "bureau jeugdzorg", "openbaar ministerie", "movisie", "pharos", "augeo", "coc", "sense", "chat met fier", "kies", "akj", "jeugdstem", "kadera", "moviera",
    "arosa", "perspektief", "neos", "valente", "schadefonds", "defence for children", "save", "william schrikker", "113 zelfmoordpreventie", "valerius",
)  # fmt: skip
_MORE_SITES = ("veiligthuis", "kindertelefoon", "politie", "113", "112", "huiselijkgeweld", "ikvermoedhuiselijkgeweld")
_LONGEST_NUMBER = 13
# Names that are also a first name or an ordinary word are not protected alone.
_NOT_ALONE = frozenset({"save", "savannah", "valerius", "kies", "sense"})


@dataclass(frozen=True)
class Protected:
    """Digits of helplines, one pattern for their names and one for their sites, and the hosts of those."""

    numbers: frozenset[str]
    names: re.Pattern[str]
    sites: re.Pattern[str]
    hosts: tuple[str, ...]


def _phones(value: Any) -> Iterator[str]:
    """Every phone number anywhere in a directory entry, also old and unverified ones."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in {"number", "tel", "phone", "value"} and isinstance(item, (str, int)):
                yield re.sub(r"\D", "", str(item))
            else:
                yield from _phones(item)
    elif isinstance(value, list):
        for item in value:
            yield from _phones(item)


def _sites(value: Any) -> Iterator[str]:
    """Every web host anywhere in a directory entry."""
    if isinstance(value, str):
        yield from (
            host.lower() for host in re.findall(r"(?:https?://|www\.)(?:www\.)?([a-zA-Z0-9.-]+\.[a-z]{2,})", value)
        )
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _sites(item)


def _names(organisations: list[dict[str, Any]]) -> Iterator[str]:
    for entry in organisations:
        for part in re.split(r"[–(/,]", str(entry.get("name", ""))):
            name = fold(part).strip(" )?")
            if len(name) > 3:
                yield name
    yield from (name for name in _MORE_NAMES if name not in _NOT_ALONE)


@cache
def load() -> Protected:
    """Read the directory once. Raises BadContent when it is missing or has no organisations."""
    try:
        data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
        organisations = data["organisations"]
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise BadContent(FILE.name, "verwijsgids ontbreekt of heeft geen 'organisations'") from error
    numbers = {n for n in _phones(data) if len(n) >= 3}
    names = sorted(set(_names(organisations)), key=len, reverse=True)
    hosts = sorted(set(_sites(data)) | {f"{s}.nl" for s in _MORE_SITES}, key=len, reverse=True)
    return Protected(
        numbers=frozenset(numbers),
        names=re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b(?!@|\.[a-z0-9])"),
        sites=re.compile(
            r"(?:https?://)?(?:www\.)?(?<![a-z0-9@-])(?:[a-z0-9._-]+@)?(?:[a-z0-9-]+\.)?(?:"
            + "|".join(map(re.escape, hosts))
            + r")(?:/[^\s]*)?(?![a-z0-9@-])"
        ),
        hosts=tuple(hosts),
    )


def keep(canvas: Canvas, protected: Protected) -> None:
    """Mark helpline numbers, names and sites as staying."""
    text = canvas.folded
    if any(c.isdigit() for c in text):
        for match in list(_DIGITS.finditer(text)):
            _keep_number(canvas, match, protected)
    if "." in text:
        for match in list(protected.sites.finditer(canvas.folded)):
            canvas.keep(*match.span())
    for match in list(protected.names.finditer(canvas.folded)):
        canvas.keep(*match.span())


def _keep_number(canvas: Canvas, match: re.Match[str], protected: Protected) -> None:
    """Keep each helpline number in a run of digits, also when more digits follow it ("0800-… 24 uur")."""
    pieces = [(m.start(), m.end(), re.sub(r"\D", "", m.group())) for m in re.finditer(r"\+?\d+", match.group())]
    total = sum(len(digits) for _, _, digits in pieces)
    first = 0
    while first < len(pieces):
        last = _helpline_end(pieces, first, total, protected)
        if last is None:
            first += 1
            continue
        canvas.keep(match.start() + pieces[first][0], match.start() + pieces[last][1])
        first = last + 1


def _helpline_end(pieces: list[tuple[int, int, str]], first: int, total: int, protected: Protected) -> int | None:
    """The last piece of the longest helpline number that starts at a piece; looks no further than a number can be."""
    digits, found = "", None
    for last in range(first, len(pieces)):
        digits += pieces[last][2]
        if len(digits) > _LONGEST_NUMBER:
            break
        # Short numbers only alone: never the 14xxx inside a longer number.
        if _is_helpline(digits, protected) and (len(digits) > 6 or len(digits) == total > 3):
            found = last
    return found


def _is_helpline(digits: str, protected: Protected) -> bool:
    if len(digits) < 3:
        return False
    if digits in protected.numbers or _SERVICE.fullmatch(digits):
        return True
    return digits.startswith("31") and ("0" + digits[2:] in protected.numbers)
