"""The engine refuses to start when a part that keeps people safe is not in place."""

from bot.engine import shim

shim.install()

from types import SimpleNamespace  # noqa: E402

import pytest  # noqa: E402

from bot.engine import checks, patches  # noqa: E402
from bot.engine.actions_endpoint import InProcessActions  # noqa: E402
from bot.engine.channel import LichtpuntInput  # noqa: E402
from bot.engine.lock_store import LocalLockStore  # noqa: E402
from bot.engine.server import BOT  # noqa: E402
from bot.engine.tracker_store import PrivateTrackerStore  # noqa: E402


@pytest.fixture(autouse=True)
def installed(monkeypatch):
    patches.install()
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "false")


@pytest.fixture
def channel():
    return LichtpuntInput("s" * 32)


@pytest.fixture
def agent():
    store = PrivateTrackerStore("unix:///nowhere")
    processor = SimpleNamespace(tracker_store=store, action_endpoint=InProcessActions())
    domain = SimpleNamespace(user_actions=["action_advise"])
    return SimpleNamespace(tracker_store=store, lock_store=LocalLockStore(), processor=processor, domain=domain)


def test_a_complete_engine_passes(channel, agent):
    checks.before_start("127.0.0.1", [channel], False)
    checks.after_load(agent, BOT / "config.yml")


def test_listening_on_all_addresses_is_refused_outside_a_container(channel):
    with pytest.raises(checks.UnsafeEngine, match="ENGINE_HOST"):
        checks.before_start("0.0.0.0", [channel], False)


def test_a_second_channel_is_refused(channel):
    with pytest.raises(checks.UnsafeEngine, match="credentials"):
        checks.before_start("127.0.0.1", [channel, object()], False)


def test_telemetry_is_refused(channel, monkeypatch):
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    with pytest.raises(checks.UnsafeEngine, match="TELEMETRY"):
        checks.before_start("127.0.0.1", [channel], False)


def test_more_workers_than_the_lock_store_serves_are_refused(channel, monkeypatch):
    monkeypatch.setenv("SANIC_WORKERS", "2")
    with pytest.raises(checks.UnsafeEngine, match="SANIC_WORKERS"):
        checks.before_start("127.0.0.1", [channel], False)


@pytest.mark.parametrize("part", ["tracker_store", "lock_store"])
def test_a_store_that_is_not_ours_is_refused(agent, part):
    setattr(agent, part, object())
    with pytest.raises(checks.UnsafeEngine, match=r"endpoints\.yml|processor"):
        checks.after_load(agent, BOT / "config.yml")


def test_an_action_of_the_domain_that_does_not_exist_is_named(agent):
    agent.domain.user_actions.append("action_missing")
    with pytest.raises(checks.UnsafeEngine, match="action_missing"):
        checks.after_load(agent, BOT / "config.yml")


def test_a_policy_that_needs_text_is_refused(agent, tmp_path):
    config = tmp_path / "config.yml"
    config.write_text("policies: [MemoizationPolicy, RulePolicy, TEDPolicy]")
    with pytest.raises(checks.UnsafeEngine, match="TEDPolicy"):
        checks.after_load(agent, config)


def test_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="ENGINE_SECRET"):
        LichtpuntInput("short")


async def test_a_redis_that_does_not_answer_is_named_without_its_address():
    with pytest.raises(checks.UnsafeEngine, match="RASA_REDIS_URL") as problem:
        await checks.redis_of(PrivateTrackerStore("unix:///nowhere-secret"))
    assert "nowhere-secret" not in str(problem.value)
