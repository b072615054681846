"""Keeps the engine silent about what people write. Must be imported before rasa, and before any logging.

Rasa logs message text at DEBUG, slot values and states at DEBUG, and the stock channel the whole text at ERROR
(rasa 3.6.21: core/processor.py, core/channels/rest.py). Here only event names of our own reach the output,
at any level.
"""

import logging
import os
import sys

ENGINE_LOGGER = "lichtpunt.engine"


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
