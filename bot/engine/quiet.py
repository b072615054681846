"""Keeps the engine silent about what people write. Must be imported before rasa, and before any logging.

Rasa logs message text at DEBUG, slot values and states at DEBUG, and the stock channel the whole text at ERROR
(rasa 3.6.21: core/processor.py, core/channels/rest.py). Here only event names of our own reach the output,
at any level.
"""

import ctypes
import logging
import os
import resource
import sys

ENGINE_LOGGER = "lichtpunt.engine"

_PR_SET_DUMPABLE = 4

_WIPING = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0:glibc.malloc.perturb=165"}
"""Read by Python and glibc at the start of a process only: every object that is freed is overwritten at once.
Without it, freed text stays in the heap until something else needs the place, chats later (docs/threat-model.md)."""


class OnlyOurOwn(logging.Filter):
    """Lets a record pass when it comes from the engine's own logger, else only its logger's name and level."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name == ENGINE_LOGGER:
            return True
        if record.levelno < logging.ERROR:
            return False
        # The message of a foreign error may hold what a visitor typed; where it came from may be known.
        record.msg = "foreign_error logger=%s line=%s"
        record.args = (record.name, record.lineno)
        record.exc_info = None
        record.exc_text = None
        record.stack_info = None
        return True


def wipe_what_is_freed() -> None:
    """Start this same program again, as the same process, unless it runs with ``_WIPING`` already."""
    if sys.platform == "linux" and not _WIPING.items() <= dict(os.environ).items():
        os.execve(sys.executable, sys.orig_argv, {**os.environ, **_WIPING})  # noqa: S606 - it is this very program


def close_memory() -> None:
    """No core file of this process, and its memory and environment are for root alone (SECURITY §2, threat 4)."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def install() -> logging.Logger:
    """Switch telemetry off, silence rasa, sanic and structlog, and return the engine's own logger."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("SANIC_REQUEST_MAX_SIZE", "65536")
    import structlog

    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
        logger_factory=structlog.ReturnLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    handler.addFilter(OnlyOurOwn())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logger = logging.getLogger(ENGINE_LOGGER)
    logger.setLevel(logging.INFO)
    return logger
