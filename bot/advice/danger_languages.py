"""Danger now in other languages than Dutch. Must not judge Dutch, remember anything or say that somebody is safe.

The knowledge is in content/gevaar_talen.yml: meanings, built from groups of words. Only what is meant as now counts;
what happens every day, happened before or is a film does not. Text and patterns are compared without accents.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.advice.danger_text import fold
from bot.advice.errors import BadContent

CONTENT = Path(__file__).parent / "content" / "gevaar_talen.yml"

_NAMES = ("geweld", "verstopt", "wapen", "medisch", "kind", "pillen", "zelfdoding_nu")
_MEANT = ("violence_now", "hiding", "weapon_now", "medical", "child_in_danger", "overdose", "suicide_now")
_KINDS = dict(zip(_NAMES, _MEANT, strict=True))
KINDS = frozenset(_KINDS.values())
# One letter for what Arabic and Persian keyboards write in several ways; the lengthening stroke is left out.
_LETTERS = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None})
_PATTERN_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ß": "ss", "'": None, "’": None, "\u200c": None})
_STRETCHED = re.compile(r"([^\W\d])\1{2,}")
_CLAUSE_ENDS = ".,;:!?()\n؟،؛。、።፣"
_WORD, _GROUP = re.compile(r"[^\W\d_]{3,}"), re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class _Language:
    """What one language says about now, and the words that take it away again."""

    meanings: tuple[tuple[str, re.Pattern[str]], ...]
    right_now: re.Pattern[str]
    not_now: re.Pattern[str]
    invented: re.Pattern[str]

    def kinds(self, text: str) -> set[str]:
        if self.invented.search(text):
            return set()
        return {kind for kind, pattern in self.meanings if any(self._is_now(text, m) for m in pattern.finditer(text))}

    def _is_now(self, text: str, match: re.Match[str]) -> bool:
        start = max(text.rfind(mark, 0, match.start()) for mark in _CLAUSE_ENDS) + 1
        end = min((e for mark in _CLAUSE_ENDS if (e := text.find(mark, match.end())) >= 0), default=len(text))
        # "every day, and right now too" is about now: the word may stand just beside the meaning.
        close = self.right_now.search(text, max(start, match.start() - 15), min(end, match.end() + 20))
        return close is not None or self.not_now.search(text, start, end) is None


@dataclass(frozen=True, slots=True)
class DangerLanguages:
    """Recognises danger now in languages other than Dutch. Holds no state between messages."""

    by_letters: tuple[tuple[re.Pattern[str], _Language], ...]
    by_word: Mapping[str, tuple[tuple[str, _Language], ...]]

    def detect(self, text: str) -> frozenset[str]:
        """The kinds of danger now in the raw text; empty when these words do not speak of it. Never raises."""
        plain = _STRETCHED.sub(r"\1", fold(text).translate(_LETTERS))
        found = {id(language): language for letters, language in self.by_letters if letters.search(plain)}
        for word in _WORD.findall(plain):
            for stem, language in self.by_word.get(word[:3], ()):
                if word.startswith(stem):
                    found[id(language)] = language
        return frozenset(kind for language in found.values() for kind in language.kinds(plain))


@lru_cache(maxsize=4)
def load(path: Path = CONTENT) -> DangerLanguages:
    """Reads gevaar_talen.yml, once for each file; raises BadContent with file, key and remedy if it is not usable."""
    code = "talen"
    letters: list[tuple[re.Pattern[str], _Language]] = []
    words: dict[str, tuple[tuple[str, _Language], ...]] = {}
    try:
        for code, data in yaml.safe_load(path.read_text(encoding="utf-8"))["talen"].items():  # noqa: B007
            language = _language(data, "" if "tekens" in data else r"(?<!\w)")
            if "tekens" in data:
                letters.append((re.compile(data["tekens"]), language))
            for stem in map(_plain, data.get("sleutels", ())):
                words[stem[:3]] = (*words.get(stem[:3], ()), (stem, language))
    except (OSError, yaml.YAMLError) as error:
        raise BadContent(path.name, f"cannot be read as YAML ({type(error).__name__}); mend the file") from None
    except (KeyError, TypeError, AttributeError, ValueError, re.error) as error:
        raise BadContent(path.name, f"'{code}': {type(error).__name__} {error}; mend this key") from None
    return DangerLanguages(tuple(letters), words)


def _plain(pattern: str) -> str:
    """A pattern in the letters of folded text; escapes keep their capitals."""
    parts = unicodedata.normalize("NFKD", pattern.translate(_PATTERN_LETTERS))
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_LETTERS)


def _language(data: Mapping[str, Any], border: str) -> _Language:
    groups = {name: f"(?:{'|'.join(map(_plain, words))})" for name, words in data["woorden"].items()}
    listed = {**data["gevaar"], "pillen": data["pillen"], "zelfdoding_nu": data["zelfdoding_nu"]}
    meanings = tuple((_KINDS[key], _compile(patterns, groups, border)) for key, patterns in listed.items())
    return _Language(meanings, *(_compile(data[key], groups, border) for key in ("juist_nu", "niet_nu", "verzonnen")))


def _compile(patterns: list[str], groups: Mapping[str, str], border: str) -> re.Pattern[str]:
    if not isinstance(patterns, list) or not patterns or not all(isinstance(p, str) and p for p in patterns):
        raise ValueError("needs a list with at least one pattern")
    return re.compile("|".join(_expand(_GROUP.sub(lambda m: groups[m[1]], p), border) for p in map(_plain, patterns)))


def _expand(pattern: str, border: str) -> str:
    """`~` is up to forty characters in a clause; `a & b` is both in any order, `a && b` also across a stop."""
    for mark, gap in ((" && ", r"(?s:.){0,40}?"), (" & ", "~")):
        if mark in pattern:
            one, two = pattern.split(mark)
            pattern = f"(?:{one}){gap}{border}(?:{two})|{border}(?:{two}){gap}{border}(?:{one})"
    return f"{border}(?:{pattern})".replace("~", rf"[^.,;:!?\n]{{0,40}}?{border}")
