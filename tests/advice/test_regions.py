"""Regions: the place where someone lives, however it is written, and nothing that is no place."""

import csv
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice import gazetteer, postcodes, regions
from bot.advice.content_files import CONTENT
from bot.advice.errors import BadContent
from bot.advice.spelling import distance, key_of

FOLDER = CONTENT / "regions"


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


MUNICIPALITIES = rows("municipalities.csv")
POSTCODES = rows("postcodes4.csv")
NAMES = {key_of(row["place"]) for row in rows("places.csv")}
NAMES |= {row["woord"] for row in rows("gewone_woorden.csv")}


@pytest.fixture(scope="module")
def finder() -> regions.Regions:
    return regions.load()


@pytest.mark.parametrize(
    ("text", "region_id", "kind"),
    [
        ("ik woon in Zwolle", "ijsselland", "municipality"),
        ("8011", "ijsselland", "postcode"),
        ("8011 AB", "ijsselland", "postcode"),
        ("8011ab", "ijsselland", "postcode"),
        ("postcode 2019", "kennemerland", "postcode"),
        ("Hij woont in 8011", "ijsselland", "postcode"),
        ("in 9712", "groningen", "postcode"),
        ("amsterdm", "amsterdam-amstelland", "municipality"),
        ("den bosch", "oost-brabant", "municipality"),
        ("s hertogenbosch", "oost-brabant", "municipality"),
        ("’s-Gravenhage", "haaglanden", "municipality"),
        ("denhaag", "haaglanden", "municipality"),
        ("den hag", "haaglanden", "municipality"),
        ("groninge", "groningen", "municipality"),
        ("utrech", "utrecht", "municipality"),
        ("ik woon in rotedam", "rotterdam-rijnmond", "municipality"),
        ("ik woon in leeuwaarden", "friesland", "municipality"),
        ("ik woon in nijverdl", "twente", "place"),
        ("ymuiden", "kennemerland", "place"),
        ("st anthonis", "oost-brabant", "municipality"),
        ("ik woon in alphen aan de rijn", "hollands-midden", "municipality"),
        ("bergen op zoom", "west-brabant", "municipality"),
        ("Delfzijl", "groningen", "municipality"),
        ("de bijlmer", "amsterdam-amstelland", "municipality"),
        ("ik woon in Súdwest-Fryslân", "friesland", "municipality"),
        ("west-friesland", "noord-holland-noord", "municipality"),
        ("ik woon in het Gooi", "gooi-en-vechtstreek", "municipality"),
        ("de buurvrouw woont in Goor", "twente", "place"),
        ("in de buurt van Nijmege", "gelderland-zuid", "municipality"),
        ("sittard", "zuid-limburg", "place"),
        ("Beek, Montferland", "noord-oost-gelderland", "municipality"),
        ("ik woon in Beek, gemeente Montferland", "noord-oost-gelderland", "place"),
        ("ik woon in Bergen o Zoom", "west-brabant", "municipality"),
        ("Bergen NH", "noord-holland-noord", "place"),
        ("bergen in limburg", "noord-en-midden-limburg", "municipality"),
        ("in best", "oost-brabant", "municipality"),
        ("best", "oost-brabant", "municipality"),
        ("te Epe", "noord-oost-gelderland", "municipality"),
        ("ik woon in Een", "drenthe", "place"),
    ],
)
def test_a_place_gives_its_region(finder: regions.Regions, text: str, region_id: str, kind: str) -> None:
    found = finder.find(text)
    assert (found.region_id, found.kind, found.options) == (region_id, kind, ())


