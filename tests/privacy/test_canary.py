"""What is typed is found nowhere: not in Redis, SQL, files, logs, processes, errors, core files or on a wrong screen (P1)."""

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.privacy import controls, sinks
from tests.privacy.canary import Shape, markers
from tests.privacy.consoles import Ledger
from tests.privacy.encodings import Search, embedded, encoded, report
from tests.privacy.states import STATES

ROOT = Path(__file__).parents[2]
CONTROL = "Controlewoord\u00ebl7"
ENCODINGS = sorted(embedded(CONTROL))


def found(data: bytes, encoding: str) -> bool:
    """Whether the control word is seen, and in this encoding."""
    seen = {hit.encoding for hit in Search([CONTROL]).find(data)}
    return any(name.startswith("compressed") for name in seen) if encoding in ("gzip", "zlib") else encoding in seen


def test_more_than_two_hundred_markers_of_every_shape_are_typed_and_every_state_is_reached(walked):
    assert len(set(walked.needles)) >= 200
    assert set(Counter(marker.shape for some in walked.typed.values() for marker in some)) == set(Shape)
    assert set(walked.walk.statuses) == {state.__name__ for state in STATES}
    seen = set().union(*walked.walk.statuses.values())
    assert {200, 204, 403, 404, 405, 409, 410, 413, 422, 503} <= seen
    assert 500 not in seen


def test_nothing_typed_is_found_anywhere_while_the_chats_live(walked):
    assert report(walked.living, walked.needles) == []


def test_nothing_typed_is_found_anywhere_after_everything_was_wiped(walked):
    assert report(walked.wiped, walked.needles) == []


def test_no_reader_sees_a_word_that_was_not_meant_for_them(walked):
    """What is redacted never comes on a console, and what is said to one counsellor never on another's."""
    for reader, screen in walked.screens.items():
        assert walked.ledger.strange(reader, screen, walked.needles) == []


def test_every_reader_did_get_the_words_that_were_meant_for_them(walked):
    """The control: the screens that were searched are the ones on which words arrive."""
    assert set(walked.screens) == {"visitor", "demo-een", "demo-twee"}
    for reader, screen in walked.screens.items():
        meant = walked.ledger.may[reader]
        assert len(walked.ledger.arrived(reader, screen)) > len(meant) / 2 > 1


def test_no_token_code_or_cookie_comes_on_a_console(walked):
    screens = {name: screen for name, screen in walked.screens.items() if name != "visitor"}
    assert report(screens, walked.secrets) == []


def test_the_sinks_of_the_proof_are_not_empty(walked):
    """An empty sink would prove nothing: each holds what the product may keep there."""
    names = " ".join(walked.living)
    for expected in (
        "gateway.log",
        "engine.log",
        "redis-chats.log",
        "appendonly",
        "redis chats",
        "redis engine",
        "answers",
        "sql",
        "staff.sqlite-wal",
    ):
        assert expected in names
    assert walked.living["redis chats"].count(b"c:") > 20
    assert b"c:desk" in walked.living["redis chats"]
    assert b"c:code:" in walked.living["redis chats"]
    for row in (b"chat_claimed", b"chat_shadowed", b"card_opened", b"question_answered", b"counsellor.length"):
        assert row in walked.living["sql"]
    assert b"tracker:" in walked.living["redis engine"]
    for name in ("chats", "engine-redis", "engine", "gateway"):
        assert walked.living[f"cmdline of {name}"]
    log = next(data for name, data in walked.living.items() if name.endswith("gateway.log"))
    for event in (b"chat_opened", b"turn kind=text", b"bot_failed", b"store_failed", b"chat_wiped", b"DEBUG library"):
        assert event in log


def test_no_token_and_no_secret_is_found_anywhere_but_in_the_environment(walked):
    product = walked.walk.product
    secrets = [*walked.secrets, product.place.engine_secret, product.staff.secret]
    for found in (walked.living, walked.wiped):
        assert report({n: data for n, data in found.items() if not n.startswith("environ")}, secrets) == []


def test_a_wiped_product_holds_no_chat(walked):
    pattern = re.compile(rb"c:[0-9a-f]{32}:e")
    assert pattern.search(walked.living["redis chats"])
    assert not pattern.search(walked.wiped["redis chats"])
    assert b"tracker:" not in walked.wiped["redis engine"]


