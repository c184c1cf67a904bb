"""Misbehaviour of servers, by name: how they break off, lie, redirect, and answer for others."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

from tests.services.sources import Fault, Reply, send

SIGN_IN = b"""<!DOCTYPE html><html><head><title>Sign in to the library</title></head>
<body><form><input type="password" name="pin"></form></body></html>"""
CAPTCHA = b"""<html><head><title>Just a moment...</title></head>
<body><div id="cf-challenge">Verify you are human</div></body></html>"""
MAINTENANCE = b"""<!doctype html><html><head><title>We will be back</title></head>
<body><p>Scheduled maintenance until noon.</p></body></html>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom">
<entry><title>&b;&b;&b;</title></entry></feed>"""


def _body(body: bytes, kind: str = "") -> Fault:
    """Answer this, with status 200."""

    def answer(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        send(handler, replace(reply, body=body), **({"Content_Type": kind} if kind else {}))

    return answer


def _changed(change: Callable[[bytes], bytes], **headers: str) -> Fault:
    """Answer with another body than the right one."""
    return lambda handler, reply: send(handler, replace(reply, body=change(reply.body)), **headers)


def _status(status: int, **headers: str) -> Fault:
    return lambda handler, reply: send(
        handler, replace(reply, status=status, body=b"" if status == 304 else b"no"), **headers
    )


def _redirect(location: str) -> Fault:
    return lambda handler, reply: send(
        handler, replace(reply, status=302, body=b""), Location=location or handler.path
    )


def _to_localhost(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    port = handler.headers["Host"].rpartition(":")[2]
    _redirect(f"http://localhost:{port}{handler.path}")(handler, reply)


def _silent(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    time.sleep(0.25)


def _dripping(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(200)
    handler.end_headers()
    for byte in reply.body[:30]:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.03)


def _reset(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def _nothing(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.close_connection = True


def _no_http(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")


def _cut_short(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    half = replace(reply, body=reply.body[: len(reply.body) // 2])
    send(handler, half, Content_Length=str(len(reply.body)))


def _length_too_small(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    send(handler, reply, Content_Length=str(len(reply.body) // 2))


def _endless(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 65_536)


def _endless_headers(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        handler.wfile.write(b"X-More: " + b"x" * 8_000 + b"\r\n")


def _twice(data: bytes) -> bytes:
    return gzip.compress(gzip.compress(data))


def _zeros(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(40)) + packer.flush()


def _damaged_gzip(data: bytes) -> bytes:
    packed = bytearray(gzip.compress(data))
    packed[len(packed) // 2] ^= 0xFF
    packed[len(packed) // 2 + 1] ^= 0xFF
    return bytes(packed)


TRANSPORT: dict[str, Fault] = {
    "says nothing": _silent,
    "drips": _dripping,
    "resets": _reset,
    "hangs up": _nothing,
    "speaks another protocol": _no_http,
    "breaks off": _cut_short,
    "gives too small a length": _length_too_small,
    "never ends": _endless,
    "never ends its headers": _endless_headers,
    "gzip bomb": _changed(_zeros, Content_Encoding="gzip"),
    "damaged gzip": _changed(_damaged_gzip, Content_Encoding="gzip"),
    "no gzip after all": _changed(bytes, Content_Encoding="gzip"),
    "gzip in gzip": _changed(_twice, Content_Encoding="gzip, gzip"),
    "a compression not asked for": _changed(bytes, Content_Encoding="br"),
    "redirects in a circle": _redirect(""),
    "redirects to a file": _redirect("file:///etc/passwd"),
    "redirects into the network": _redirect("http://169.254.169.254/latest/meta-data/"),
    "redirects to a neighbour": _redirect("http://192.168.0.1/"),
    "redirects to another host": _to_localhost,
    "redirects to nonsense": _redirect("http://[::1"),
    "400": _status(400),
    "401": _status(401),
    "403": _status(403),
    "404": _status(404),
    "410": _status(410),
    "429, come back in an hour": _status(429, Retry_After="3600"),
    "429, come back at once": _status(429, Retry_After="0"),
    "500": _status(500),
    "503": _status(503),
    "304 unasked": _status(304),
}
"""What goes wrong on the way, whatever was asked."""

CONTENT: dict[str, Fault] = {
    "a page to sign in": _body(SIGN_IN, "text/html"),
    "a page to sign in, called data": _body(SIGN_IN),
    "a captcha": _body(CAPTCHA, "text/html"),
    "maintenance": _body(MAINTENANCE, "text/html"),
    "nothing": _body(b""),
    "blanks": _body(b" \n\n "),
    "an empty object": _body(b"{}"),
    "an empty list": _body(b"[]"),
    "null": _body(b"null"),
    "an error in JSON": _body(b'{"error": "Rate limit exceeded"}', "application/json"),
    "an error in XML": _body(b"<?xml version='1.0'?><eFetchResult><ERROR>busy</ERROR></eFetchResult>"),
    "an error in words": _body(b"Upstream request timeout", "text/plain"),
    "half": _changed(lambda body: body[: len(body) // 2]),
    "all but the end": _changed(lambda body: body.rstrip()[:-1]),
    "entities that explode": _body(BOMB, "application/xml"),
    "nested without end": _body(b"[" * 100_000),
    "a picture": _body(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "image/png"),
    "zeros": _changed(lambda body: b"\0" * len(body)),
    "another charset": _changed(lambda body: body.replace(b"Ada", b"Ad\xe9").replace(b" of ", b" \xf6f ")),
}  # fmt: skip
"""What answers with status 200 and is not what was asked for."""

HARMLESS = {
    ("another charset", "dblp"),  # what is no UTF-8 is read in the charset that it is in
    ("another charset", "web"),
    ("all but the end", "web"),  # a document by hand is read as far as it goes
    ("half", "web"),
    ("gives too small a length", "web"),
}
"""What a source may answer."""
