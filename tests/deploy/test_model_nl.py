"""The large model is installed only when its file is the pinned one; every refusal is one line."""

import hashlib

import pytest

from scripts import model_nl
from scripts.model_nl import CannotInstall, Pins

CONTENT = b"a made-up wheel"
HASH = hashlib.sha256(CONTENT).hexdigest()
URL = "https://example.org/nl_model-3.7.0-py3-none-any.whl"


@pytest.fixture
def pins(tmp_path):
    def write(sha256: str = ""):
        path = tmp_path / "model-nl.txt"
        path.write_text(f"# remark with a = sign\nurl = {URL}\nsha256 = {sha256}\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def put():
    installed = []

    def remember(name: str, content: bytes) -> None:
        installed.append((name, content))

    remember.installed = installed
    return remember


def fetch(url: str) -> bytes:
    assert url == URL
    return CONTENT


def away(url: str) -> bytes:
    raise CannotInstall(f"no download from {url} (URLError)")


def test_the_pinned_file_is_installed_under_its_own_name(pins, put):
    assert model_nl.main([], fetch, put, pins(HASH)) == 0
    assert put.installed == [("nl_model-3.7.0-py3-none-any.whl", CONTENT)]


@pytest.mark.parametrize(
    ("sha256", "arguments", "download"),
    [
        ("", [], fetch),
        ("0" * 64, [], fetch),
        ("0" * 64, ["--trust-on-first-use"], fetch),
        ("short", [], fetch),
        (HASH, [], away),
    ],
    ids=["no hash", "another file", "another file, trusted", "no hash at all", "no network"],
)
def test_anything_else_is_refused_in_one_line(pins, put, capsys, sha256, arguments, download):
    path = pins(sha256)
    before = path.read_text()
    assert model_nl.main(arguments, download, put, path) == 2
    assert put.installed == []
    assert path.read_text() == before
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert line.startswith("model-nl: ")


def test_the_first_use_pins_what_came(pins, put, capsys):
    path = pins()
    assert model_nl.main(["--trust-on-first-use"], fetch, put, path) == 0
    assert HASH in capsys.readouterr().out
    assert Pins.read(path) == Pins(URL, HASH)
    assert model_nl.main([], fetch, put, path) == 0


def test_a_hash_given_by_hand_goes_before_the_file(pins, put):
    assert model_nl.main(["--sha256", HASH], fetch, put, pins("0" * 64)) == 0
    assert model_nl.main(["--sha256", "0" * 64], fetch, put, pins(HASH)) == 2


def test_a_failed_installation_pins_nothing(pins, capsys):
    def fail(name: str, content: bytes) -> None:
        raise CannotInstall("uv could not install the model: no space left")

    path = pins()
    assert model_nl.main(["--trust-on-first-use"], fetch, fail, path) == 2
    assert Pins.read(path).sha256 == ""
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_no_network_is_one_line_with_the_address():
    with pytest.raises(CannotInstall, match="no download from http") as caught:
        model_nl.download("http://127.0.0.1:1/x")
    assert "\n" not in str(caught.value)


def test_the_pins_of_this_project_can_be_read():
    pins = Pins.read(model_nl.PINS)
    assert pins.url.startswith("https://github.com/explosion/spacy-models/releases/download/nl_core_news_md-3.7.0/")
    assert pins.sha256 == "" or len(pins.sha256) == 64
