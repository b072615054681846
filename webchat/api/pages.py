"""The pages and their scripts, from disk. Must serve nothing outside the pages folder and nothing that is cached."""

import gzip
import html
import re
from collections.abc import Callable
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from webchat.organisation import Organisation

PAGES = Path(__file__).parent.parent / "pages"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
_AREAS = ("visitor", "shared", "widget")
_STYLE = "visitor/chat.css"
Fill = Callable[[str, str | None], str]
_PLACEHOLDER = re.compile(r"\{\{([a-z_]+)(?::([a-z0-9-]+))?\}\}")
_FORMS = re.compile(r"\{\{([^{}|]*)\|([^{}|]*)\}\}")


def themes(pages: Path = PAGES) -> frozenset[str]:
    """The names of the themes that an organisation can choose."""
    return frozenset(path.stem for path in (pages / "themes").glob("*.css"))


def router(
    fill: Fill,
    pages: Path = PAGES,
    rules: Callable[[], bytes] | None = None,
    organisation: Organisation | None = None,
) -> APIRouter:
    """Routes for ``/``, ``/visitor/…``, ``/shared/…``, ``/widget`` and ``/widget/…``.

    In HTML, ``{{phone:veilig-thuis}}``, ``{{tel:…}}``, ``{{name:…}}``, ``{{hours:…}}`` and ``{{exit_url}}`` are
    replaced by what ``fill(word, id)`` gives, escaped; so numbers stay in the directory alone. It raises
    ``KeyError`` for what it does not know, and that becomes a 500: a page without its numbers is not shown.
    ``{{opening}}`` and ``{{region}}`` come from ``organisation``; its theme goes behind the style sheet, which costs
    no request. Of ``{{je|u}}`` the form that it chose is sent, so that no other is ever on a screen. ``rules`` gives
    what the page needs to notice personal data before it is sent.
    """
    routes = APIRouter(include_in_schema=False)
    files = _Files(pages, fill, organisation)

    @routes.get("/")
    async def index(request: Request) -> Response:
        return _packed(files.get("visitor/index.html"), request)

    @routes.get("/widget")
    async def widget(request: Request) -> Response:
        return _packed(files.get("widget/index.html"), request)

    if rules is not None:

        @routes.get("/shared/redaction.json")
        async def shared_rules(request: Request) -> Response:
            return _packed(Response(rules(), media_type="application/json"), request)

    @routes.get("/{area}/{path:path}")
    async def file(area: str, path: str, request: Request) -> Response:
        if area not in _AREAS:
            raise HTTPException(404)
        return _packed(files.get(f"{area}/{path}"), request)

    return routes


class _Files:
    """The files of the pages folder, filled in."""

    def __init__(self, pages: Path, fill: Fill, organisation: Organisation | None = None) -> None:
        chosen = organisation or Organisation()
        self._root = pages.resolve()
        self._fill = fill
        self._own = _markup(chosen)
        self._form = _formal if chosen.address_form == "u" else r"\1"
        theme = self._root / "themes" / f"{chosen.theme}.css"
        self._theme = b"\n" + theme.read_bytes() if chosen.theme else b""

    def get(self, path: str) -> Response:
        """One file. Raises ``HTTPException`` for what is not there or not to be served."""
        found = (self._root / path).resolve() if "\0" not in path else self._root
        media_type = _TYPES.get(found.suffix)
        if media_type is None or not found.is_relative_to(self._root) or not found.is_file():
            raise HTTPException(404)
        content = found.read_bytes()
        if found.suffix == ".html":
            text = _FORMS.sub(self._form, content.decode("utf-8"))
            content = _PLACEHOLDER.sub(self._word, text).encode("utf-8")
        elif path == _STYLE:
            content += self._theme
        return Response(content, media_type=media_type)

    def _word(self, found: re.Match[str]) -> str:
        own = self._own.get(found[1])
        return html.escape(self._fill(found[1], found[2])) if own is None else own


def _formal(found: re.Match[str]) -> str:
    """The form with "u", and the other beside it for when the page learns that a child reads."""
    return f'<span data-je="{html.escape(found[1])}">{found[2]}</span>'


def _markup(organisation: Organisation) -> dict[str, str]:
    """What an organisation's own words become in a page, escaped; empty when it has not set them."""
    opening, region, name = (
        html.escape(part or "") for part in (organisation.opening, organisation.region, organisation.region_name)
    )
    return {
        "opening": f'<p class="opening">{opening}</p>\n' if opening else "",
        "region": f' data-region="{region}" data-region-name="{name}"' if region else "",
        "address_form": ' data-address-form="u"' if organisation.address_form == "u" else "",
    }


SMALLEST_PACKED = 700
"""Shorter files do not get smaller."""


def _packed(response: Response, request: Request) -> Response:
    """Compressed when the browser can read that. Only files: a length betrays nothing secret."""
    body = bytes(response.body)
    if len(body) < SMALLEST_PACKED or "gzip" not in request.headers.get("accept-encoding", ""):
        return response
    headers = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(gzip.compress(body, 9, mtime=0), media_type=response.media_type, headers=headers)
