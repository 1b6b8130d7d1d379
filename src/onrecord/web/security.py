"""What keeps the pages safe: headers, who may come in, and that a change was meant.

Article text and metadata are hostile: templates escape all of it, and the policy below allows no
script, style, picture or address but our own files.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LOCAL", "Access", "Guard", "form_key", "is_meant"]

LOCAL = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_COOKIE = "onrecord-token"
_KEY_COOKIE = "onrecord-key"
_CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in.

    Attributes:
        token: What a visitor must show once; None where only this machine can connect.
        hosts: Names under which the server is called; another one may be a trap (DNS rebinding).
        secret: Signs the key that a form carries.
    """

    token: str | None = None
    hosts: frozenset[str] = LOCAL
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))


def form_key(request: Request) -> str:
    """Return the key that forms of this visitor carry."""
    access: Access = request.app.state.access
    return _signed(access, request.state.visitor)


def is_meant(request: Request, key: str | None) -> bool:
    """Tell whether a change comes from a page of ours: its key is the visitor's, and its origin."""
    origin = request.headers.get("origin")
    same = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    return same and hmac.compare_digest(key or "", form_key(request))


def _signed(access: Access, visitor: str) -> str:
    return hmac.new(access.secret, visitor.encode(), "sha256").hexdigest()


class Guard:
    """Middleware around every page: the host's name, the token, the visitor, the headers."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        visitor = request.cookies.get(_KEY_COOKIE) or secrets.token_urlsafe(16)
        request.state.visitor = visitor
        new = _KEY_COOKIE not in request.cookies

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
                if new:
                    headers.append("Set-Cookie", _cookie(_KEY_COOKIE, visitor))
            await send(message)

        answer = self._refusal(request)
        await (answer or self._app)(scope, receive, with_headers)

    def _refusal(self, request: Request) -> Response | None:
        host = (request.headers.get("host") or "").rsplit(":", 1)[0]
        if host not in self._access.hosts:
            return PlainTextResponse(f"this server is not called {host!r}", 421)
        token = self._access.token
        if token is None or hmac.compare_digest(request.cookies.get(_COOKIE, ""), token):
            return None
        shown = request.query_params.get("token") or _bearer(request)
        if not hmac.compare_digest(shown, token):
            return PlainTextResponse("open the address with its token (?token=...)", 401)
        if request.method in _CHANGING or _bearer(request):
            return None
        answer = RedirectResponse(request.url.remove_query_params("token"), 303)
        answer.headers.append("Set-Cookie", _cookie(_COOKIE, token))
        return answer


def _bearer(request: Request) -> str:
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    return value if kind.lower() == "bearer" else ""


def _cookie(name: str, value: str) -> str:
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict"


Handler = Callable[[Request], Awaitable[Response]]
