"""The Kubernetes file describes the same processes as the compose file. Read as a file: nothing here needs a cluster."""

from pathlib import Path

import pytest
import yaml

from tests.deploy.test_containers import COMPOSE, DOCKER, engine_keys, gateway_keys

OBJECTS = list(yaml.safe_load_all((DOCKER / "kubernetes.yml").read_text(encoding="utf-8")))
PODS = {one["metadata"]["name"]: one["spec"] for one in OBJECTS if one["kind"] == "Deployment"}
POLICIES = {one["metadata"]["name"]: one["spec"] for one in OBJECTS if one["kind"] == "NetworkPolicy"}
CONTAINERS = {
    container["name"]: (pod["template"]["spec"], container)
    for pod in PODS.values()
    for container in pod["template"]["spec"]["containers"]
}


def redis_settings(path: Path) -> list[tuple[str, str]]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isalpha()]
    return [(key, value.strip('"')) for key, value in (line.split(maxsplit=1) for line in lines)]


def test_the_same_processes_run_the_same_images_and_commands():
    assert set(CONTAINERS) == set(COMPOSE["services"]) - {"postgres"}
    for name, (_pod, container) in CONTAINERS.items():
        assert container["image"] == COMPOSE["services"][name]["image"]
    for name in ("gateway", "engine"):
        assert CONTAINERS[name][1]["command"] == COMPOSE["services"][name]["command"]


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_can_do_little_and_has_limits(name):
    pod, container = CONTAINERS[name]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    user = COMPOSE["services"][name]["user"]
    assert f"{pod['securityContext']['runAsUser']}:{pod['securityContext']['runAsGroup']}" == user
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
    }
    memory = container["resources"]["limits"]["memory"]
    assert container["resources"]["requests"]["memory"] == memory
    assert memory == COMPOSE["services"][name]["mem_limit"].removesuffix("m") + "Mi"
    assert "readinessProbe" in container


def test_nothing_of_a_chat_is_on_a_disk():
    for pod in PODS.values():
        for volume in pod["template"]["spec"]["volumes"]:
            assert "secret" in volume or volume["emptyDir"]["medium"] == "Memory"


@pytest.mark.parametrize(("name", "left_out"), [("redis-engine", set()), ("redis-chats", {"unixsocketperm"})])
def test_redis_has_the_settings_of_its_file(name, left_out):
    arguments = CONTAINERS[name][1]["args"]
    given = [(key.removeprefix("--"), value) for key, value in zip(arguments[::2], arguments[1::2], strict=True)]
    wanted = [(key, value) for key, value in redis_settings(DOCKER / f"{name}.conf") if key not in left_out]
    assert given[: len(wanted)] == wanted
    assert all(key.startswith("tls-") for key, _value in given[len(wanted) :])


def test_every_key_is_one_that_the_process_reads():
    gateway, engine = ({one["name"] for one in CONTAINERS[name][1]["env"]} for name in ("gateway", "engine"))
    assert gateway <= gateway_keys()
    assert engine == set(COMPOSE["services"]["engine"]["environment"])
    assert engine <= engine_keys()


def test_there_are_several_gateways_and_one_engine():
    assert PODS["gateway"]["replicas"] > 1
    assert PODS["engine"]["replicas"] == PODS["redis-chats"]["replicas"] == 1


def test_what_holds_or_reads_chats_has_no_way_out():
    assert POLICIES["nothing"]["podSelector"] == {}
    inner = POLICIES["inner"]
    assert inner["podSelector"]["matchExpressions"][0]["values"] == ["engine", "redis-chats"]
    assert "Egress" in inner["policyTypes"]
    assert "egress" not in inner
    assert inner["ingress"] == [{"from": [{"podSelector": {"matchLabels": {"app": "gateway"}}}]}]
