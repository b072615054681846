"""Makes the word list of the spoken codes. Must not be needed at run time; the result is read by people before use.

Nouns and adjectives of spacy-lookups-data (MIT) that are common enough to know (wordfreq, Apache 2.0 with data under
CC BY-SA 4.0), without names, without any word this service listens for, and without words that could hurt or give
away what the chat was about: somebody else may find the paper. Usage: python -m scripts.build_code_words
"""

import gzip
import json
import re
from pathlib import Path

import spacy_lookups_data
import wordfreq
import yaml

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "bot/advice/content/codewoorden.txt"
SIZE = 7776
"""Six to the fifth power: four words are then 51 bits, as many as twenty throws of a die."""

WORD = re.compile(r"[a-z]{4,8}")
POOL = 120_000
HEAD = """# Woorden voor de codes van vier woorden: om terug te komen, om te bellen en voor een vraag die wacht.
# Gemaakt met scripts/build_code_words.py uit spacy-lookups-data (MIT) en wordfreq (gegevens CC BY-SA 4.0).
# Een woord weghalen mag niet zomaar: er moeten er precies 7776 zijn, en codes die nu gelden horen bij deze lijst.
"""
UNFIT = [
    "abort",
    "agres",
    "alcohol",
    "anaal",
    "angst",
    "anus",
    "arrest",
    "asiel",
    "bajes",
    "bang",
    "beul",
    "beurs",
    "bewak",
    "bidden",
    "bijbel",
    "bloed",
    "blind",
    "blote",
    "bom",
    "borst",
    "bruid",
    "brute",
    "cipier",
    "coke",
    "crack",
    "crimi",
    "cyanide",
    "dader",
    "dealer",
    "dief",
    "dier",
    "dode",
    "doden",
    "dom",
    "dood",
    "dreig",
    "drank",
    "drug",
    "duivel",
    "echtg",
    "eenzaam",
    "eikel",
    "engerd",
    "erotis",
    "ex",
    "fascis",
    "fout",
    "gay",
    "geil",
    "geld",
    "gevaar",
    "geweld",
    "gezin",
    "gif",
    "god",
    "graf",
    "griep",
    "grof",
    "haat",
    "harem",
    "heks",
    "heroin",
    "hitler",
    "hoer",
    "homo",
    "honger",
    "hoofd",
    "hotel",
    "huil",
    "huis",
    "hulp",
    "huwel",
    "ideaal",
    "imam",
    "islam",
    "jank",
    "jood",
    "kanker",
    "kerk",
    "kerker",
    "killer",
    "kind",
    "klap",
    "klop",
    "klote",
    "kogel",
    "kont",
    "kut",
    "lak",
    "lesb",
    "leugen",
    "liefd",
    "lijk",
    "lul",
    "maagd",
    "macht",
    "mafia",
    "man",
    "marte",
    "meid",
    "melding",
    "mes",
    "mest",
    "minnaar",
    "mis",
    "misd",
    "moed",
    "moeder",
    "moor",
    "moord",
    "moslim",
    "naakt",
    "nazi",
    "neger",
    "neuk",
    "nonne",
    "ongeluk",
    "onheil",
    "ontuch",
    "oorlog",
    "opa",
    "opium",
    "orgas",
    "orgie",
    "paniek",
    "papa",
    "peni",
    "pervers",
    "pijn",
    "pik",
    "piemel",
    "pimp",
    "pis",
    "plas",
    "poep",
    "politie",
    "porno",
    "pooier",
    "priester",
    "puber",
    "racis",
    "rel",
    "rot",
    "ruzie",
    "sadis",
    "satan",
    "schaam",
    "schand",
    "scheel",
    "scheid",
    "schiet",
    "schreeuw",
    "schrik",
    "schuld",
    "seks",
    "sex",
    "slaaf",
    "slacht",
    "slag",
    "slet",
    "slip",
    "snol",
    "spijt",
    "sterf",
    "stiek",
    "straf",
    "strip",
    "stront",
    "studen",
    "suic",
    "taart",
    "tepel",
    "terreur",
    "tiet",
    "toilet",
    "tranen",
    "traum",
    "trouw",
    "vagina",
    "vader",
    "vecht",
    "veilig",
    "verbod",
    "verdriet",
    "verkra",
    "vermoor",
    "vlees",
    "vlucht",
    "vrouw",
    "vuil",
    "vuur",
    "wapen",
    "wee",
    "wond",
    "woede",
    "wraak",
    "wurg",
    "wreed",
    "zelfm",
    "ziek",
    "zonde",
    "zuip",
    "zus",
    "zwaar",
    "zwakz",
    "zwanger",
    "debiel",
    "idioot",
    "achterl",
    "gehand",
    "invalid",
    "mongo",
    "mietje",
    "nicht",
    "pot",
    "flikker",
    "allah",
    "jezus",
    "christ",
    "paus",
    "rabbi",
    "hel",
    "hemel",
    "dronk",
    "verslaa",
    "heroine",
    "wiet",
    "joint",
    "hasj",
    "gokk",
    "failli",
    "armoed",
    "bedel",
    "dakloos",
    "asocia",
    "chinees",
    "turk",
    "marokk",
    "duits",
    "belg",
    "frans",
    "russ",
    "pool",
    "pools",
    "arab",
    "negr",
    "zigeun",
    "kamp",
    "bezet",
    "gevang",
    "celstraf",
    "rechter",
    "advoc",
]


def words() -> list[str]:
    """The words, commonest first. Raises ``SystemExit`` when there are too few."""
    known = _nouns_and_adjectives()
    ours, names = _listened_for(), _names()
    english = set(wordfreq.top_n_list("en", 3000))
    found = []
    for word in wordfreq.top_n_list("nl", POOL):
        if WORD.fullmatch(word) and word in known and word not in english | names and _is_harmless(word, ours):
            found.append(word)
        if len(found) == SIZE:
            return found
    raise SystemExit(f"only {len(found)} words of {SIZE}: widen POOL or WORD")


def _nouns_and_adjectives() -> set[str]:
    data = Path(spacy_lookups_data.__file__).parent / "data"
    with gzip.open(data / "nl_lemma_index.json.gz", "rt") as file:
        index = json.load(file)
    return set(index["noun"]) | set(index["adj"])


def _listened_for() -> set[str]:
    concepts = yaml.safe_load((ROOT / "bot/advice/content/lexicon.yml").read_text())["begrippen"]
    return {word.rstrip("*") for group in concepts.values() for word in map(str, group) if " " not in word}


def _names() -> set[str]:
    names: set[str] = set()
    for path in (ROOT / "bot/advice/redaction/lists").glob("*name*"):
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        names.update(raw.decode("utf-8").lower().split())
    return names


def _is_harmless(word: str, ours: set[str]) -> bool:
    return word not in ours and not any(word.startswith(stem) or (len(stem) > 4 and stem in word) for stem in UNFIT)


def main() -> None:
    """Write the list."""
    found = words()
    TARGET.write_text(HEAD + "\n".join(sorted(found)) + "\n", encoding="utf-8")
    print(f"{len(found)} words; rarest: {', '.join(found[-10:])}")


if __name__ == "__main__":
    main()
