"""The site that people leave to, and one they come from. Must remember what browsers tell it."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

WEATHER = "<!doctype html><title>Weer</title><h1>Het weer</h1><link rel=icon href=data:,>"


class NeutralSite:
    """Serves on another loopback address than the chat, so that it is another site to a browser.

    ``pages`` holds pages of others, by path, each with its headers.
    """

    def __init__(self) -> None:
        site = self
        self.visits: list[dict[str, str]] = []
        self.slowness = 0.0
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.visits.append({name.lower(): value for name, value in self.headers.items()})
                if self.path == "/":
                    time.sleep(site.slowness)
                page, headers = site.pages.get(self.path, (WEATHER, {}))
                body = page.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.2", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.2:{self._server.server_port}/"
        self.before = self.url + "ervoor"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let go of the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
