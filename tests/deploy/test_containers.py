"""The container files keep the promises of docs/operations.md. They are read as files: nothing here needs Docker."""

import json
import re
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from scripts.services import ENGINE_COMMAND, GATEWAY_COMMAND
from webchat.settings import Settings

ROOT = Path(__file__).parents[2]
DOCKER = ROOT / "docker"
COMPOSE = yaml.safe_load((DOCKER / "compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = {"gateway": GATEWAY_COMMAND, "engine": ENGINE_COMMAND}
NO_WAY_OUT = ("engine", "redis-chats", "redis-engine", "postgres")
SYSTEM_KEYS = {"PATH", "HOME", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


@dataclass(frozen=True)
class Instruction:
    """One instruction of a Dockerfile, its lines joined."""

    name: str
    rest: str


def instructions(name: str) -> list[Instruction]:
    """All instructions of a Dockerfile in order, without comments."""
    text = (DOCKER / f"{name}.Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [Instruction(*line.split(maxsplit=1)) for line in joined.splitlines()]


def final_stage(name: str) -> list[Instruction]:
    """What the image really consists of."""
    found = instructions(name)
    last = max(place for place, one in enumerate(found) if one.name == "FROM")
    return found[last:]


def only(found: list[Instruction], name: str) -> str:
    (one,) = [one.rest for one in found if one.name == name]
    return one


def gateway_keys() -> set[str]:
    """The keys that webchat.settings reads: one for each field of ``Settings``."""
    return {field.name.upper() for field in fields(Settings)}


def engine_keys() -> set[str]:
    """The keys that the engine reads, from its code and its configuration."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "engine").glob("*.py"))
    configuration = "".join((ROOT / "bot" / name).read_text() for name in ("credentials.yml", "endpoints.yml"))
    read = re.findall(r"os\.environ(?:\.get\(|\[|\.setdefault\()\"([A-Z_]+)\"", code)
    return {*read, *re.findall(r"\$\{([A-Z_]+)\}", configuration)}


@pytest.mark.parametrize("name", OURS)
def test_an_image_starts_what_the_supervisor_starts(name):
    wanted = ["python", *OURS[name]]
    assert json.loads(only(final_stage(name), "CMD")) == wanted
    assert SERVICES[name]["command"] == wanted


@pytest.mark.parametrize("name", OURS)
def test_an_image_runs_as_a_user_of_its_own(name):
    user = only(final_stage(name), "USER")
    assert re.fullmatch(r"[1-9]\d{4}:[1-9]\d{4}", user)
    assert SERVICES[name]["user"] == user


def test_gateway_and_engine_are_different_users():
    assert SERVICES["gateway"]["user"] != SERVICES["engine"]["user"]


@pytest.mark.parametrize("name", OURS)
def test_an_image_is_checked_for_health_without_a_shell(name):
    check = only(final_stage(name), "HEALTHCHECK")
    command = json.loads(check[check.index("[") :])
    assert command[0] == "python"
    port = only(final_stage(name), "EXPOSE")
    assert f"127.0.0.1:{port}/" in command[2]
    assert SERVICES[name]["healthcheck"]["test"] == ["CMD", *command]


@pytest.mark.parametrize("name", OURS)
def test_the_tools_go_after_everything_was_copied_and_before_the_user_changes(name):
    found = [one.name + " " + one.rest for one in final_stage(name)]
    strip = found.index('RUN ["python", "/strip_tools.py"]')
    assert all(place < strip for place, line in enumerate(found) if line.startswith("COPY"))
    assert [line for line in found if line.startswith("RUN")] == [found[strip]]
    assert not any("uv" in line.split() or "apt-get" in line for line in found)


@pytest.mark.parametrize("name", OURS)
def test_packages_come_from_the_lock_file_with_one_group_only(name):
    (sync,) = [one.rest for one in instructions(name) if one.rest.startswith("uv sync")]
    assert "--frozen" in sync
    assert "--no-default-groups" in sync
    assert re.findall(r"--group (\S+)", sync) == [name]


def test_the_gateway_image_holds_no_rasa():
    text = " ".join(one.rest for one in instructions("gateway") if one.name == "COPY")
    assert "bot/advice" in text
    assert "bot/__init__.py" in text
    assert not re.search(r"\bbot(?!/)|bot/engine|actions|data\b|\.\s+\.", text)
    (guard,) = [one.rest for one in instructions("gateway") if "find_spec" in one.rest]
    assert "'rasa'" in guard
    assert "'rasa_sdk'" in guard
    assert "sys.exit(any(" in guard
    sent = (DOCKER / "gateway.Dockerfile.dockerignore").read_text().splitlines()
    assert "*" in sent
    assert "!bot" not in sent
    assert "!actions" not in sent


def test_the_group_of_the_gateway_names_no_rasa():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = [*project["dependency-groups"]["gateway"], *project["project"]["dependencies"]]
    names = {re.split(r"[<>=\[ ]", package)[0] for package in packages}
    assert not names & {"rasa", "rasa-sdk", "spacy", "tensorflow", "scikit-learn"}


def test_the_engine_is_trained_in_the_build_after_the_large_model_was_installed():
    found = [one.rest for one in instructions("engine")]
    model = next(place for place, line in enumerate(found) if "scripts.model_nl" in line)
    training = next(place for place, line in enumerate(found) if "bot.engine.training" in line)
    assert model < training
    assert '--sha256 "$NL_MODEL_SHA256"' in found[model]
    arguments = {one.rest.split("=")[0] for one in instructions("engine") if one.name == "ARG"}
    assert arguments == set(SERVICES["engine"]["build"]["args"])


@pytest.mark.parametrize("name", OURS)
def test_what_a_build_copies_is_sent_to_it(name):
    sent = (DOCKER / f"{name}.Dockerfile.dockerignore").read_text().splitlines()
    kept = [line.removeprefix("!") for line in sent if line.startswith("!")]
    copied = [one.rest.split()[:-1] for one in instructions(name) if one.name == "COPY" and "--from" not in one.rest]
    for path in (path for paths in copied for path in paths):
        assert (ROOT / path).exists(), path
        assert any(path == one or path.startswith(f"{one}/") for one in kept), path


@pytest.mark.parametrize("name", OURS)
def test_images_we_build_on_are_pinned(name):
    bases = [one.rest.split()[0] for one in instructions(name) if one.name == "FROM"]
    assert set(bases) == {bases[0]}
    assert re.fullmatch(r"python:3\.12\.\d+-slim-[a-z]+", bases[0])
    assert any(re.search(r"uv==\d+\.\d+\.\d+", one.rest) for one in instructions(name))


@pytest.mark.parametrize("name", SERVICES)
def test_images_we_run_are_pinned(name):
    tag = SERVICES[name]["image"].rpartition(":")[2]
    assert re.match(r"\d+\.\d+(\.\d+)?", tag)


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_can_do_little(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["ulimits"]["core"] == 0
    assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & set(service)
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_has_limits_and_no_swap(name):
    service = SERVICES[name]
    assert re.fullmatch(r"\d+m", service["mem_limit"])
    assert service["memswap_limit"] == service["mem_limit"]
    assert 0 < service["cpus"] <= 2
    assert 0 < service["pids_limit"] <= 256


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_is_checked_for_health_by_a_program_and_not_a_shell(name):
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries", "start_period"} <= set(check)


@pytest.mark.parametrize("name", NO_WAY_OUT)
def test_what_holds_or_reads_chats_has_no_way_out(name):
    service = SERVICES[name]
    assert "ports" not in service
    if service.get("network_mode") == "none":
        assert "networks" not in service
        return
    assert service["networks"]
    assert all(COMPOSE["networks"][network]["internal"] is True for network in service["networks"])


@pytest.mark.parametrize("name", ["redis-chats", "redis-engine"])
def test_redis_has_no_network_at_all(name):
    assert SERVICES[name]["network_mode"] == "none"
    assert "port 0" in (DOCKER / f"{name}.conf").read_text().splitlines()


def test_only_the_gateway_has_a_port_and_only_on_loopback():
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["gateway"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["gateway"]["ports"])


def test_nothing_of_a_chat_is_mounted_from_a_disk():
    for volume in ("chats-socket", "engine-socket"):
        assert COMPOSE["volumes"][volume]["driver_opts"]["type"] == "tmpfs"
    for name in ("gateway", "engine", "redis-chats", "redis-engine"):
        mounts = {one["source"]: one for one in SERVICES[name]["volumes"]}
        written = {source for source, one in mounts.items() if not one.get("read_only")}
        assert written <= {"chats-socket", "engine-socket"}


@pytest.mark.parametrize(("name", "least"), [("redis-chats", 4), ("redis-engine", 0)])
def test_the_append_only_file_has_room_in_memory(name, least):
    settings = dict(
        line.split(maxsplit=1) for line in (DOCKER / f"{name}.conf").read_text().splitlines() if line[:1].isalpha()
    )
    service = SERVICES[name]
    (place,) = [one for one in service["tmpfs"] if one.startswith("/data:")]
    room = int(re.search(r"size=(\d+)m", place)[1])
    most = int(settings["maxmemory"].removesuffix("mb"))
    assert room >= least * most
    assert int(service["mem_limit"].removesuffix("m")) >= room + 2 * most
    assert service["command"][-2:] == ["--dir", "/data"]


@pytest.mark.parametrize(("owner", "store"), [("gateway", "redis-chats"), ("engine", "redis-engine")])
def test_a_socket_is_shared_by_one_process_and_its_redis(owner, store):
    assert SERVICES[owner]["user"] == SERVICES[store]["user"]
    (socket,) = [one["source"] for one in SERVICES[owner]["volumes"]]
    sharing = [name for name, service in SERVICES.items() if socket in [v["source"] for v in service["volumes"]]]
    assert sorted(sharing) == sorted([owner, store])
    address = SERVICES[owner]["environment"]["REDIS_URL" if owner == "gateway" else "RASA_REDIS_URL"]
    assert address == "unix://" + SERVICES[store]["command"][SERVICES[store]["command"].index("--unixsocket") + 1]


def test_every_key_of_the_gateway_is_one_that_it_reads():
    assert set(SERVICES["gateway"]["environment"]) <= gateway_keys()


def test_every_key_of_the_engine_is_one_that_it_reads():
    assert {"ENGINE_HOST", "ENGINE_SECRET", "RASA_REDIS_URL"} <= engine_keys()
    assert set(SERVICES["engine"]["environment"]) <= engine_keys()


@pytest.mark.parametrize("name", OURS)
def test_images_set_nothing_but_the_system_needs(name):
    keys = re.findall(r"\b([A-Z_]+)=", only(final_stage(name), "ENV"))
    assert set(keys) == SYSTEM_KEYS


def test_the_gateway_accepts_its_settings_of_the_compose_file():
    settings = settings_of_the_compose_file()
    assert settings.limits
    assert not settings.demo
    assert settings.rasa_url == "http://engine:" + SERVICES["engine"]["environment"]["ENGINE_PORT"]


def settings_of_the_compose_file(**filled_in: str) -> Settings:
    """What the gateway reads when docker/.env holds nothing but secrets and ``filled_in``."""
    env = {"ENGINE_SECRET": "e" * 64, "STAFF_SECRET": "s" * 64, "POSTGRES_PASSWORD": "p" * 48, **filled_in}

    def fill(match: re.Match[str]) -> str:
        return env.get(match[1]) or (match[3] if match[2] == "-" else "")

    values = SERVICES["gateway"]["environment"].items()
    return Settings.from_environ({key: re.sub(r"\$\{(\w+):([-?])([^}]*)\}", fill, value) for key, value in values})


def test_the_gateway_has_a_console_and_reaches_its_database_by_a_network_without_a_way_out():
    settings = settings_of_the_compose_file()
    address = urlsplit(settings.database_url)
    postgres = SERVICES["postgres"]
    assert (address.scheme, address.hostname) == ("postgresql", "postgres")
    assert address.username == postgres["environment"]["POSTGRES_USER"]
    assert address.path == "/" + postgres["environment"]["POSTGRES_DB"]
    assert settings.staff_secret == "s" * 64
    assert settings.staff_secret != settings.engine_secret
    assert [name for name, one in SERVICES.items() if "staff" in one.get("networks", [])] == ["gateway", "postgres"]
    assert "profiles" not in postgres
    assert SERVICES["gateway"]["depends_on"]["postgres"] == {"condition": "service_healthy"}


def test_an_organisations_own_login_is_off_until_it_is_filled_in():
    assert settings_of_the_compose_file().oidc is None
    oidc = settings_of_the_compose_file(
        OIDC_ISSUER="https://login.example.org", OIDC_CLIENT_ID="c", OIDC_CLIENT_SECRET="t", OIDC_ROLES="a=auditor"
    ).oidc
    assert oidc is not None
    assert oidc.roles == (("a", "auditor"),)
    assert oidc.roles_claim == "roles"


def test_what_postgres_logs_is_no_statement_and_its_data_is_the_only_thing_on_a_disk():
    assert "log_statement=none" in SERVICES["postgres"]["command"]
    on_disk = [name for name, one in COMPOSE["volumes"].items() if not one]
    assert on_disk == ["staff"]
    assert [name for name, one in SERVICES.items() if "staff" in [v["source"] for v in one["volumes"]]] == ["postgres"]


def test_every_key_of_the_example_is_used_and_every_secret_is_in_it():
    example = set(re.findall(r"(?m)^([A-Z0-9_]+)=", (DOCKER / "example.env").read_text()))
    used = set(re.findall(r"\$\{(\w+):", (DOCKER / "compose.yml").read_text()))
    assert example == used


def test_the_first_administrator_can_be_made_from_the_gateways_image():
    (copied,) = [one.rest.split() for one in instructions("gateway") if one.rest.startswith("scripts/")]
    needed = {"scripts/__init__.py", "scripts/staff.py"}
    waiting = ["scripts/staff.py"]
    while waiting:
        text = (ROOT / waiting.pop()).read_text(encoding="utf-8")
        named = re.findall(r"(?m)^from scripts import (.+)$", text) + re.findall(
            r"(?m)^from scripts\.(\w+) import", text
        )
        more = {f"scripts/{name.strip()}.py" for names in named for name in names.split(",")} - needed
        needed |= more
        waiting += more
    assert set(copied[:-1]) == needed


def test_secrets_are_not_in_the_files():
    text = (DOCKER / "compose.yml").read_text() + (DOCKER / "example.env").read_text()
    for key in ("ENGINE_SECRET", "STAFF_SECRET", "POSTGRES_PASSWORD", "OIDC_CLIENT_SECRET"):
        assert re.findall(rf"(?m)^{key}=(.*)$", text) == [""]
        assert set(re.findall(rf"\b{key}: (.{{0,{len(key) + 3}}})", text)) <= {f"${{{key}:"}
    assert {".env", "secrets/"} <= set((DOCKER / ".gitignore").read_text().splitlines())
    assert "POSTGRES_PASSWORD" not in SERVICES["postgres"]["environment"]
