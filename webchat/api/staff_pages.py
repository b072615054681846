"""The console's page and its files, under ``/staff``. Must serve nothing outside its folder and nothing cached."""

import gzip
import html
import re
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from webchat.api.pages import PAGES, SMALLEST_PACKED, Fill

AREA = "counsellor"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)(?::([a-z0-9-]+))?\}\}")
_YES, _NO = "yes", "no"


def router(fill: Fill, demo: bool = False, oidc: bool = False, pages: Path = PAGES) -> APIRouter:
    """Routes for ``/staff`` and ``/staff/…``; to be included before those of the visitor's pages.

    ``fill`` puts the numbers of the directory in the HTML, as there. ``demo`` marks every screen, ``oidc`` shows the
    button to log in via the organisation. The headers, with the content policy, come from the outermost layer.
    """
    routes = APIRouter(include_in_schema=False)
    flags = {"demo": _YES if demo else _NO, "oidc": _YES if oidc else _NO}

    def filled(word: re.Match[str]) -> str:
        return html.escape(flags[word[1]] if word[1] in flags else fill(word[1], word[2]))

    def served(path: str, request: Request) -> Response:
        content, media_type = _read(pages / AREA, path)
        if path.endswith(".html"):
            content = _PLACEHOLDER.sub(filled, content.decode("utf-8")).encode("utf-8")
        if len(content) < SMALLEST_PACKED or "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(content, media_type=media_type)
        headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(gzip.compress(content, 9, mtime=0), media_type=media_type, headers=headers)

    @routes.get("/staff")
    async def index(request: Request) -> Response:
        return served("index.html", request)

    # With a slash at the end relative addresses would mean something else; the fragment of a link goes along.
    @routes.get("/staff/")
    async def with_slash() -> Response:
        return RedirectResponse("/staff", 308)

    @routes.get("/staff/{path:path}")
    async def file(path: str, request: Request) -> Response:
        return served(path, request)

    return routes


def _read(folder: Path, path: str) -> tuple[bytes, str]:
    """A file and its media type. Raises ``HTTPException`` for what is not there or not to be served."""
    root = folder.resolve()
    found = (root / path).resolve() if "\0" not in path else root
    media_type = _TYPES.get(found.suffix)
    if media_type is None or not found.is_relative_to(root) or not found.is_file():
        raise HTTPException(404)
    return found.read_bytes(), media_type
