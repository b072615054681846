"""An editor's new example is checked, and written where it belongs; nothing else is touched."""

import pytest
import yaml

from bot.advice import redaction
from scripts import add_example
from scripts.evaluation import coverage, editing, sets
from scripts.evaluation.sets import Example

STALKED = Example(
    "mijn ex staat elke ochtend bij de bushalte te kijken",
    "stalking",
    "victim",
    frozenset({"stalking"}),
    "urgent",
    "plain",
    "stalking.yml",
)


@pytest.fixture(scope="module")
def corpus():
    return sets.corpus()


@pytest.fixture
def read_once(corpus, monkeypatch):
    """The command reads the corpus that was read already."""
    monkeypatch.setattr(sets, "corpus", lambda: corpus)


@pytest.fixture(scope="module")
def known(corpus):
    return editing.Known(
        [STALKED, *(one for one in corpus if one.intent == "greet")],
        ["hij wacht mij iedere avond op bij de ingang van de flat"],
        {"stalking", "greet", "other_language", "give_place"},
    )


@pytest.fixture(scope="module")
def redactor():
    return redaction.load()


def like(text, **changes):
    fields = {name: getattr(STALKED, name) for name in ("intent", "role", "topics", "urgency", "voice", "file")}
    return Example(text, **{**fields, **changes})


def test_a_fresh_sentence_has_no_faults(known, redactor):
    assert editing.faults(like("er hangt alweer een briefje aan mijn fietsstuur"), known, redactor) == []


def test_the_same_sentence_is_refused_and_the_file_named(known, redactor):
    (fault,) = editing.faults(like(STALKED.text.upper()), known, redactor)
    assert "stalking.yml" in fault


def test_a_sentence_with_one_letter_changed_is_refused(known, redactor):
    found = editing.faults(like("mijn ex staat elke ochtend bij de bushalte te kijke"), known, redactor)
    assert any("bijna dezelfde" in fault for fault in found)


def test_a_sentence_like_a_validation_message_is_refused_without_showing_that_message(known, redactor):
    (fault,) = editing.faults(like("hij wacht me iedere avond op bij de ingang van de flat"), known, redactor)
    assert "meten" in fault
    assert "flat" not in fault


def test_personal_data_is_refused(known, redactor):
    (fault,) = editing.faults(like("mijn ex belt mij op 0612345678 en zegt dat hij komt"), known, redactor)
    assert "gegevens" in fault


def test_another_language_is_refused_unless_the_intent_says_so(known, redactor):
    text = "my husband follows me everywhere and I am very scared"
    assert any("Nederlands" in fault for fault in editing.faults(like(text), known, redactor))
    other = like(text, intent="other_language", topics=frozenset({"other_language"}))
    assert editing.faults(other, known, redactor) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"intent": "bestaat_niet"},
        {"role": "buurman"},
        {"urgency": "heel"},
        {"voice": "hees"},
        {"topics": frozenset({"ruzie"})},
    ],
)
def test_values_outside_the_closed_lists_are_refused(known, redactor, changes):
    assert len(editing.faults(like("er hangt alweer een briefje aan mijn fietsstuur", **changes), known, redactor)) == 1


@pytest.mark.parametrize("text", ["", "  ", "een regel\nen nog een"])
def test_what_is_not_one_line_is_refused(known, redactor, text):
    assert editing.faults(like(text), known, redactor)


def test_an_example_joins_the_block_with_its_metadata(tmp_path):
    path = tmp_path / "stalking.yml"
    path.write_text(
        'version: "3.1"\nnlu:\n- intent: stalking\n'
        "  metadata: {role: victim, topics: [stalking], urgency: urgent, voice: plain}\n"
        "  examples: |\n    - een\n- intent: stalking\n"
        "  metadata: {role: child, topics: [stalking], urgency: urgent, voice: plain}\n  examples: |\n    - twee\n",
        encoding="utf-8",
    )
    editing.add(like("drie"), [STALKED], tmp_path)
    first, second = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    assert first["examples"] == "- een\n- drie\n"
    assert second["examples"] == "- twee\n"


