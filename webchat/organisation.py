"""What one organisation sets for its own chat: region, opening line, exit, form of address, theme. Must know no page.

Read from the YAML file that ``ORGANISATION_FILE`` names; docs/organisations.md explains each key.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from bot.advice.errors import BadContent

FILE = "ORGANISATION_FILE"
KEYS = ("region", "opening", "exit_url", "address_form", "theme")
LONGEST_OPENING = 200

_NUMBER = re.compile(r"\d{3}")
_FAMILIAR = re.compile(r"\b(?:je|jij|jou|jouw|jouwe|jezelf)\b", re.IGNORECASE)
_FORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Organisation:
    """``region`` is offered at the question for a town, never assumed. ``None`` and empty mean: as without the file."""

    region: str | None = None
    region_name: str | None = None
    opening: str = ""
    exit_url: str | None = None
    address_form: str | None = None
    theme: str | None = None


def load(path: Path, regions: Mapping[str, str], themes: Collection[str]) -> Organisation:
    """Read and check the file. ``regions`` maps ids to names, ``themes`` are the names of the files there are.

    Raises ``BadContent`` with one line that names the key and never its value.
    """
    values = _read(path)
    unknown = sorted(set(values) - set(KEYS))
    if unknown:
        raise BadContent(FILE, f"knows only the keys {', '.join(KEYS)}")
    region = _one_of(values, "region", regions, "must be the id of a region in bot/advice/content/regions")
    address_form = _one_of(values, "address_form", ("je", "u"), "must be je or u")
    opening = _text(values, "opening", _opening, "must be one line without numbers, of at most 200 characters") or ""
    if _mixes(opening, address_form):
        raise BadContent(
            FILE, "opening must not say u; with address_form u it must not say je either, children read it"
        )
    return Organisation(
        region=region,
        region_name=regions[region] if region else None,
        opening=opening,
        exit_url=_text(values, "exit_url", _is_https, "must be an address that starts with https://"),
        address_form=address_form,
        theme=_one_of(values, "theme", themes, f"must be one of {', '.join(sorted(themes))}"),
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        # The file's own words stay out: YAML quotes the line that it cannot read.
        raise BadContent(FILE, "cannot be read; give the path of a YAML file") from None
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise BadContent(FILE, "must hold keys with a value each")
    return found


def _text(values: Mapping[str, Any], key: str, fits: Callable[[str], bool], remedy: str) -> str | None:
    value = values.get(key)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or not fits(value.strip()):
        raise BadContent(FILE, f"{key} {remedy}")
    return value.strip()


def _one_of(values: Mapping[str, Any], key: str, allowed: Collection[str], remedy: str) -> str | None:
    return _text(values, key, lambda value: value in allowed, remedy)


def _opening(value: str) -> bool:
    """A number would stand outside the directory, where nobody keeps it right."""
    return len(value) <= LONGEST_OPENING and "\n" not in value and not _NUMBER.search(value)


def _mixes(opening: str, address_form: str | None) -> bool:
    """Whether the line says another form than the page below it. It stays when a child reads, who is never "u"."""
    return bool(_FORMAL.search(opening) or (address_form == "u" and _FAMILIAR.search(opening)))


def _is_https(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
