"""The gateway as it runs, with two things a test needs: another exit address than https, and short lives. For tests only.

`python -m tests.browser.gateway PORT ENGINE_URL EXIT_URL [REDIS_URL]` serves until it is told to stop.
"""

import sys

import uvicorn

from webchat import logs
from webchat.app import build, load_knowledge, outside
from webchat.limits import Limits
from webchat.settings import Settings


def main() -> None:
    """Serve."""
    port, engine_url, exit_url, *redis_url = sys.argv[1:]
    settings = Settings.from_environ(
        {
            "PORT": port,
            "REDIS_URL": redis_url[0] if redis_url else "memory://",
            "RASA_URL": engine_url,
            "ENGINE_SECRET": "only-for-these-tests-and-nothing-else",
            "LIMITS": "off",
        }
    )
    logs.configure("WARNING")
    gateway = build(load_knowledge("je"), outside(settings), Limits(False), exit_url, heartbeat=5.0)
    config = uvicorn.Config(
        gateway.app,
        port=int(port),
        log_config=None,
        access_log=False,
        ws="none",
        http="h11",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
