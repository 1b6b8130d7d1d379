"""Fetch one page.

An address in somebody's list must not make this machine visit its own network: private, local and
reserved addresses are refused, before connecting and again on the connection that was made, for the
first address and for every redirect. Proxies are not used, because they would hide the address.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from onrecord.errors import FetchError, TooLarge
from onrecord.settings import Settings

if TYPE_CHECKING:
    import httpx

__all__ = ["USER_AGENT", "Answer", "ask", "fetch", "is_url"]

USER_AGENT = "onrecord/0.1 (reads pages and feeds at a person's request)"
ACCEPTED = ("text/html", "application/xhtml+xml", "text/plain")
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        status: HTTP status: 200, or 304 where nothing has changed since.
        body: Empty for 304.
        headers: By name in lower case.
        url: After redirects.
    """

    status: int
    body: bytes
    headers: Mapping[str, str]
    url: str


def is_url(source: str) -> bool:
    """Tell whether the source is the address of a page.

    Example:
        >>> is_url("https://example.org/report"), is_url("report.txt")
        (True, False)
    """
    return source.lower().startswith(("http://", "https://"))


def fetch(url: str, settings: Settings) -> bytes:
    """Return the page's bytes.

    Raises:
        FetchError: The page could not be had; the message says why.
        TooLarge: It is longer than the limit.
    """
    return ask(url, settings).body


def ask(
    url: str,
    settings: Settings,
    *,
    accepted: Sequence[str] = ACCEPTED,
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    """Return what a server answers.

    Args:
        url: Where.
        settings: Limits.
        accepted: Media types that are taken.
        headers: Sent as well, such as `If-None-Match`.

    Raises:
        FetchError: There was no answer, another type, or a status other than 200 and 304.
        TooLarge: It is longer than the limit.
    """
    import httpx

    sent = {"Accept": ", ".join(accepted), **headers}
    try:
        with _client(settings) as client, client.stream("GET", url, headers=sent) as response:
            changed = response.status_code != _NOT_MODIFIED
            body = _body(response, settings, accepted) if changed else b""
            return Answer(response.status_code, body, dict(response.headers), str(response.url))
    except httpx.TimeoutException:
        raise FetchError(_too_slow(settings)) from None
    except httpx.TooManyRedirects:
        raise FetchError(f"more than {settings.max_redirects} redirects") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise FetchError(f"could not be fetched: {str(error) or type(error).__name__}") from None


def _client(settings: Settings) -> "httpx.Client":
    import httpx

    guarded = not settings.allow_private
    return httpx.Client(
        headers={"User-Agent": USER_AGENT},
        timeout=settings.fetch_seconds,
        follow_redirects=True,
        max_redirects=settings.max_redirects,
        trust_env=False,
        event_hooks={
            "request": [_check_host] if guarded else [],
            "response": [_check_peer] if guarded else [],
        },
    )


def _check_host(request: "httpx.Request") -> None:
    import socket

    try:
        found = socket.getaddrinfo(request.url.host, request.url.port, type=socket.SOCK_STREAM)
    except OSError:
        raise FetchError(f"no host of the name {request.url.host!r} was found") from None
    for *_, address in found:
        _refuse_private(str(address[0]))


def _check_peer(response: "httpx.Response") -> None:
    stream = response.extensions.get("network_stream")
    address = stream.get_extra_info("server_addr") if stream else None
    if address:
        _refuse_private(str(address[0]))


def _refuse_private(address: str) -> None:
    """Refuse an address that is not of the public internet."""
    import ipaddress

    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    if not mapped.is_global or mapped.is_multicast:
        raise FetchError(
            f"the address {address} is private or local and was not visited; "
            "--allow-private allows it"
        )


def _body(response: "httpx.Response", settings: Settings, accepted: Sequence[str]) -> bytes:
    _check_answer(response, accepted)
    deadline = time.monotonic() + settings.fetch_seconds
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > settings.max_bytes:
            raise TooLarge(f"longer than {settings.max_bytes:,} bytes, the limit")
        if time.monotonic() > deadline:
            raise FetchError(_too_slow(settings))
    return bytes(body)


def _check_answer(response: "httpx.Response", accepted: Sequence[str]) -> None:
    if not response.is_success:
        raise FetchError(
            f"the server answered {response.status_code} {response.reason_phrase}",
            status=response.status_code,
            retry_after=response.headers.get("retry-after"),
        )
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in accepted:
        raise FetchError(f"the server sent {kind}; a page or plain text would be right")


def _too_slow(settings: Settings) -> str:
    return f"no full answer within {settings.fetch_seconds:g} seconds"
