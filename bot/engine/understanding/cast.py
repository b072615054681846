"""Who is in a message and who does what to whom, as features that a person can read. Must not decide anything.

Words alone do not show what is missing: "raak je dan in paniek" names nobody. This view says so, and whose the
people are that do occur ("mijn zus", "de buurvrouw", "haar man").
"""

from collections.abc import Iterator, Sequence

from bot.engine.understanding.dutch import Reading

Concepts = Sequence[tuple[str, ...]]

# fmt: off
PEOPLE = frozenset(
    {
        "partner_m", "partner_v", "ex", "vader", "moeder", "stiefouder", "pleeggezin", "ouders", "zoon", "dochter",
        "volwassen_kind", "puber", "baby", "kind_klein", "kinderen", "jongen_meisje", "ander_kind", "broer", "zus",
        "opa", "oma", "oom_tante", "neef_nicht", "schoonfamilie", "familie", "kleinkind", "buur", "vriend_ander",
        "naaste_getroffen", "collega", "leidinggevende", "leerling_client", "zorgprofessional", "juf_meester",
        "trainer_begeleider", "onbekende",
    }
)
DEEDS = frozenset(
    {
        "slaan_hand", "slaan_voorwerp", "schoppen", "duwen_trekken", "bijten_krabben", "verbranden", "wurgen",
        "gooien_spullen", "spullen_kapot", "wapen_mes", "wapen_vuur", "dreigen_dood", "dreigen", "geweld_algemeen",
        "vernederend_fysiek", "dwang_seks", "verkrachting", "aanraking", "opsluiten", "buitensluiten",
        "telefoon_controle", "locatie_volgen", "jaloezie", "verbieden", "bepalen_baas", "kleding_bepalen",
        "kleineren_schelden", "vernederen", "negeren_straffen", "gaslighting", "schreeuwen", "geld_afpakken",
        "geld_controle", "schuld_op_naam", "stalken_opwachten", "stalken_berichten", "tracker", "chantage",
        "trouwen_dwang", "incest", "besnijdenis", "loverboy",
    }
)
# fmt: on
_OWNERS = {"mijn": "mijn", "m'n": "mijn", "mn": "mijn", "onze": "mijn", "ons": "mijn", "me": "mijn"} | {
    word: word for word in ("haar", "zijn", "hun", "de", "het", "een", "die", "dat", "deze", "der")
}
_ME = frozenset({"mij", "me", "mezelf", "ons"})
_OTHERS = frozenset({"haar", "hem", "hun", "hen", "ze", "zich"})
_HE_SHE = frozenset({"hij", "zij", "ze", "ie", "die"})
_LENGTHS = ((1, "1"), (3, "3"), (7, "7"), (15, "15"), (40, "40"), (10_000, "meer"))
_NEAR = 4


def cast_view(reading: Reading, concepts: Concepts) -> Iterator[str]:
    """Features named ``wie:…``."""
    words = reading.words
    people = [(place, name) for place, found in enumerate(concepts) for name in found if name in PEOPLE]
    deeds = [place for place, found in enumerate(concepts) if DEEDS.intersection(found)]
    size = next(name for most, name in _LENGTHS if len(words) <= most)
    yield f"wie:lengte {size}"
    present = _present(words, bool(people), bool(deeds))
    for one in present:
        yield f"wie:{one}"
    # What is there and what is not, taken together: a linear model cannot multiply them itself.
    yield "wie:alles " + " ".join(present)
    yield from _whose(words, people)
    yield from _deeds(words, people, deeds)


def _present(words: Sequence[str], people: bool, deeds: bool) -> list[str]:
    seen = set(words)
    return [
        "ik" if "ik" in seen or "k" in seen else "geen ik",
        "mij" if seen & _ME else "geen mij",
        "hij/zij" if seen & _HE_SHE else "geen hij/zij",
        "iemand" if people else "niemand",
        "daad" if deeds else "geen daad",
        "vraag" if "?" in seen else "geen vraag",
    ]


def _whose(words: Sequence[str], people: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Each person with whose it is, the first person apart, and how many kinds of people there are."""
    for number, (place, name) in enumerate(people):
        owner = next((_OWNERS[word] for word in reversed(words[max(0, place - 2) : place]) if word in _OWNERS), "-")
        yield f"wie:{owner} {name}"
        if number == 0:
            yield f"wie:eerst {owner} {name}"
    yield f"wie:soorten {min(4, len({name for _, name in people}))}"


def _deeds(words: Sequence[str], people: Sequence[tuple[int, str]], deeds: Sequence[int]) -> Iterator[str]:
    """Who stands before a deed and whom it meets, within a few words."""
    for place in deeds:
        before, after = words[max(0, place - _NEAR) : place], words[place + 1 : place + 1 + _NEAR]
        if "ik" in before[-2:] or "ik" in after[:1]:
            yield "wie:ik doet"
        for who, group in (("mij", _ME), ("ander", _OTHERS)):
            if group.intersection((*before[-2:], *after[:2])):
                yield f"wie:doet {who}"
        for where, name in people:
            if 0 < place - where <= _NEAR:
                yield f"wie:{name} voor daad"
            elif 0 < where - place <= _NEAR:
                yield f"wie:{name} na daad"
