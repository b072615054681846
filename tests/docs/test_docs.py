"""Documentation that cannot rot: settings, targets, paths, the engine's contract and packages are compared with the code."""

import json
import re
import tomllib
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import yaml

from bot.advice import directory
from bot.advice.assessment import Assessment
from bot.advice.content_files import CONTENT
from webchat.adapters.rasa_bot import RasaBot
from webchat.chats import ChatKeys
from webchat.ports import BotTurn, Effect
from webchat.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bot").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
SECTIONS = ("Context", "Options", "Choice", "What gets worse", "What would make us go back")

OURS = ("actions", "bot", "data", "docker", "docs", "scripts", "tests", "webchat")
TEXT = {".py", ".md", ".yml", ".mjs", ".html", ".css", ".conf", ".toml", ".txt", ".env", ".Dockerfile"}
PRODUCED = ("bot/models", "docs/screenshots")
"""Made on each machine or by a script, so they may be absent."""


def by_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts(*folders: str) -> list[Path]:
    """All our text files of these folders and of the root."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in TEXT]
    found += [path for path in ROOT.iterdir() if path.is_file() and (path.suffix in TEXT or path.name == "Makefile")]
    return [path for path in sorted(found) if not by_name(path).startswith(PRODUCED)]


def table(text: str) -> dict[str, list[str]]:
    """The rows of all tables, by their first cell without backticks."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {row[0].strip("` "): [cell.strip() for cell in row[1:]] for row in rows}


def targets() -> set[str]:
    return set(re.findall(r"(?m)^([a-z-]+):", MAKEFILE))


@pytest.mark.parametrize("key", sorted(field.name.upper() for field in fields(Settings)))
def test_every_setting_is_in_the_readme_and_in_operations(key):
    assert key in table(README)
    assert key in table(OPERATIONS)


def test_no_setting_is_documented_that_nothing_reads():
    known = {field.name.upper() for field in fields(Settings)}
    documented = {name for name in table(README) if re.fullmatch(r"[A-Z]+(_[A-Z]+)*", name)}
    assert documented == known


def test_documented_defaults_are_the_real_ones():
    settings = Settings.from_environ({"REDIS_URL": "memory://", "ENGINE_SECRET": "s" * 32})
    real = {field.name.upper(): getattr(settings, field.name) for field in fields(Settings)}
    words = {True: {"on", "1"}, False: {"off", "0"}}
    for page in (README, OPERATIONS):
        for key, cells in table(page).items():
            if key in real and cells[0].startswith("`"):
                value = real[key]
                expected = words[value] if isinstance(value, bool) else {str(value)}
                assert cells[0].strip("`") in expected, key


def test_every_key_that_the_engine_reads_is_in_operations():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "engine").glob("*.py"))
    keys = set(
        re.findall(r"os\.environ(?:\.get\(|\.setdefault\(|\[)\"((?:ENGINE|SANIC|RASA_TELEMETRY)_[A-Z_]+)\"", code)
    )
    assert len(keys) >= 5
    assert keys <= set(table(OPERATIONS))


def test_every_folder_of_tests_is_explained():
    folders = {by_name(path.parent) for path in (ROOT / "tests").rglob("test_*.py")}
    assert folders <= set(table((ROOT / "docs" / "testing.md").read_text(encoding="utf-8")))


def test_every_target_is_in_the_readme():
    assert {name for name in targets() if f"make {name}" not in README} == set()


def test_every_declared_target_does_something():
    declared = set(re.search(r"(?m)^\.PHONY: (.*)$", MAKEFILE)[1].split())
    assert declared - targets() == set()


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_target_that_is_named_exists(page):
    named = set(re.findall(r"`(?:[A-Z]+=\S+ )?make ([a-z-]+)|(?m:^make ([a-z-]+))", page.read_text(encoding="utf-8")))
    assert {one or other for one, other in named} <= targets()


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_relative_link_leads_somewhere(page):
    text = re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8"))
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"[a-z]+:|#", link)]
    broken = [link for link in links if not (page.parent / link.partition("#")[0]).exists()]
    assert broken == []


@pytest.mark.parametrize("page", [page for page in PAGES if not by_name(page).startswith("bot/")], ids=by_name)
def test_every_path_that_is_named_exists(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(rf"(?<![\w/.])((?:{'|'.join(OURS)})/[\w./*-]*\w)", text)
    missing = {path for path in named if not path.startswith(PRODUCED) and not list(ROOT.glob(path))}
    # What an installation makes for itself.
    assert missing - {"docker/.env", "docker/secrets"} == set()


def test_the_files_that_editors_are_told_about_exist():
    text = (ROOT / "docs" / "content.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:antwoorden/)?[\w*/]+\.yml)`", text))
    assert len(named) >= 8
    assert {name for name in named if not list(CONTENT.glob(name)) and not list(CONTENT.rglob(name))} == set()


def test_the_messages_that_editors_are_told_about_are_said():
    text = (ROOT / "docs" / "content.md").read_text(encoding="utf-8").partition("## Wat `make content` zegt")[2]
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "advice").glob("*.py"))
    code += (ROOT / "scripts" / "content_checks.py").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    pieces = [
        piece.strip()
        for row in rows
        for quoted in re.findall(r"`([^`]+)`", row.split(" | ")[0])
        for piece in re.split(r"\d+|…|'bron'", quoted)
    ]
    assert len(rows) >= 10
    assert [piece for piece in pieces if len(piece) > 3 and piece not in code] == []


