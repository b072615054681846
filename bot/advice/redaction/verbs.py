"""Whether a word is a verb as it stands in a sentence, by its ending and the word list. Must not decide what a name is."""

import re

from bot.advice.redaction.cues import HUMAN_VERBS
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.rule_words import rule_words

# Nouns and other words that end like a verb and have one beside them ("net", "kaart", "tante").
_NO_VERBS = rule_words("verbs.no_verbs")
_LONG_VOWEL = re.compile(r"^(.*)(aa|ee|oo|uu)([^aeiou])$")
_VOICED = {"f": "v", "s": "z"}


def finite(word: str, lexicon: Lexicon) -> bool:
    """True for "slaapt", "gokt", "vloekte": what he, she or the one named before it does or did."""
    if word in HUMAN_VERBS:
        return True
    if len(word) < 3 or word in _NO_VERBS or word not in lexicon.words:
        return False
    stems = [word[:-1], word[:-2]] if word.endswith("dt") else [word[:-1]] if word.endswith("t") else []
    if re.search(r"(?:aa|ee|oo)t$", word):  # "eet", "laat": the t belongs to the stem
        stems.append(word)
    if word.endswith(("te", "de")) and word in lexicon.known:
        stems.append(word[:-2])
    return any(full in lexicon.words for stem in stems for full in _infinitives(stem))


def _infinitives(stem: str) -> set[str]:
    """Every way the infinitive of a stem may be written ("loop" -> "lopen", "gok" -> "gokken")."""
    found = {stem + "en", stem + stem[-1:] + "en"}
    long_vowel = _LONG_VOWEL.match(stem)
    if long_vowel:
        found.add(f"{long_vowel[1]}{long_vowel[2][0]}{_VOICED.get(long_vowel[3], long_vowel[3])}en")
    if stem[-1:] in _VOICED:
        found.add(stem[:-1] + _VOICED[stem[-1]] + "en")
    return found


def clipped(word: str, lexicon: Lexicon) -> bool:
    """True for an infinitive or plural whose last letter is not spoken and so not typed ("te zegge", "hoor haar gille")."""
    return word.endswith("e") and word + "n" in lexicon.known and word + "n" not in lexicon.names
