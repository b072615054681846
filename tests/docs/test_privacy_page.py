"""docs/privacy.md lists everything that is stored or logged: compared with the code and with a real Redis."""

import re
from pathlib import Path

import pytest

from bot.advice.memory import DialogueMemory
from tests.contract.redis_server import redis_server
from webchat import app, chats, logs
from webchat.adapters import redis_store
from webchat.adapters.redis_codes import RedisCodeStore
from webchat.adapters.redis_desk import RedisDeskStore
from webchat.adapters.redis_store import RedisStore
from webchat.adapters.sql.tables_desk import metadata
from webchat.chats import ChatKeys, Notes, Sealed, new_token
from webchat.ports import Commit

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
TICKET = "0" * 64
CODE = "1" * 32


def column(heading: str) -> list[str]:
    """The first cells of the table or tables whose first heading this is."""
    found, inside = [], False
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")] if line.startswith("|") else []
        if not cells:
            inside = False
        elif cells[0] == heading:
            inside = True
        elif inside and not cells[0].startswith("---"):
            found.append(cells[0].strip("`"))
    assert found, heading
    assert len(found) == len(set(found))
    return found


def rows(heading: str) -> dict[str, list[str]]:
    lines = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| `")]
    return {cells[0].strip("` "): cells[1:] for cells in lines if cells[0].strip("` ") in column(heading)}


def test_every_log_event_has_its_line_and_no_other_has_one():
    assert set(column("event")) == {event.value for event in logs.Event}


def test_every_log_field_has_its_line():
    assert set(column("log field")) == logs.FIELDS


def test_every_line_of_the_engine_is_listed():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "engine").rglob("*.py"))
    calls = re.findall(
        r"\bLOG(?:GER)?\.(?:debug|info|warning|error|critical|exception|log)\((.{0,60})", source, re.DOTALL
    )
    names = re.findall(r'record\.msg = "([a-z_]+)', source)
    for call in calls:
        found = re.match(r'\s*"([a-z_]+)[ "]', call)
        assert found, f"a line of the engine must start with the name of an event: {call}"
        names.append(found[1])
    assert set(column("engine line")) == set(names)


def test_no_other_part_of_the_engine_or_its_actions_logs_at_all():
    for folder in ("bot/engine", "bot/advice", "actions"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.name not in ("quiet.py", "channel.py", "server.py"):
                assert not re.search(
                    r"\bgetLogger\(|\bLOG\.|\blogging\.(debug|info|warning|error)\(", path.read_text("utf-8")
                ), path


def test_every_slot_of_the_engine_is_listed():
    assert set(column("slot")) == set(DialogueMemory().as_slots())


def test_every_field_of_the_engines_record_is_listed():
    source = (ROOT / "bot" / "engine" / "tracker_store.py").read_text(encoding="utf-8")
    record = re.search(r"record = \{\n(.*?)\n        \}", source, re.DOTALL)
    assert record
    assert set(column("field of the record")) == set(re.findall(r'^ {12}"([a-z]+)":', record[1], re.MULTILINE))


def test_the_engine_writes_under_one_kind_of_key():
    source = (ROOT / "bot" / "engine" / "tracker_store.py").read_text(encoding="utf-8")
    assert re.findall(r'return f"([a-z]+):\{sender_id\}"', source) == ["tracker"]
    assert set(re.findall(r"self\._redis\.(\w+)\(", source)) == {
        "ping",
        "config_get",
        "get",
        "set",
        "unlink",
        "scan_iter",
    }
    assert "tracker:<engine id>" in column("key")


def test_every_field_of_the_notes_and_every_kind_of_envelope_is_listed():
    assert set(column("field of the sealed notes")) == set(Notes().as_dict())
    assert set(column("kind of sealed value")) == {kind.event_name for kind in Sealed}


@pytest.mark.asyncio
async def test_every_key_and_field_that_the_store_writes_is_listed_with_its_kind():
    with redis_server() as server:
        store, keys, now = RedisStore(server.url), ChatKeys.from_token(new_token()), 1_800_000_000.0
        desk, codes = RedisDeskStore(server.url), RedisCodeStore(server.url)
        await desk.swap(0, b"desk", True)
        await codes.put(CODE, b"closed", 60, now)
        await store.create(keys, b"notes", (b"event",), now)
        await store.commit(keys, Commit(0, b"notes", (b"e",), b"t" * 16, b"r", activity=True), now)
        await store.seen(keys, now)
        await store.put_ticket(TICKET, now)
        with server.client() as client:
            written = {_general(name, keys): client.type(name).decode() for name in client.keys("*")}
            fields = {name.decode() for name in client.hkeys(f"c:{keys.chat_id}")}
            desk_fields = {name.decode() for name in client.hkeys("c:desk")}
        for one in (store, desk, codes):
            await one.close()
    documented = {key: cells[0] for key, cells in rows("key").items() if key.startswith("c:")}
    assert written == documented
    assert set(column("field of `c:<chat>`")) == fields
    assert desk_fields == {name for name in re.findall(r"`(\w+)`", rows("key")["c:desk"][1]) if name != "c"}


def test_every_table_of_the_staff_database_is_listed_and_no_other():
    assert set(column("table")) == set(metadata.tables)


def test_the_lifetimes_on_the_page_are_those_of_the_code():
    assert f"{chats.IDLE_SECONDS // 60} minutes without activity" in PAGE
    assert f"{chats.HARD_SECONDS // 3600} hours in all" in PAGE
    assert f"{chats.LEFT_SECONDS // 60} minutes after the line dropped" in PAGE
    assert f"{redis_store.BACKSTOP_SECONDS // 60} minutes after the end" in PAGE
    assert f"asked again every {app.SWEEP_SECONDS:.0f} seconds" in PAGE
    assert f"multiple of {chats.BLOCK}\nbytes" in PAGE


def _general(name: bytes, keys: ChatKeys) -> str:
    return name.decode().replace(keys.chat_id, "<chat>").replace(TICKET, "<ticket>").replace(CODE, "<code id>")


def test_every_proof_that_the_threat_model_names_exists():
    page = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:tests|scripts)/[\w/.-]+?\.py)(?:::(\w+))?`", page)
    assert len(named) > 15
    for path, test in named:
        source = (ROOT / path).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in source, f"{path}::{test}"


def test_every_row_of_the_legal_drafts_says_that_a_lawyer_has_to_check_it():
    for name in ("dpia-draft", "register", "ai-act"):
        words = " ".join((ROOT / "docs" / f"{name}.md").read_text("utf-8").split())
        assert "to be checked by a lawyer" in words
    points = re.findall(r"^### \d+\. .*$", (ROOT / "docs" / "dpia-draft.md").read_text("utf-8"), re.MULTILINE)
    assert len(points) >= 10
    assert all(point.endswith("(to be checked by a lawyer)") for point in points)
