"""What must really be in place before the engine serves. A check that fails stops the start with one line.

Rasa replaces what it cannot load by something unsafe, with only a warning (rasa 3.6.21: a typo in the tracker
store's type gives a store in memory, with the text in it).
"""

import os
from pathlib import Path
from typing import Any

from rasa.core.actions.action import RemoteAction
from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.rule_policy import RulePolicy
from redis.exceptions import RedisError

from bot.engine.actions_endpoint import InProcessActions
from bot.engine.channel import LichtpuntInput
from bot.engine.lock_store import LocalLockStore
from bot.engine.tracker_store import PrivateTrackerStore

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class UnsafeEngine(Exception):
    """A part that keeps people safe is not in place. The message names the part and the remedy."""


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise UnsafeEngine(problem)


def before_start(host: str, channels: list[Any], behind_container_network: bool) -> None:
    """Check what is known before the model is loaded.

    ``behind_container_network`` allows another address than loopback; the compose file gives the engine a
    network without a way out.
    """
    _require(
        host in LOOPBACK or behind_container_network,
        "ENGINE_HOST: the engine must listen on loopback; set ENGINE_HOST=127.0.0.1",
    )
    _require(
        [type(channel) for channel in channels] == [LichtpuntInput],
        "bot/credentials.yml: only bot.engine.channel.LichtpuntInput may be a channel",
    )
    _require(
        os.environ.get("RASA_TELEMETRY_ENABLED") == "false",
        "RASA_TELEMETRY_ENABLED: telemetry must be off; start through bot.engine.server",
    )
    _require(
        os.environ.get("SANIC_WORKERS", "1") == "1",
        "SANIC_WORKERS: the lock store serves one worker; start more engines behind the gateway instead",
    )
    _require(
        getattr(RemoteAction, "lichtpunt_cached_validator", False),
        "bot/engine/patches.py: the cached validator is not installed",
    )


def after_load(agent: Any, policies_file: Path) -> None:
    """Check the loaded agent: its stores, its actions and its policies."""
    _require(
        type(agent.tracker_store) is PrivateTrackerStore,
        "bot/endpoints.yml: tracker_store must be bot.engine.tracker_store.PrivateTrackerStore, bare",
    )
    _require(
        agent.processor.tracker_store is agent.tracker_store,
        "bot/engine/server.py: the processor still holds another tracker store",
    )
    _require(
        type(agent.lock_store) is LocalLockStore,
        "bot/endpoints.yml: lock_store must be bot.engine.lock_store.LocalLockStore",
    )
    _require(
        isinstance(agent.processor.action_endpoint, InProcessActions),
        "bot/engine/server.py: actions must run in the engine's process",
    )
    wanted = {name for name in agent.domain.user_actions if name.startswith("action_")}
    missing = sorted(wanted - agent.processor.action_endpoint.names)
    _require(not missing, f"actions/: not found: {', '.join(missing)}")
    text = policies_file.read_text(encoding="utf-8")
    for policy in (MemoizationPolicy.__name__, RulePolicy.__name__):
        _require(policy in text, f"bot/config.yml: {policy} is missing")
    for policy in ("TEDPolicy", "UnexpecTEDIntentPolicy"):
        _require(policy not in text, f"bot/config.yml: {policy} needs text that is not kept; remove it")


async def redis_of(store: PrivateTrackerStore) -> None:
    """Check that the engine's Redis answers and keeps nothing on disk."""
    try:
        await store.ping()
        settings = await store.settings()
    except RedisError as error:
        raise UnsafeEngine(
            f"RASA_REDIS_URL: Redis does not answer ({type(error).__name__}); start it or mend the address"
        ) from None
    _require(
        settings.get("save") == "" and settings.get("appendonly") == "no",
        'RASA_REDIS_URL: this Redis writes to disk; start it with save "" and appendonly no',
    )
