"""What stands between the room and whatever a browser sends: whose post it is, how large, and how we reply.

Every endpoint of the workshop is `guarded`: what is refused is said in a sentence, and what breaks is logged without
any address.
"""

import base64
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from data.pack import PackError
from data.register.tables import RegisterError
from data.workshop.book import WorkshopError

MOST_BYTES = 4_096
"""Bytes of a post, unless its endpoint says otherwise."""

PATIENCE_SECONDS = 15.0
"""How long a post may take to arrive."""

FORM, JSON = "application/x-www-form-urlencoded", "application/json"

Endpoint = Callable[[Request], Awaitable[Response]]

_BASE = {
    "default-src": "'none'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    # Nothing is told to any other site. Not "no-referrer": with it, browsers send "Origin: null" with our own forms,
    # which are then refused wherever there is no TLS, such as on a hall's own network.
    "Referrer-Policy": "same-origin",
}
_BROKE = "Something went wrong on our side. Go back to what you were doing and try it again in a moment."
_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;color:#0b1118;margin:0 auto;max-width:34rem;padding:1.5rem}"
    "a{color:#1f5fa8}"
)

_log = logging.getLogger("foothold")


class RefusedError(Exception):
    """A request that is not done; `words` say why and what to do, to whoever sent it.

    `again` tells a phone to keep what it sent and to send it later; `wait` is how many seconds later.
    """

    def __init__(self, status: int, words: str, *, again: bool = False, wait: int = 0) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.again = again
        self.wait = wait


def own_site(request: Request) -> None:
    """Refuse a post that a page of another site sent.

    A browser says who sent it: `Origin` decides where it is given, then `Sec-Fetch-Site`, then `Referer`.

    Raises
    ------
    RefusedError
        403, also when nothing says who sent it.
    """
    headers = request.headers
    host, fetched = _host(f"//{headers.get('host', '')}"), headers.get("sec-fetch-site")
    sender = headers.get("origin") or (headers.get("referer") if fetched is None else None)
    ours = bool(host) and _host(sender) == host if sender is not None else fetched in ("same-origin", "none")
    if not ours or fetched in ("cross-site", "same-site"):
        raise RefusedError(
            403, "This was sent from another site, so we have not kept it. Open our page and send it there."
        )


def _host(address: str) -> str:
    """Host and port of an address, the port left out where it is the usual one."""
    try:
        parts = urlsplit(address)
        usual = {"https": 443, "http": 80}.get(parts.scheme)
        port = parts.port
    except ValueError:
        return ""
    name = (parts.hostname or "").lower()
    return name if port is None or port == usual or (not parts.scheme and port in (80, 443)) else f"{name}:{port}"


async def body(request: Request, *, most: int = MOST_BYTES) -> dict[str, Any]:
    """What a post holds: a JSON object, or a form (a field sent more than once is a list of its texts).

    Raises
    ------
    RefusedError
        413 if it is larger than `most` bytes, 415 if it is neither, 400 if it cannot be read, 408 if it never ends.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in (FORM, JSON):
        raise RefusedError(415, "This page takes its own forms only. Reload the page and send it there.")
    raw = await _read(request, most)
    try:
        return _form(raw.decode("utf-8")) if kind == FORM else _object(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, "What was sent cannot be read. Reload the page and send it again.") from error


async def _read(request: Request, most: int) -> bytes:
    """The bytes of a post; no more than `most` of them are ever held."""
    raw = bytearray()
    try:
        with anyio.fail_after(PATIENCE_SECONDS):
            async for chunk in request.stream():
                raw += chunk
                if len(raw) > most:
                    raise RefusedError(413, "This is longer than fits. Make it shorter and send it again.")
    except TimeoutError as error:
        raise RefusedError(408, "This took too long to arrive. Please send it again.", again=True) from error
    except ClientDisconnect as error:
        raise RefusedError(400, "The connection was lost. Please send it again.", again=True) from error
    return bytes(raw)


def _form(text: str) -> dict[str, Any]:
    fields = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=200)
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in fields.items()}


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text, parse_constant=_no_number)
    if not isinstance(value, dict):
        raise ValueError(f"{type(value).__name__} is no object")
    json.dumps(value, ensure_ascii=False).encode("utf-8")  # half a sign (a lone surrogate) could not be kept
    return value


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def policy(*, style: str = "", script: str = "", **more: str) -> str:
    """A strict Content-Security-Policy that lets run exactly this style and script of the page.

    `more` adds or replaces parts, such as `script_src="'self'"`. Nothing is ever allowed from another host.
    """
    parts = dict(_BASE)
    if style:
        parts["style-src"] = _hash(style)
    if script:
        parts["script-src"] = _hash(script)
    parts |= {name.replace("_", "-"): value for name, value in more.items()}
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


PLAIN = policy(style=_STYLE)
"""The policy of a plain page without script."""


def page(html: str, *, status: int = 200, policy: str = PLAIN, headers: Mapping[str, str] | None = None) -> Response:
    """A page that no browser keeps, no other site frames, and nothing foreign runs in."""
    sent = _HEADERS | {"Content-Security-Policy": policy} | dict(headers or {})
    return Response(html, status, sent, media_type="text/html")


def told(value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A value as JSON that no browser keeps."""
    return written(json.dumps(value, ensure_ascii=False, separators=(",", ":")), status=status, headers=headers)


def written(text: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """What is JSON already, as JSON that no browser keeps."""
    sent = _HEADERS | {"Content-Security-Policy": "default-src 'none'"} | dict(headers or {})
    return Response(text, status, sent, media_type=JSON)


def elsewhere(address: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """Sends a browser to another page of ours, to be asked for with GET."""
    sent = _HEADERS | {"Content-Security-Policy": "default-src 'none'", "Location": address} | dict(headers or {})
    return Response(status_code=303, headers=sent)


def by_script(request: Request) -> bool:
    """Whether our own script asks, so that the reply is JSON rather than a page."""
    given = request.headers.get("content-type", "") + request.headers.get("accept", "")
    return JSON in given


def guarded(endpoint: Endpoint) -> Endpoint:
    """An endpoint whose refusals are said in a sentence, as JSON to a script and as a plain page to a reader.

    What breaks is logged without the address of whoever asked, and apologised for.
    """

    @wraps(endpoint)
    async def asked(request: Request) -> Response:
        try:
            return await endpoint(request)
        except RefusedError as error:
            return _refusal(request, error)
        except (PackError, RegisterError, WorkshopError) as error:
            return _refusal(request, RefusedError(503, str(error), again=True, wait=10))
        except Exception:
            _log.exception("A page of the workshop broke")
            return _refusal(request, RefusedError(500, _BROKE, again=True))

    return asked


def _refusal(request: Request, error: RefusedError) -> Response:
    wait = {"Retry-After": str(error.wait)} if error.wait else {}
    if by_script(request):
        said = {"ok": False, "words": error.words, "again": error.again}
        return told(said, status=error.status, headers=wait)
    return page(plain_page(error.words), status=error.status, headers=wait)


def plain_page(words: str, *, title: str = "Foothold") -> str:
    """A page of one sentence, which may be anybody's text; nothing of it is markup."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>' + escape(title) + "</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1><p>{escape(words)}</p></main></body></html>"
    )
