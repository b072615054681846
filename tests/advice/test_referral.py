"""Referrals: the right help first, never too many, never towards the wrong side, never only a closed door."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.advice import content_files, directory, referral, referral_table
from bot.advice.assessment import Assessment
from bot.advice.errors import BadContent
from bot.advice.hours import AMSTERDAM
from bot.advice.vocabulary import AgeBand, Role, Topic, Urgency

DAY = datetime(2026, 11, 25, 14, 0, tzinfo=AMSTERDAM)
NIGHT = datetime(2026, 11, 25, 3, 0, tzinfo=AMSTERDAM)
SIGNALS = (
    "help_for_abuser",
    "sexual_feelings_children",
    "ask_meldcode",
    "ask_leck",
    "suicide_thoughts",
    "feelings",
)
PASSING = {Topic.SMALLTALK, Topic.OUT_OF_SCOPE, Topic.ABUSE_OF_SERVICE}

moments = st.datetimes(min_value=datetime(2026, 11, 22), max_value=datetime(2027, 8, 20), timezones=st.just(UTC))
assessments = st.builds(
    Assessment,
    role=st.sampled_from(Role),
    topics=st.lists(st.sampled_from(Topic), max_size=5, unique=True).map(tuple),
    urgency=st.sampled_from(Urgency),
    region=st.sampled_from([None, "amsterdam-amstelland", "twente"]),
    age_band=st.none() | st.sampled_from(AgeBand),
)
signal_sets = st.frozensets(st.sampled_from(SIGNALS), max_size=3)


def about(role: str, *topics: str, urgency: str = "normal", age: AgeBand | None = None, **more: str) -> Assessment:
    """An assessment from plain words."""
    return Assessment(Role(role), tuple(Topic(t) for t in topics), Urgency(urgency), age_band=age, **more)


def ids(assessment: Assessment, now: datetime = DAY, *signals: str, **options: object) -> list[str]:
    chosen = referral.load().choose(assessment, now, signals=frozenset(signals), **options)
    return [one.id for one in chosen]


@pytest.mark.parametrize(
    ("assessment", "now", "signals", "expected"),
    [
        (about("victim", "partner_violence", urgency="acute"), DAY, (), ["112", "veilig-thuis"]),
        (
            about("victim", "suicidality", urgency="acute"),
            DAY,
            (),
            ["112", "113", "veilig-thuis", "luisterlijn"],
        ),
        (about("victim", "suicidality", "partner_violence"), DAY, (), ["113", "veilig-thuis", "luisterlijn"]),
        (about("victim", "sexual_violence_recent"), NIGHT, (), ["centrum-seksueel-geweld", "veilig-thuis"]),
        (
            about("child", "sexual_violence_recent", "suicidality"),
            DAY,
            (),
            ["113", "centrum-seksueel-geweld", "kindertelefoon"],
        ),
        (
            about("victim", "sexual_violence_past"),
            DAY,
            (),
            ["centrum-seksueel-geweld", "slachtofferhulp", "luisterlijn"],
        ),
        (about("child", "child_abuse"), DAY, (), ["kindertelefoon", "veilig-thuis"]),
        (about("child", "child_abuse"), NIGHT, (), ["veilig-thuis"]),
        (about("child", "child_abuse", age=AgeBand.UNDER_8), DAY, (), ["veilig-thuis"]),
        (about("child", "own_aggression", age=AgeBand.FROM_16), DAY, (), ["kindertelefoon", "veilig-thuis"]),
        (about("child", "online_sexual_abuse"), DAY, (), ["kindertelefoon", "helpwanted", "veilig-thuis"]),
        (about("perpetrator", "own_aggression"), DAY, (), ["veilig-thuis", "de-waag"]),
        (
            about("perpetrator", "own_aggression", "suicidality"),
            DAY,
            (),
            ["113", "veilig-thuis", "luisterlijn"],
        ),
        (
            about("perpetrator", "own_aggression", "complex_divorce"),
            DAY,
            (),
            ["veilig-thuis", "juridisch-loket", "de-waag"],
        ),
        (about("perpetrator"), DAY, ("sexual_feelings_children",), ["veilig-thuis", "stop-it-now"]),
        (about("victim", "partner_violence"), DAY, ("ask_help_for_abuser",), ["veilig-thuis", "de-waag"]),
        (about("victim", "own_aggression"), DAY, (), ["veilig-thuis"]),
        (about("professional", "child_abuse"), DAY, (), ["veilig-thuis"]),
        (about("professional"), DAY, ("ask_meldcode",), ["meldcode-info", "veilig-thuis"]),
        (about("professional", "child_abuse"), NIGHT, ("ask_leck",), ["leck", "veilig-thuis"]),
        (about("professional", "forced_marriage"), DAY, (), ["veilig-thuis", "lkha", "fier"]),
        (about("victim", "online_sexual_abuse"), DAY, (), ["helpwanted", "veilig-thuis", "politie"]),
        (about("victim", "human_trafficking"), DAY, (), ["comensha", "veilig-thuis", "fier"]),
        (about("victim", "human_trafficking"), NIGHT, (), ["veilig-thuis", "politie", "comensha"]),
        (about("victim", "abandonment_abroad"), DAY, (), ["bz-247", "veilig-thuis"]),
        (about("victim", "honour_violence"), DAY, (), ["veilig-thuis", "fier"]),
        (about("bystander", "fgm"), DAY, (), ["veilig-thuis", "ikvermoedhuiselijkgeweld"]),
        (about("victim", "complex_divorce"), DAY, (), ["juridisch-loket", "wijkteam", "veilig-thuis"]),
        (
            about("victim", "complex_divorce", urgency="urgent"),
            DAY,
            (),
            ["juridisch-loket", "veilig-thuis", "wijkteam"],
        ),
        (about("victim", "elder_abuse"), DAY, (), ["veilig-thuis"]),
        (about("child", "parental_illness_addiction"), DAY, (), ["kindertelefoon", "veilig-thuis"]),
        (about("unknown", "carer_overload"), DAY, (), ["veilig-thuis", "luisterlijn", "mind-hulplijn"]),
        (about("perpetrator", "report_about_me"), DAY, (), ["veilig-thuis", "jeugdstem"]),
        (about("victim", "past_child_abuse"), DAY, (), ["slachtofferhulp", "luisterlijn", "mind-hulplijn"]),
        (about("victim", "aftercare"), DAY, (), ["slachtofferhulp", "veilig-thuis", "slachtofferwijzer"]),
        (about("victim", "stalking"), DAY, (), ["veilig-thuis", "politie", "slachtofferhulp"]),
        (about("victim", "financial_abuse"), DAY, (), ["veilig-thuis", "geldfit", "juridisch-loket"]),
        (about("victim"), DAY, ("loneliness", "young_adult"), ["luisterlijn", "mind-hulplijn", "alles-oke"]),
        (about("victim"), DAY, ("strangulation_recent",), ["veilig-thuis"]),
        (about("victim", "smalltalk"), DAY, (), []),
        (about("child", "out_of_scope"), DAY, (), []),
        (about("unknown"), DAY, (), []),
    ],
)
def test_the_table_gives_the_right_help_in_the_right_order(
    assessment: Assessment, now: datetime, signals: tuple[str, ...], expected: list[str]
) -> None:
    assert ids(assessment, now, *signals) == expected


def test_a_greep_at_the_throat_is_looked_at_by_a_doctor_today() -> None:
    chosen = referral.load().choose(about("victim"), DAY, signals=frozenset({"strangulation_recent"}))
    assert "huisarts" in chosen[0].why and "vandaag" in chosen[0].why


@pytest.mark.parametrize("role", list(Role))
def test_the_reason_is_for_the_one_who_reads_it(role: Role) -> None:
    whys = {
        name: referral.load().choose(about(name, "child_abuse"), NIGHT)[0].why
        for name in ("victim", "child", "bystander", "perpetrator", "professional")
    }
    assert len(set(whys.values())) == len(whys)
    own = referral.load().choose(about(role.value, "child_abuse"), NIGHT)[0].why
    assert own == whys.get(role.value, whys["victim"])


def test_a_region_can_add_help_that_is_only_there() -> None:
    local = about("victim", "sexual_violence_past", region="amsterdam-amstelland")
    assert "csg-inloophuis-amsterdam" in ids(local, limit=4)
    assert "csg-inloophuis-amsterdam" not in ids(about("victim", "sexual_violence_past"), limit=4)


def test_who_wants_to_chat_sees_an_open_chat_first_within_a_rank() -> None:
    topics = about("victim", "past_child_abuse")
    assert ids(topics, DAY) == ["slachtofferhulp", "luisterlijn", "mind-hulplijn"]
    both = about("victim", "stalking", "carer_overload")
    assert ids(both, DAY, wants_chat=True, limit=5) == [
        "veilig-thuis",
        "politie",
        "luisterlijn",
        "slachtofferhulp",
        "mind-hulplijn",
    ]


def test_one_alone_is_the_most_important_one_that_is_open() -> None:
    assert ids(about("victim", "human_trafficking"), NIGHT, limit=1) == ["veilig-thuis"]
    assert ids(about("victim", "complex_divorce"), DAY, limit=1) == ["veilig-thuis"]


@given(assessments, moments, signal_sets)
def test_acute_danger_always_gives_112_first(found: Assessment, now: datetime, signals: frozenset[str]) -> None:
    chosen = ids(found, now, *signals)
    if found.urgency is Urgency.ACUTE:
        assert chosen[0] == "112"
    else:
        assert "112" not in chosen


@given(assessments, moments, signal_sets, st.booleans())
def test_there_are_never_more_than_three_beside_112_and_no_number_twice(
    found: Assessment, now: datetime, signals: frozenset[str], wants_chat: bool
) -> None:
    chosen = ids(found, now, *signals, wants_chat=wants_chat)
    assert len([one for one in chosen if one != "112"]) <= 3
    entries = directory.load()
    tels = [entries.get(one).tel for one in chosen if entries.get(one).tel]
    assert len(tels) == len(set(tels)) and len(chosen) == len(set(chosen))


@given(assessments, moments, signal_sets)
def test_only_what_the_directory_shows_is_given(found: Assessment, now: datetime, signals: frozenset[str]) -> None:
    entries = directory.load()
    for one in ids(found, now, *signals):
        assert entries.is_shown(one, now.astimezone(AMSTERDAM).date())
        assert entries.get(one).confidence != "unverified"


@given(assessments, moments, signal_sets)
def test_a_child_gets_its_own_line_when_it_is_open(found: Assessment, now: datetime, signals: frozenset[str]) -> None:
    if found.role is not Role.CHILD or (found.topics and set(found.topics) <= PASSING):
        return
    chosen = ids(found, now, *signals)
    of_age = found.age_band in (None, AgeBand.FROM_8, AgeBand.FROM_12, AgeBand.FROM_16)
    if of_age and directory.load().get("kindertelefoon").is_open(now):
        assert "kindertelefoon" in chosen
    else:
        assert "kindertelefoon" not in chosen and "veilig-thuis" in chosen


@given(assessments, moments, signal_sets)
def test_lines_for_who_hurts_are_never_a_victims_or_childs_own(
    found: Assessment, now: datetime, signals: frozenset[str]
) -> None:
    lines = {
        "de-waag",
        "stop-it-now",
        "plegerhulp-veilig-thuis",
        "reclassering",
        "halt",
        "mijn-drift-de-baas",
    }
    given_lines = lines & set(ids(found, now, *signals))
    if found.role is Role.CHILD or (found.role is Role.VICTIM and "help_for_abuser" not in signals):
        assert not given_lines


@given(assessments, moments, signal_sets)
def test_nobody_is_sent_to_closed_doors_only(found: Assessment, now: datetime, signals: frozenset[str]) -> None:
    entries = directory.load()
    beside = [entries.get(one) for one in ids(found, now, *signals) if one != "112"]
    assert not beside or any(entry.is_open(now) for entry in beside)


@given(assessments, moments, signal_sets)
def test_thoughts_of_suicide_and_recent_sexual_violence_come_first(
    found: Assessment, now: datetime, signals: frozenset[str]
) -> None:
    beside = [one for one in ids(found, now, *signals) if one != "112"]
    suicidal = Topic.SUICIDALITY in found.topics or "suicide_thoughts" in signals
    if suicidal:
        assert beside[0] == "113"
    elif Topic.SEXUAL_VIOLENCE_RECENT in found.topics and found.role is not Role.PERPETRATOR:
        assert beside[0] == "centrum-seksueel-geweld"


@given(assessments, moments, signal_sets)
def test_every_reason_is_one_sentence(found: Assessment, now: datetime, signals: frozenset[str]) -> None:
    for one in referral.load().choose(found, now, signals=signals):
        assert one.why.endswith(".") and ". " not in one.why


def test_two_quarters_without_a_check_leave_veilig_thuis() -> None:
    late = datetime(2028, 1, 10, 14, 0, tzinfo=AMSTERDAM)
    assert ids(about("victim", "suicidality"), late) == []
    assert ids(about("child", "child_abuse"), late) == ["veilig-thuis"]
    assert ids(about("victim", "human_trafficking", urgency="acute"), late) == ["112", "veilig-thuis"]


def test_the_check_warns_about_what_the_table_names_in_vain() -> None:
    rules = referral.load()
    assert rules.warnings(date(2026, 11, 25)) == ()
    late = rules.warnings(date(2028, 1, 10))
    assert any(line.startswith("luisterlijn:") for line in late)
    assert not any(line.startswith("veilig-thuis:") for line in late)


def test_adults_are_not_addressed_in_a_reason_so_that_je_and_u_both_fit() -> None:
    data = content_files.read_yaml(content_files.CONTENT / referral_table.FILE)
    told = [*data["redenen"].values(), *(item for rule in data["regels"] for item in rule["dan"])]
    for entry in told:
        for key, sentence in entry.items():
            if key.startswith("waarom") and key != "waarom_kind":
                assert not {"je", "jij", "jou", "jouw", "u", "uw"} & set(sentence.lower().rstrip(".").split())


MINIMAL = {
    "rangen": ["veilig_thuis"],
    "terugval": "veilig-thuis",
    "alleen_voor_plegers": [],
    "vraag_om_hulp_voor_pleger": [],
    "voor_iedereen": [],
    "redenen": {"veilig-thuis": {"waarom": "Zij helpen.", "waarom_kind": "Zij helpen jou."}},
    "regels": [],
}


def rule(**changes: object) -> dict[str, object]:
    row = {
        "id": "proef",
        "als": {"rol": ["victim"]},
        "dan": [{"organisatie": "veilig-thuis", "rang": "veilig_thuis"}],
    }
    return {**MINIMAL, "regels": [{**row, **changes}]}


def rules_of(tmp_path: Path, table: dict[str, object]) -> referral.ReferralRules:
    file = tmp_path / referral_table.FILE
    file.write_text(yaml.safe_dump(table), encoding="utf-8")
    return referral.ReferralRules(referral_table.read(directory.load(), file), directory.load())


def proposing(*organisations: str) -> dict[str, object]:
    """A table whose one rule proposes these, in this order, to everyone."""
    reasons = {name: {"waarom": "Zij helpen.", "waarom_kind": "Zij helpen jou."} for name in organisations}
    row = {
        "id": "proef",
        "als": {},
        "dan": [{"organisatie": n, "rang": "veilig_thuis"} for n in organisations],
    }
    return {**MINIMAL, "redenen": {**MINIMAL["redenen"], **reasons}, "regels": [row]}


def test_a_shared_number_is_given_once_and_as_veilig_thuis(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, proposing("vrouwenopvang", "mannenopvang", "veilig-thuis"))
    assert [one.id for one in rules.choose(about("victim"), DAY)] == ["veilig-thuis"]
    rules = rules_of(tmp_path, proposing("vrouwenopvang", "mannenopvang"))
    assert [one.id for one in rules.choose(about("victim"), DAY)] == ["vrouwenopvang"]


def test_a_line_for_another_age_or_audience_is_passed_over(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, proposing("alles-oke", "luisterlijn", "huisarts"))
    teenager = about("victim", age=AgeBand.FROM_16)
    assert [one.id for one in rules.choose(teenager, NIGHT)] == ["luisterlijn"]
    assert rules.choose(about("professional"), NIGHT) == ()
    assert rules.warnings(date(2026, 11, 25)) == ("huisarts: staat in verwijzingen.yml maar wordt niet getoond",)


def test_who_is_closed_alone_gets_the_fallback_beside_it(tmp_path: Path) -> None:
    rules = rules_of(tmp_path, proposing("comensha"))
    assert [one.id for one in rules.choose(about("victim"), NIGHT)] == ["comensha", "veilig-thuis"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({**MINIMAL, "rangen": None}, "NoneType"),
        ({key: value for key, value in MINIMAL.items() if key != "redenen"}, "sleutel redenen ontbreekt"),
        (rule(als={"rollen": ["victim"]}), "onbekende voorwaarde rollen"),
        (rule(als={"rol": ["slachtoffer"]}), "slachtoffer bestaat niet"),
        (rule(als={"leeftijd": [811]}), "tussen aanhalingstekens"),
        (rule(als={"open": ["nergens"]}), "nergens staat niet in"),
        (rule(dan=[{"organisatie": "veilig-thuis", "rang": "eerst"}]), "onbekende rang eerst"),
        (rule(dan=[{"organisatie": "politie", "rang": "veilig_thuis"}]), "politie heeft geen zin"),
        (rule(dan=["veilig-thuis"]), "proef|indices"),
        ({**MINIMAL, "redenen": {**MINIMAL["redenen"], "nergens": {"waarom": "Zo."}}}, "nergens: staat niet"),
        ({**MINIMAL, "redenen": {"veilig-thuis": {"waarom": "Zij helpen."}}}, "waarom_kind: ontbreekt"),
        ({**MINIMAL, "redenen": {"politie": {"waarom": "Eén. Twee."}}}, "schrijf één zin"),
        ({**MINIMAL, "redenen": {"politie": {"waarom": "Bel 12345."}}}, "hoort alleen in organisations.yml"),
        ({**MINIMAL, "redenen": {"politie": {"waarom": "a " * 30 + "b."}}}, "langer dan"),
        ({**MINIMAL, "alleen_voor_plegers": ["nergens"]}, "nergens staat niet"),
    ],
)
def test_a_mistake_in_the_table_stops_the_start_and_says_where(
    tmp_path: Path, table: dict[str, object], message: str
) -> None:
    file = tmp_path / referral_table.FILE
    file.write_text(yaml.safe_dump(table), encoding="utf-8")
    with pytest.raises(BadContent, match=message):
        referral_table.read(directory.load(), file)
