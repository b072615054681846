# The public process. Build from the root of the repository: docker build -f docker/gateway.Dockerfile .
# Holds bot/advice, webchat and scripts/staff.py, which makes the first administrator's link; Rasa is not in it, and the
# build stops when it is.
# Raise the version with each security release of Python 3.12; mirror it by digest in your own registry.
FROM python:3.12.12-slim-bookworm AS build
RUN ["pip", "install", "--no-cache-dir", "uv==0.13.8"]
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --group gateway --compile-bytecode --python /usr/local/bin/python
COPY bot/__init__.py bot/
COPY bot/advice bot/advice
COPY webchat webchat
COPY scripts/__init__.py scripts/staff.py scripts/services.py scripts/process.py scripts/
RUN .venv/bin/python -m compileall -q bot webchat scripts
RUN .venv/bin/python -c "import scripts.staff, psycopg, aiosqlite, argon2, segno, webchat.app"
RUN .venv/bin/python -c "import importlib.util as u, sys; sys.exit(any(map(u.find_spec, ('rasa', 'rasa_sdk', 'spacy'))))"

FROM python:3.12.12-slim-bookworm
COPY --from=build /app /app
COPY docker/strip_tools.py /strip_tools.py
RUN ["python", "/strip_tools.py"]
WORKDIR /app
ENV PATH=/app/.venv/bin:/usr/local/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
CMD ["python", "-m", "webchat.main"]