@pytest.mark.parametrize("page", DECISIONS, ids=by_name)
def test_every_decision_has_its_sections(page):
    text = page.read_text(encoding="utf-8")
    headings = tuple(re.findall(r"(?m)^## (.+)$", text))
    assert headings == SECTIONS
    assert re.match(rf"# {int(page.name[:4])}\. \S", text)
    for body in re.split(r"(?m)^## .+$", text)[1:]:
        assert len(body.split()) >= 10


def test_decisions_are_numbered_without_gaps():
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert len(DECISIONS) >= 7


async def _sent_to_the_engine() -> dict[str, object]:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        reply = {"kind": "answer", "text": "goed"}
        return httpx.Response(200, json={"replies": [reply], "assessment": Assessment().as_dict(), "effect": None})

    bot = RasaBot("http://engine", "s" * 32, httpx.MockTransport(answer))
    turn = BotTurn("1", "hallo", None, datetime(2026, 11, 24, 12, tzinfo=UTC), Assessment())
    await bot.answer(ChatKeys.from_token("t"), turn)
    await bot.close()
    (request,) = seen
    assert request.url.path.startswith("/webhooks/lichtpunt/")
    return dict(json.loads(request.content))


async def test_the_engines_contract_is_documented_as_it_is_spoken():
    sent = await _sent_to_the_engine()
    asked, answered = (json.loads(block) for block in re.findall(r"(?s)```json\n(.*?)```", ARCHITECTURE))
    assert set(asked) == set(sent)
    assert set(asked["assessment"]) == set(sent["assessment"])
    assert set(asked["danger"]) == set(sent["danger"])
    assert set(answered) == {"replies", "assessment", "effect"}
    assert set(answered["replies"][0]) == {"kind", "text", "referrals", "choices"}


def test_every_effect_of_the_engine_is_documented():
    sentence = re.search(r"(?m)^`effect` is [^.]*\.", ARCHITECTURE)[0]
    assert {effect.value for effect in Effect} == set(re.findall(r"`(\w+)`", sentence)) - {"effect"}


def _locked(names: set[str]) -> set[str]:
    """Everything that comes with these packages on Linux, by the lock file."""
    packages = {one["name"]: one for one in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]}
    found: set[str] = set()
    while names:
        found |= names
        needed = [one for name in names for one in packages[name].get("dependencies", ())]
        names = {one["name"] for one in needed if not _elsewhere(one.get("marker", ""))} - found
    return found


def _elsewhere(marker: str) -> bool:
    """Whether a package is only for another system or an older Python."""
    return bool(re.search(r"sys_platform == 'win32'|platform_system == 'Windows'|python_full_version < '3\.11", marker))


def test_every_package_of_the_gateway_has_its_reason():
    text = (ROOT / "docs" / "decisions" / "0004-dependencies-of-the-gateway.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["dependency-groups"]["gateway"], *project["project"]["dependencies"]]
    chosen = {re.split(r"[<>=\[ ]", package)[0] for package in wanted}
    assert set(table(text)) - {"package", "---", ""} == chosen
    others = re.search(r"(?s)The others come with these: (.*?)\.\s", text)[1]
    assert set(re.split(r",\s+", others)) == _locked(set(chosen)) - chosen
    assert int(re.search(r"gives (\d+) packages", text)[1]) == len(_locked(set(chosen)))


def test_telephone_numbers_are_in_the_directory_alone():
    raw = yaml.safe_load((CONTENT / "organisations.yml").read_text(encoding="utf-8"))
    numbers = [one.tel or "" for one in directory.load().shown()]
    numbers += [str(one["value"]) for one in raw["outdated_do_not_use"]]
    known = {digits for number in numbers if len(digits := re.sub(r"\D", "", number)) > 6}
    assert len(known) >= 20
    found = []
    # What visitors may type (data/) is theirs; everything else is ours.
    for path in texts(*(folder for folder in OURS if folder != "data")):
        if path.name == "organisations.yml":
            continue
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"\+?\d(?:[\s().-]{0,3}\d){6,}", text):
            if re.sub(r"\D", "", match[0]) in known:
                found.append(f"{by_name(path)}:{text.count(chr(10), 0, match.start()) + 1}")
    assert found == []


def test_nothing_names_a_place_outside_the_repository():
    names = "|".join(("DESIGN", "STYLE", "PEERS", "REDACTION", "RASA", "WEB"))
    forbidden = re.compile(rf"(?<![\w./~-])/wo" rf"rk\b|(?<![\w/.])shar" rf"ed/|\b(?:{names})\.md\b|/tmp/bri" r"ef")
    found = [by_name(path) for path in texts(*OURS) if forbidden.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_the_licence_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert project["license"] == described["legal"]["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert re.findall(r"(?m)^(\d+)\.[A-Z]", text) == [str(number) for number in range(1, 16)]


def test_the_description_for_catalogues_is_complete():
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert described["publiccodeYmlVersion"].startswith("0.")
    assert described["url"].startswith("https://")
    assert described["softwareVersion"] == project["version"]
    assert described["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert described["softwareType"] == "standalone/web"
    assert described["platforms"] == ["web"]
    assert described["maintenance"]["type"] == "none" or described["maintenance"]["contacts"]
    assert described["localisation"]["availableLanguages"] == ["nl"]
    for one in described["description"].values():
        assert len(one["shortDescription"]) <= 150
        assert 150 <= len(one["longDescription"]) <= 10_000
        assert one["features"]