def test_an_example_with_new_metadata_gets_a_block_of_its_own(tmp_path):
    path = tmp_path / "stalking.yml"
    path.write_text(
        'version: "3.1"\nnlu:\n- intent: stalking\n'
        "  metadata: {role: victim, topics: [stalking], urgency: urgent, voice: plain}\n  examples: |\n    - een\n",
        encoding="utf-8",
    )
    editing.add(like("twee", role="bystander"), [STALKED], tmp_path)
    blocks = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
    assert [block["metadata"]["role"] for block in blocks] == ["victim", "bystander"]
    assert sets.corpus(tmp_path)[1].text == "twee"


def test_an_intent_without_a_file_cannot_be_written(tmp_path):
    with pytest.raises(ValueError, match="stalking"):
        editing.add(STALKED, [], tmp_path)


def test_the_report_names_the_thin_cells_of_a_topic():
    lines = coverage.thin([STALKED], "stalking")
    assert lines[0] == "stalking: 1 voorbeelden"
    assert "  victim, urgent: 1" in lines
    assert "  bystander, acute: 0" in lines


def test_the_coverage_table_counts_every_example_of_a_topic_once():
    row = next(line for line in coverage.table([STALKED]) if line.startswith("stalking"))
    roles, urgencies = row.removeprefix("stalking").split("|")
    assert [int(number) for number in roles.split()] == [1, 0, 0, 0, 0, 0]
    assert [int(number) for number in urgencies.split()] == [0, 0, 1, 0, 0]


def test_the_command_writes_nothing_when_something_is_wrong(capsys, monkeypatch, corpus, read_once):
    monkeypatch.setattr(editing, "add", lambda *_: pytest.fail("it wrote"))
    known_line = next(one for one in corpus if one.intent == "stalking")
    arguments = ["--text", known_line.text, "--intent", "stalking", "--role", "victim", "--urgency", "urgent"]
    assert add_example.main(arguments) == 2
    assert "Niet toegevoegd" in capsys.readouterr().out


def test_the_command_shows_what_the_model_understands_before_it_writes(capsys, monkeypatch, tmp_path, read_once):
    monkeypatch.setattr(add_example.quick, "present", lambda text: [f"gelezen: {len(text)} letters"])
    monkeypatch.setattr(editing, "add", lambda *_: tmp_path / "stalking.yml")
    text = "er lag vanmorgen weer zo'n rare bos bloemen op mijn stoep"
    arguments = ["--text", text, "--intent", "stalking", "--role", "victim", "--topics", "stalking"]
    assert add_example.main([*arguments, "--urgency", "urgent"]) == 0
    said = capsys.readouterr().out
    assert said.index(f"gelezen: {len(text)} letters") < said.index("Toegevoegd aan data/nlu/stalking.yml")


def test_the_command_reports_a_flagged_topic(capsys, read_once):
    assert add_example.main(["--report", "stalking"]) == 0
    assert "Weinig per rol en urgentie" in capsys.readouterr().out


def test_training_shows_what_changed_and_what_did_not(capsys, monkeypatch, read_once, tmp_path):
    figures = [
        add_example.quick.Measured(("intent 70", "role 80"), (("stalking",), ("greet",))),
        add_example.quick.Measured(("intent 71", "role 80"), (("stalking",), ("thank",))),
    ]
    trained = []
    monkeypatch.setattr(add_example.quick, "measure", lambda examples: figures.pop(0))
    monkeypatch.setattr(add_example.quick, "present", lambda text: [])
    monkeypatch.setattr(add_example.subprocess, "run", lambda command, check: trained.append(command[-1]))
    monkeypatch.setattr(editing, "add", lambda *_: tmp_path / "stalking.yml")
    text = "er lag vanmorgen weer zo'n rare bos bloemen op mijn stoep"
    arguments = ["--text", text, "--intent", "stalking", "--role", "victim", "--topics", "stalking"]
    assert add_example.main([*arguments, "--urgency", "urgent", "--train"]) == 0
    said = capsys.readouterr().out
    assert "voor  intent 70" in said
    assert "na    intent 71" in said
    assert "gelijk role 80" in said
    assert "anders begrepen: 1 van 2 berichten" in said
    assert trained == ["bot.engine.training"]