@pytest.mark.parametrize("name", ["gateway", "engine"])
def test_a_process_that_crashes_leaves_no_core(walked, running, name, tmp_path):
    limits = Path(f"/proc/{running.pids()[name]}/limits").read_text(encoding="utf-8")
    assert re.search(r"Max core file size +0 +0 ", limits)
    where = (ROOT, running.place.folder, running.temporary, tmp_path)
    before = sinks.cores(*where)
    process = running.children[name].process
    running.send(name, signal.SIGABRT)
    assert process.wait(10) == -signal.SIGABRT
    assert sinks.cores(*where) == before
    running.start(name)


def test_the_search_for_cores_can_find_one(tmp_path):
    """The control: a process that is not closed off leaves a core here, when this kernel writes cores to files."""
    program = (
        "import os, resource as r; h = r.getrlimit(r.RLIMIT_CORE)[1]; r.setrlimit(r.RLIMIT_CORE, (h, h)); os.abort()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, stderr=subprocess.DEVNULL)
    assert done.returncode == -signal.SIGABRT
    pattern = Path("/proc/sys/kernel/core_pattern").read_text(encoding="utf-8").strip()
    if not pattern.startswith(("|", "/")) and os.WCOREDUMP(0x80):
        assert sinks.cores(tmp_path)
    (tmp_path / "core.123").write_bytes(b"core")
    assert tmp_path / "core.123" in sinks.cores(tmp_path)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", ["chats", "engine"])
def test_a_word_in_a_copy_of_redis_is_found(walked, running, kind, encoding):
    with running.redis(kind) as original:
        assert found(controls.copy_of_redis(original, embedded(CONTROL)[encoding]), encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_word_in_a_copy_of_the_staff_database_is_found(walked, running, tmp_path, encoding):
    rows, on_disk = controls.copy_of_sql(running.staff.database, tmp_path, embedded(CONTROL)[encoding])
    assert found(rows, encoding)
    assert found(on_disk, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_word_on_a_screen_is_a_hit_unless_it_was_meant_for_that_reader(walked, encoding):
    planted = embedded(CONTROL)[encoding]
    for reader, screen in walked.screens.items():
        assert walked.ledger.strange(reader, screen + planted, [CONTROL]) == [f"{reader}: {CONTROL}"]
        allowed = Ledger()
        allowed.allow([CONTROL], reader)
        assert allowed.strange(reader, planted, [CONTROL]) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_word_in_an_append_only_file_is_found(encoding):
    assert found(controls.append_only_file(embedded(CONTROL)[encoding]), encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_word_in_a_copy_of_the_files_and_logs_is_found(walked, running, tmp_path, encoding):
    planted = embedded(CONTROL)[encoding]
    for original in (running.place.folder, running.temporary):
        assert found(controls.copy_of_files(original, tmp_path, planted), encoding)
    assert found(controls.new_file(tmp_path, planted), encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_word_in_a_process_is_found(encoding):
    planted = embedded(CONTROL)[encoding]
    seen = controls.process_with(planted)
    parts = ("deleted",) if b"\0" in planted else ("cmdline", "environ", "deleted")
    for part in parts:
        assert found(seen[part], encoding), part


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_word_in_an_answer_is_found(walked, encoding):
    planted = embedded(CONTROL)[encoding]
    assert found(b"\n".join([*walked.walk.answers, planted]), encoding)
    assert not found(b"\n".join(walked.walk.answers), encoding)


def test_every_marker_is_found_in_every_encoding():
    some = markers(4)
    search = Search(marker.needle for marker in some)
    for marker in some:
        for name, planted in embedded(marker.needle).items():
            assert marker.needle in {hit.needle for hit in search.find(os.urandom(64) + planted)}, name


def test_a_marker_across_the_edge_of_two_chunks_is_found_once(monkeypatch):
    monkeypatch.setattr("tests.privacy.encodings.CHUNK", 64)
    for shift in range(80):
        data = bytes(shift) + encoded(CONTROL)["raw"] + bytes(80)
        assert [hit.at for hit in Search([CONTROL]).find(data) if hit.encoding == "raw"] == [shift]
