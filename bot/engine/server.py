"""Starts the engine: Rasa with its actions, on loopback, behind one channel. ``python -m bot.engine.server``.

Leaves out Rasa's own server on purpose: its HTTP API can read and replace conversations and the model.
"""

# The order of these imports is load-bearing: silence first, then the stand-ins, then Rasa.
from bot.engine import quiet

if __name__ == "__main__":
    # Here and not in main(): what follows takes seconds to import.
    quiet.wipe_what_is_freed()

LOG = quiet.install()

from bot.engine import shim

shim.install()

import os
import sys
import warnings
from asyncio import AbstractEventLoop
from pathlib import Path
from typing import Any

warnings.filterwarnings("ignore")

import rasa.core.agent
import rasa.core.channels.channel
from rasa.core.run import create_http_input_channels
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from bot.advice.errors import BadContent
from bot.engine import checks, patches
from bot.engine.actions_endpoint import InProcessActions

BOT = Path(__file__).resolve().parent.parent
MODELS = BOT / "models"


def newest_model(folder: Path = MODELS) -> Path:
    """The model to serve. Raises ``UnsafeEngine`` when nothing was trained yet."""
    models = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        raise checks.UnsafeEngine(f"{folder}: no model; train one with 'make train'")
    return models[-1]


def load_agent(model: Path, endpoints: AvailableEndpoints) -> Any:
    """Load the agent with our stores bare.

    Rasa wraps every tracker store in one that falls back to memory, with the text, when Redis is away
    (rasa 3.6.21, core/agent.py); the wrapper is taken off here, so that an error stays an error.
    """
    agent = rasa.core.agent.Agent(
        domain=None,
        generator=None,
        tracker_store=rasa.core.tracker_store.TrackerStore.create(endpoints.tracker_store),
        lock_store=rasa.core.lock_store.LockStore.create(endpoints.lock_store),
        action_endpoint=InProcessActions(),
    )
    agent.load_model(model)
    bare = agent.tracker_store._tracker_store
    bare.domain = agent.domain
    agent.tracker_store = bare
    agent.processor.tracker_store = bare
    return agent


def build_app(model: Path, host: str) -> Sanic:
    """The Sanic application with the channel's routes; the agent is loaded before the first request."""
    patches.install()
    channels = create_http_input_channels(None, str(BOT / "credentials.yml"))
    checks.before_start(host, channels, os.environ.get("ENGINE_IN_CONTAINER") == "1")
    endpoints = AvailableEndpoints.read_endpoints(str(BOT / "endpoints.yml"))
    agent = load_agent(model, endpoints)
    checks.after_load(agent, BOT / "config.yml")
    app = Sanic("lichtpunt_engine", configure_logging=False)
    app.config.ACCESS_LOG = False
    app.config.KEEP_ALIVE_TIMEOUT = 60
    rasa.core.channels.channel.register(channels, app, route="/webhooks/")
    app.ctx.agent = agent

    @app.listener("before_server_start")
    async def prepare(app: Sanic, loop: AbstractEventLoop) -> None:
        try:
            await checks.redis_of(agent.tracker_store)
            await channels[0].warm_up(app)
        except checks.UnsafeEngine as problem:
            print(f"engine: {problem}", file=sys.stderr, flush=True)
            os._exit(2)

    return app


def main() -> int:
    """Serve until told to stop. Exit code 2 and one line when something is missing."""
    quiet.close_memory()
    host = os.environ.get("ENGINE_HOST", "127.0.0.1")
    try:
        port = int(os.environ.get("ENGINE_PORT", "5005"))
        app = build_app(newest_model(), host)
    except checks.UnsafeEngine as problem:
        print(f"engine: {problem}", file=sys.stderr)
        return 2
    except BadContent as problem:
        print(f"engine: {problem}", file=sys.stderr)
        return 2
    except ValueError as problem:
        print(f"engine: {problem}", file=sys.stderr)
        return 2
    app.run(host=host, port=port, access_log=False, debug=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
