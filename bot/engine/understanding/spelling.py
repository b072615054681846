"""Brings chat spelling to the spelling of books, word by word. Must not guess: a closed list and plain rules."""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

from bot.advice.errors import BadContent

_FILE = Path(__file__).resolve().parents[2] / "advice" / "content" / "chattaal.yml"
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[!?]+|[😀-🙏💀-🖤❤☹☺]", re.UNICODE)
_PLACEHOLDER = re.compile(r"\[([a-z-]+)[^\]]*\]")
_STANDS_FOR = {"plaats": "amsterdam", "postcode": "postcode", "adres": "adres", "organisatie": "school"}
"""What redaction took out, as an ordinary word of the training examples; a name says nothing and goes."""

_REPEATED = re.compile(r"(.)\1{2,}")


@lru_cache(maxsize=1)
def chat_words() -> dict[str, str]:
    """Chat word → written word(s), from ``content/chattaal.yml``. Raises ``BadContent`` when it is not such a map."""
    try:
        words = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["woorden"]
        return {str(chat): str(written) for chat, written in words.items()}
    except (OSError, yaml.YAMLError, KeyError, AttributeError, TypeError) as error:
        raise BadContent(_FILE.name, "moet een lijst 'woorden: chatwoord: geschreven woord' hebben") from error


def tokens(text: str) -> list[str]:
    """Lower-case words of a text after repair of accents, stretched letters and chat spelling."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("`", "'")
    plain = _PLACEHOLDER.sub(lambda found: _STANDS_FOR.get(found.group(1), " "), plain)
    words: list[str] = []
    repair = chat_words()
    for match in _TOKEN.finditer(plain):
        word = match.group()
        if word[0] in "!?":
            words.append(word[0])
            continue
        word = _REPEATED.sub(r"\1\1", word)
        word = _plain_letters(word)
        words.extend(repair.get(word, word).split())
    return words


def _plain_letters(word: str) -> str:
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    if not any("a" <= letter <= "z" for letter in apart):
        return word
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
