"""`make run` as a person meets it: it serves, survives a dead engine, stops without orphans, and says what is wrong."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import services
from scripts.evaluation.product import Client, referral_ids

COMMAND = [sys.executable, "-W", "ignore", "-m", "scripts.run"]


def environment(**changes: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "RASA_URL", "PORT")}
    accounts = f"sqlite:///{tempfile.mkdtemp(prefix='lichtpunt-test-')}/staff.sqlite"
    return {**clean, "LIMITS": "off", "DATABASE_URL": accounts, "STAFF_SECRET": "x" * 32, **changes}


def refused(**changes: str) -> subprocess.CompletedProcess[str]:
    """Run with a setting that cannot be used; it must end by itself."""
    return subprocess.run(
        COMMAND, cwd=services.ROOT, env=environment(**changes), capture_output=True, text=True, timeout=60
    )


def children_of(pid: int) -> dict[int, str]:
    """The supervisor's children by process id, with their command lines."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(status[1]) == pid:
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, IndexError):
            continue
    return found


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = services.free_port()
    process = subprocess.Popen(
        COMMAND, cwd=services.ROOT, env=environment(PORT=str(port)), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "is ready" in line:
            break
    yield process, f"http://127.0.0.1:{port}"
    if process.poll() is None:
        process.terminate()
        process.wait(30)
    process.stdout.close()


def test_it_serves_the_page_and_answers(running):
    _, base = running
    assert services.answers(base)
    answer = Client(base).open().say("mijn man slaat me al jaren")
    assert referral_ids(answer)[0] == "veilig-thuis"


def test_a_killed_engine_gives_the_emergency_card_and_comes_back_by_itself(running):
    process, base = running
    engine = next(pid for pid, command in children_of(process.pid).items() if "bot.engine.server" in command)
    client = Client(base).open()
    client.say("hallo")
    os.kill(engine, signal.SIGKILL)
    started = time.monotonic()
    card = client.say("mijn man slaat me")
    assert time.monotonic() - started < 5
    assert [reply["kind"] for reply in card["replies"]] == ["emergency"]
    assert {"112", "veilig-thuis", "113"} <= set(referral_ids(card))
    for _ in range(60):
        answer = client.say("mijn man slaat me")
        if answer["replies"][-1]["kind"] != "emergency":
            break
        time.sleep(1)
    assert answer["assessment"]["topics"] == ["partner_violence"]


def test_a_killed_redis_is_started_again_and_its_chats_live(running):
    process, base = running
    client = Client(base).open()
    client.say("mijn man slaat me")
    time.sleep(1.2)  # the append-only file is written every second
    chats = next(pid for pid, command in children_of(process.pid).items() if "chats.sock" in command)
    os.kill(chats, signal.SIGKILL)
    for _ in range(40):
        answer = client.say("hij doet het elke week")
        if "assessment" in answer:
            break
        assert any(reply["kind"] == "emergency" for reply in answer.get("replies", ())), answer
        time.sleep(0.5)
    assert answer["assessment"]["role"] == "victim"


def test_stopping_leaves_no_orphans(running):
    process, _ = running
    children = set(children_of(process.pid))
    assert len(children) == 4
    process.terminate()
    assert process.wait(30) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def test_a_taken_port_is_one_line_and_code_2():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = refused(PORT=str(taken.getsockname()[1]))
    assert result.returncode == 2
    assert result.stderr.startswith("lichtpunt: PORT")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("key", "value"),
    [("PORT", "tachtig"), ("LIMITS", "misschien"), ("REDIS_URL", "ergens"), ("EXIT_URL", "javascript:x")],
)
def test_a_broken_setting_names_its_key_and_never_its_value(key, value):
    result = refused(**{key: value})
    assert result.returncode == 2
    assert key in result.stderr
    assert value not in result.stderr
    assert result.stderr.count("\n") == 1


def test_no_redis_names_the_remedy(tmp_path):
    result = refused(PATH=str(tmp_path), PORT=str(services.free_port()))
    assert result.returncode == 2
    assert "redis-server" in result.stderr
