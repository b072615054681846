# The inner engine: Rasa with its actions and a trained model. Build from the root of the repository:
#   docker build -f docker/engine.Dockerfile --build-arg NL_MODEL_SHA256=<hash> .
# The large Dutch model comes from a pinned address with a pinned hash; both stand in docker/model-nl.txt, which
# `make model-nl` explains and fills. A build argument goes before the file. Without a hash the build stops.
# Raise the version with each security release of Python 3.12; mirror it by digest in your own registry.
FROM python:3.12.12-slim-bookworm AS build
ARG NL_MODEL_URL=""
ARG NL_MODEL_SHA256=""
RUN ["pip", "install", "--no-cache-dir", "uv==0.13.8"]
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --group engine --compile-bytecode --python /usr/local/bin/python
COPY scripts/__init__.py scripts/setup.py scripts/model_nl.py scripts/
COPY docker/model-nl.txt docker/
RUN .venv/bin/python -m scripts.model_nl --url "$NL_MODEL_URL" --sha256 "$NL_MODEL_SHA256"
COPY bot bot
COPY actions actions
COPY data/nlu data/nlu
COPY data/rules data/rules
RUN .venv/bin/python -W ignore -m bot.engine.training
RUN rm -rf scripts docker data && .venv/bin/python -m compileall -q bot actions

FROM python:3.12.12-slim-bookworm
COPY --from=build /app /app
COPY docker/strip_tools.py /strip_tools.py
RUN ["python", "/strip_tools.py"]
WORKDIR /app
ENV PATH=/app/.venv/bin:/usr/local/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp
USER 10002:10002
EXPOSE 5005
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:5005/webhooks/lichtpunt/health', timeout=2)"]
CMD ["python", "-W", "ignore", "-m", "bot.engine.server"]
