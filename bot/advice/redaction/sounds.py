"""How a word sounds, so that spelling by ear is known for what it is. Must not decide what is a name."""

import re

# (as it is typed, how it is heard); in this order.
_HEARD = tuple(
    (re.compile(typed), heard)
    for typed, heard in (
        (r"sch(?=e?n?$)", "s"), (r"^s(?:ch|g|k|gh)", "sx"), (r"ch|gh|g", "x"), (r"ph", "f"), (r"th", "t"), (r"qu", "kw"),
        (r"(?<=.)ti(?=e|o)", "si"), (r"c(?=[eiy])", "s"), (r"[cq]", "k"), (r"x(?=$|s)", "x"), (r"v", "f"), (r"z", "s"), (r"eij|ei|ij|y", "I"),
        (r"ouw|auw|au|ou", "O"), (r"uw$", "u"), (r"aai|aj|ai", "A"), (r"eeu|ieu", "iu"), (r"oe", "U"), (r"eu", "E"), (r"ui", "Y"),
        (r"ie", "i"), (r"(?:dt|d|t)(?=$)", "t"), (r"dt", "t"), (r"b$", "p"), (r"(?<=[^aeiou])j(?=e)", "j"), (r"(.)\1+", r"\1"),
        (r"(?<=.)e[nm]$", "e"), (r"h(?=[^aeiouIOAUEY]|$)", ""),
    )
)  # fmt: skip


def heard(word: str) -> str:
    """The folded word as it sounds: "sgreeuwt" and "schreeuwd" give the same as "schreeuwt"."""
    for pattern, sound in _HEARD:
        word = pattern.sub(sound, word)
    return word
