"""Words that together are the name of an organisation. Must not decide whether there is one."""

from bot.advice.redaction.canvas import Token
from bot.advice.redaction.lexicon import Lexicon
from bot.advice.redaction.rule_words import rule_words

TAILS = rule_words("organisations.tails")
ARTICLES = rule_words("organisations.articles")
FUNCTION = rule_words("organisations.function")


def joined(tokens: list[Token], index: int) -> bool:
    return (
        index < len(tokens)
        and (
            tokens[index].gap.strip() in {"", '"', "'", "“", "‘", "-", "&"}
            or (tokens[index].gap.strip() == "." and tokens[index - 1].text in {"st", "h"})
        )
        and "\n" not in tokens[index].gap
        and tokens[index].text[0] not in "\x00\x01"
    )


def name_word(token: Token, lexicon: Lexicon) -> bool:
    """A word that can open a name without more: unknown, a name, a town, or with a capital."""
    if token.text in FUNCTION or token.text[0] in "\x00\x01":
        return False
    if token.capital and not token.opens:
        return True
    if any(c.isdigit() for c in token.text) and any(c.isalpha() for c in token.text):  # "fit4all"
        return True
    return (
        lexicon.unknown(token.text)
        or lexicon.names.get(token.text, "X") in "NS"
        or (token.text in lexicon.places and token.text not in lexicon.common)
    )


def _surname_of(before: Token, token: Token, lexicon: Lexicon) -> bool:
    """ "gerrit rietveld": a surname that is also a word, right behind a first name."""
    surname = lexicon.names.get(token.text) == "W" and token.text not in lexicon.common
    return surname and lexicon.names.get(before.text, "") in ("N", "D")


def extend(tokens: list[Token], last: int, lexicon: Lexicon) -> int:
    """Further words of the same name."""
    for _ in range(3):
        after = last + 1
        if not joined(tokens, after):
            break
        token = tokens[after]
        particle = (
            token.text in ARTICLES - {"op", "het", "de"}
            and joined(tokens, after + 1)
            and name_word(tokens[after + 1], lexicon)
        )
        named = name_word(token, lexicon) and lexicon.names.get(token.text) != "X"
        if named or _surname_of(tokens[last], token, lexicon):
            last = after
        elif particle:
            last = after + 1
        elif token.text in TAILS:
            last = after
        else:
            break
    return last