@pytest.mark.parametrize(
    "text",
    [
        "in 2019 sloeg hij me",
        "2019 is het begonnen",
        "sinds 2015",
        "het kostte 5000 euro",
        "in 5000 stukken van € 1011",
        "mijn huisnummer is 8011",
        "kamer 1011",
        "8011 en verder",
        "06 1234 5678",
        "1011-1012",
        "in 0000",
        "dat is best erg",
        "het is echt waar",
        "de buren schreeuwen",
        "op de hoek",
        "wij kampen met geweld",
        "het kan leiden tot ruzie",
        "ik was bij hem",
        "ik woon in een flat",
        "ik woon in heel klein huis",
        "in de wijk",
        "wat een goor huis",
        "ik woon in de steeg",
        "Nederland",
        "ik kom uit Turkije",
        "ik woon in Antwerpen",
        "gent",
        "Londen",
        "in bocholt",
        "hasselt in belgie",
        "Bergen in Noorwegen",
        "nieuw zeeland",
        "mevrouw Zwolle",
        "Jan van Assen",
        "hij komt uit huis",
        "in huis",
        "naar boven",
        "uit elkaar",
        "bij mijn moeder",
        "in paniek",
        "opgesloten in de kelder",
        "1 keer in de maand",
        "in de jaren tachtig",
        "naar het koor gaan",
        "mijn zoon is uit huis en het is rustig",
        "gisteren",
        "misschien",
        "ik ben bang",
        "",
        "!?",
    ],
)
def test_what_is_no_dutch_place_gives_nothing(finder: regions.Regions, text: str) -> None:
    found = finder.find(text)
    assert (found.region_id, found.options, found.matched, found.kind) == (None, (), (), "none")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("bergen", {"Bergen (Noord-Holland)", "Bergen (Limburg)"}),
        ("ik woon in hengelo", {"Hengelo (Overijssel)", "Hengelo (Gelderland)"}),
        ("beek", {"Beek (Limburg)", "Beek (Berg en Dal)", "Beek (Montferland)"}),
        ("rijswijk", {"Rijswijk (Zuid-Holland)", "Rijswijk (Gelderland)", "Rijswijk (Noord-Brabant)"}),
        ("katwijk", {"Katwijk (Zuid-Holland)", "Katwijk (Noord-Brabant)"}),
        ("zeeland", {"Zeeland (provincie)", "Zeeland (Noord-Brabant)"}),
        ("alphen", {"Alphen aan den Rijn", "Alphen (Noord-Brabant)", "Alphen (Gelderland)"}),
        ("Ik woon in Zwolle maar mijn zus woont in Assen", {"Zwolle", "Assen"}),
    ],
)
def test_a_name_with_several_meanings_is_asked_back(finder: regions.Regions, text: str, labels: set[str]) -> None:
    found = finder.find(text)
    assert found.region_id is None
    assert {option.label for option in found.options} == labels
    assert len({option.region_id for option in found.options}) == len(labels)


def test_a_name_that_lies_in_one_region_only_is_not_asked_back(finder: regions.Regions) -> None:
    found = finder.find("ik woon in Serooskerke")
    assert (found.region_id, found.options) == ("zeeland", ())


def test_bergen_offers_exactly_two(finder: regions.Regions) -> None:
    assert len(finder.find("bergen").options) == 2


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("ik woon in Zwolle", True),
        ("woon in zwolle", True),
        ("ik kom uit Zwolle", True),
        ("we wonen in Zwolle", True),
        ("in zwolle woon ik", True),
        ("ik ben woonachtig in Zwolle", True),
        ("ik woon in 8011", True),
        ("mijn zus woont in Zwolle", False),
        ("zij komt uit Zwolle", False),
        ("ze wonen in Zwolle", False),
        ("hij woont in 8011", False),
        ("waar woon jij, in Zwolle", False),
        ("Zwolle", False),
    ],
)
def test_it_knows_whether_the_writer_lives_there(finder: regions.Regions, text: str, own: bool) -> None:
    found = finder.find(text)
    assert (found.region_id, found.own) == ("ijsselland", own)


def test_where_someone_lives_goes_before_other_places(finder: regions.Regions) -> None:
    assert finder.find("ik woon in Zwolle en werk in Assen").region_id == "ijsselland"
    assert finder.find("hij werkt in Assen, zij wonen in Zwolle").region_id == "ijsselland"


def test_two_places_without_a_home_are_asked_back(finder: regions.Regions) -> None:
    found = finder.find("wij zijn in Utrecht of in Amsterdam")
    assert {option.region_id for option in found.options} == {"utrecht", "amsterdam-amstelland"}


def test_the_spans_are_those_of_the_place_only(finder: regions.Regions) -> None:
    text = "Mijn zus (ze woont in 's-Hertogenbosch, 5211 AB) is bang."
    assert [text[start:end] for start, end in finder.find(text).matched] == ["s-Hertogenbosch", "5211 AB"]


def test_every_region_is_one_of_the_25_and_has_a_name(finder: regions.Regions) -> None:
    assert len(finder.all()) == 25
    assert finder.get("ijsselland").name == "Veilig Thuis IJsselland"
    with pytest.raises(KeyError):
        finder.get("oz")


