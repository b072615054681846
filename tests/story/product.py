"""A gateway on a real Redis and a SQLite file that can be killed and started again. For tests only."""

import os
import subprocess
import sys
import time
from pathlib import Path

from scripts import services

SECRET = "a secret of the story, long enough for it"


class Product:
    """A gateway on a real Redis and a SQLite file that can be killed and started again."""

    def __init__(self, engine_url: str, redis_url: str, database: Path) -> None:
        self.port = services.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "PORT": str(self.port),
            "REDIS_URL": redis_url,
            "RASA_URL": engine_url,
            "ENGINE_SECRET": "only-for-these-tests-and-nothing-else",
            "DATABASE_URL": f"sqlite:///{database}",
            "STAFF_SECRET": SECRET,
            "LIMITS": "off",
            "LOG_LEVEL": "WARNING",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "webchat.main"], cwd=services.ROOT, env=self.environment, stdin=subprocess.DEVNULL
        )
        for _ in range(600):
            if services.answers(f"{self.url}/healthz"):
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("the gateway did not start")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)
