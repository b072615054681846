"""The pages and their scripts, from disk. Must serve nothing outside the pages folder and nothing that is cached."""

import gzip
import html
import re
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

PAGES = Path(__file__).parent.parent / "pages"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
_AREAS = ("visitor", "shared")
Fill = Callable[[str, str | None], str]
_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)(?::([a-z0-9-]+))?\}\}")


def router(fill: Fill, pages: Path = PAGES, rules: Callable[[], bytes] | None = None) -> APIRouter:
    """Routes for ``/``, ``/visitor/…`` and ``/shared/…``.

    In HTML, ``{{phone:veilig-thuis}}``, ``{{tel:…}}``, ``{{name:…}}``, ``{{hours:…}}`` and ``{{exit_url}}`` are
    replaced by what ``fill(word, id)`` gives, escaped; so numbers stay in the directory alone. It raises
    ``KeyError`` for what it does not know, and that becomes a 500: a page without its numbers is not shown.
    ``rules`` gives what the page needs to notice personal data before it is sent.
    """
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    async def index(request: Request) -> Response:
        return _packed(_file(pages, "visitor/index.html", fill), request)

    if rules is not None:

        @routes.get("/shared/redaction.json")
        async def shared_rules(request: Request) -> Response:
            return _packed(Response(rules(), media_type="application/json"), request)

    @routes.get("/{area}/{path:path}")
    async def file(area: str, path: str, request: Request) -> Response:
        if area not in _AREAS:
            raise HTTPException(404)
        return _packed(_file(pages, f"{area}/{path}", fill), request)

    return routes


def _file(pages: Path, path: str, fill: Fill) -> Response:
    root = pages.resolve()
    found = (root / path).resolve() if "\0" not in path else root
    media_type = _TYPES.get(found.suffix)
    if media_type is None or not found.is_relative_to(root) or not found.is_file():
        raise HTTPException(404)
    content = found.read_bytes()
    if found.suffix == ".html":
        text = _PLACEHOLDER.sub(lambda m: html.escape(fill(m[1], m[2])), content.decode("utf-8"))
        content = text.encode("utf-8")
    return Response(content, media_type=media_type)


SMALLEST_PACKED = 700
"""Shorter files do not get smaller."""


def _packed(response: Response, request: Request) -> Response:
    """Compressed when the browser can read that. Only files: a length betrays nothing secret."""
    body = bytes(response.body)
    if len(body) < SMALLEST_PACKED or "gzip" not in request.headers.get("accept-encoding", ""):
        return response
    headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(gzip.compress(body, 9, mtime=0), media_type=response.media_type, headers=headers)