def test_a_website_that_nobody_saw_is_not_shown(finder: regions.Regions) -> None:
    unseen = [
        row["region_id"] for row in rows("veilig_thuis_regions.csv") if row["website_confidence"] == "seen-in-link-list"
    ]
    assert unseen
    assert all(finder.get(region_id).website is None for region_id in unseen)
    assert finder.get("utrecht").website


@pytest.mark.parametrize("row", MUNICIPALITIES, ids=lambda row: row["code"])
def test_every_municipality_is_found_by_its_name(finder: regions.Regions, row: dict[str, str]) -> None:
    found = finder.find(f"ik woon in {row['display_name']}")
    assert row["region_id"] in {found.region_id, *(option.region_id for option in found.options)}


@given(st.sampled_from(POSTCODES))
def test_every_postcode_gives_the_region_of_its_municipality(row: dict[str, str]) -> None:
    home = {place["name"]: place["region_id"] for place in MUNICIPALITIES}
    assert regions.load().find(f"{row['pc4']} XZ").region_id == home[row["municipality"]]


@given(st.text(max_size=200))
def test_any_text_gives_a_known_region_or_none_and_spans_inside_it(text: str) -> None:
    finder = regions.load()
    found = finder.find(text)
    assert found.region_id is None or finder.get(found.region_id)
    assert found.region_id is None or not found.options
    assert all(0 <= start < end <= len(text) for start, end in found.matched)
    assert (found.kind == "none") is (not found.matched)


@given(
    st.sampled_from([row["display_name"] for row in MUNICIPALITIES if len(key_of(row["display_name"])) >= 9]),
    st.data(),
)
def test_one_slip_of_the_finger_in_a_long_name_is_still_understood(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(min_value=2, max_value=len(name) - 2))
    slipped = name[:at] + name[at + 1 :]
    if key_of(slipped) in NAMES:
        return  # 'Montfort' is a place too, 'haringen' are fish
    finder = regions.load()
    exact, found = finder.find(f"ik woon in {name}"), finder.find(f"ik woon in {slipped}")
    wanted = {exact.region_id, *(option.region_id for option in exact.options)} - {None}
    assert wanted & {found.region_id, *(option.region_id for option in found.options)}


@given(st.text(alphabet="abcd", max_size=6), st.text(alphabet="abcd", max_size=6))
def test_the_distance_is_symmetric_and_zero_only_for_the_same_word(one: str, other: str) -> None:
    assert distance(one, other, 3) == distance(other, one, 3)
    assert (distance(one, other, 3) == 0) is (one == other)


def test_a_swap_of_two_letters_counts_once() -> None:
    assert distance("zwolle", "zowlle", 2) == 1
    assert distance("zwolle", "assen", 2) == 3


def test_a_postcode_that_does_not_exist_is_not_one() -> None:
    assert postcodes.find("1234 AB", {"8011": "ijsselland"}) == []


def test_a_message_takes_half_a_millisecond_at_most_on_average(finder: regions.Regions) -> None:
    messages = [
        "ik weet niet wat ik moet doen, hij slaat mij elke avond en de kinderen zien het",
        "ik woon in Zwolle",
        "mijn buurvrouw in de straat wordt geslagen, ik hoor het door de muur",
        "ik woon in amsterdm",
        "ik ben 12 en mijn vader schreeuwt altijd",
    ]
    tracer = sys.gettrace()
    sys.settrace(None)  # counting covered lines would be measured too
    try:
        start = time.process_time()
        for message in messages * 40:
            finder.find(message)
        took = time.process_time() - start
    finally:
        sys.settrace(tracer)
    assert took / (len(messages) * 40) <= 0.0005


def copied(tmp_path: Path, name: str, text: str) -> Path:
    """The folder with one file replaced."""
    for file in FOLDER.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("places.csv", "plaats\nZwolle\n", "kolom place ontbreekt"),
        ("places.csv", "place,municipality,region_id\nX,Nergens,twente\n", "Nergens staat niet"),
        ("gewone_woorden.csv", "woord,regel\nbest,soms\n", "onbekende regel soms"),
        (
            "municipalities.csv",
            "name,region_id,display_name,province,aliases\nX,nergens,X,Drenthe,\n",
            "regio nergens bestaat niet",
        ),
    ],
)
def test_a_mistake_in_a_list_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(BadContent, match=message):
        gazetteer.load(copied(tmp_path, name, text))


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadContent, match="zet het bestand terug"):
        gazetteer.load(tmp_path)
