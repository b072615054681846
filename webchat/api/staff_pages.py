"""The console's page and its files, under ``/staff``. Must serve nothing outside its folder and nothing cached."""

from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from webchat.api.pages import PAGES, Fill, _file, _packed

AREA = "counsellor"
_YES, _NO = "yes", "no"


def router(fill: Fill, demo: bool = False, oidc: bool = False, pages: Path = PAGES) -> APIRouter:
    """Routes for ``/staff`` and ``/staff/…``; to be included before those of the visitor's pages.

    ``fill`` puts the numbers of the directory in the HTML, as there. ``demo`` marks every screen, ``oidc`` shows the
    button to log in via the organisation. The headers, with the content policy, come from the outermost layer.
    """
    routes = APIRouter(include_in_schema=False)
    flags = {"demo": _YES if demo else _NO, "oidc": _YES if oidc else _NO}

    def filled(word: str, which: str | None) -> str:
        return flags[word] if word in flags and which is None else fill(word, which)

    @routes.get("/staff")
    async def index(request: Request) -> Response:
        return _packed(_file(pages, f"{AREA}/index.html", filled), request)

    # With a slash at the end relative addresses would mean something else; the fragment of a link goes along.
    @routes.get("/staff/")
    async def with_slash() -> Response:
        return RedirectResponse("/staff", 308)

    @routes.get("/staff/{path:path}")
    async def file(path: str, request: Request) -> Response:
        return _packed(_file(pages / AREA, path, filled), request)

    return routes
