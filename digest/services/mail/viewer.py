"""A preview of a message on a local web server: its headers, its HTML and its text."""

from __future__ import annotations

import http.server
from email.message import EmailMessage
from html import escape

from digest.progress import Say


def preview(
    message: EmailMessage, say: Say, port: int = 8001, *, wait: bool = True
) -> http.server.ThreadingHTTPServer:
    """Show a message at http://127.0.0.1:8001/ until interrupted, and return the server.

    It is bound to loopback, so that nobody else on the network sees it. If the
    port is taken, another is used.
    """
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), _handler(_pages(message)))
    except OSError:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(_pages(message)))
    say(f"the mail is at http://127.0.0.1:{server.server_port}/ — Ctrl-C ends this")
    if wait:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.server_close()
    return server


def _pages(message: EmailMessage) -> dict[str, tuple[str, str]]:
    """Return the pages by path, each a media type and a text."""
    html, text = (
        str(part.get_content()) if (part := message.get_body((kind,))) else ""
        for kind in ("html", "plain")
    )
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    frame = (
        "<!DOCTYPE html><meta charset=utf-8><title>Preview of the mail</title>"
        "<style>body{font:15px system-ui;margin:1rem auto;max-width:60rem;padding:0 1rem}"
        "pre{white-space:pre-wrap}iframe{width:100%;height:70vh;border:1px solid #999}</style>"
        f"<pre>{escape(headers)}</pre><p><a href=/html>HTML alone</a>,"
        f" {len(html.encode()) / 1000:.0f} kB; <a href=/text>text alone</a></p>"
        f"<iframe src=/html sandbox title='The mail as HTML'></iframe><pre>{escape(text)}</pre>"
    )
    return {"/": ("text/html", frame), "/html": ("text/html", html), "/text": ("text/plain", text)}


def _handler(pages: dict[str, tuple[str, str]]) -> type[http.server.BaseHTTPRequestHandler]:
    """Return a request handler that serves these pages."""

    class Handler(http.server.BaseHTTPRequestHandler):
        """Serves the pages to GET requests."""

        def do_GET(self) -> None:
            kind, text = pages.get(self.path, ("text/plain", ""))
            data = text.encode()
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Log nothing: the user sees the page."""

    return Handler
