"""The fixed sentences of the conversation (``content/vaste_teksten.yml``) and of other languages (``talen.yml``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.advice.answers import read_yaml
from bot.advice.errors import BadContent

_FOLDER = Path(__file__).resolve().parent / "content"
FIXED = _FOLDER / "vaste_teksten.yml"
LANGUAGES = _FOLDER / "talen.yml"


@dataclass(frozen=True)
class Phrases:
    """``variants[name][audience]`` with audiences ``volwassen``, ``kind`` and ``makkelijk``; those that end in ``_u``
    say "u"."""

    variants: Mapping[str, Mapping[str, tuple[str, ...]]]
    languages: Mapping[str, str]

    def of(self, name: str, *, child: bool = False, easy: bool = False, polite: bool = False) -> tuple[str, ...]:
        """The variants for this reader; falls back to the adult ones. Raises ``KeyError`` on an unknown name."""
        audiences = self.variants[name]
        order: tuple[str, ...] = (*(("makkelijk",) if easy else ()), "kind" if child else "volwassen")
        order = (*order, "volwassen", "kind")
        if polite and not child:
            # Where no twin with "u" is written, the text says neither.
            order = tuple(one for audience in order for one in (f"{audience}_u", audience))
        return next(audiences[one] for one in order if audiences.get(one))

    def in_language(self, code: str) -> str:
        """The short text in a language (ISO 639-1); English when there is none."""
        return self.languages.get(code) or self.languages["en"]


def read(fixed: Path = FIXED, languages: Path = LANGUAGES) -> Phrases:
    """Read both files. Raises ``BadContent``."""
    content = read_yaml(fixed)
    texts = content.get("teksten") if isinstance(content, dict) else None
    if not isinstance(texts, dict):
        raise BadContent(fixed.name, "moet 'teksten:' met namen en varianten hebben")
    variants: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, entry in texts.items():
        audiences = entry if isinstance(entry, dict) else {"volwassen": entry}
        variants[str(name)] = {
            str(who): tuple(str(line) for line in lines) for who, lines in audiences.items() if lines
        }
        for who, lines in variants[str(name)].items():
            if len(variants[str(name)].get(f"{who}_u", lines)) != len(lines):
                raise BadContent(fixed.name, f"tekst '{name}': '{who}_u' heeft niet evenveel teksten als '{who}'")
        if not variants[str(name)]:
            raise BadContent(fixed.name, f"tekst '{name}' is leeg")
    spoken = read_yaml(languages)
    by_code = spoken.get("talen") if isinstance(spoken, dict) else None
    if not isinstance(by_code, dict) or "en" not in by_code:
        raise BadContent(languages.name, "moet 'talen:' hebben, met ten minste 'en'")
    return Phrases(variants, {str(code): str(entry["tekst"]) for code, entry in by_code.items()})


@lru_cache(maxsize=1)
def load() -> Phrases:
    """The phrases of this installation, read once."""
    return read()
