"""Tools for assistants that speak the Model Context Protocol: search and show a store.

Every answer carries ids (`12/s3`), so that what an assistant says can be checked with `show`.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from onrecord.export.json import record_to_json
from onrecord.export.terminal import record_to_text
from onrecord.store.archive import Store

if TYPE_CHECKING:
    from mcp.server import MCPServer

__all__ = ["make_server"]

_ABOUT = (
    "A record of news reports: who said what to whom, who did what to whom, who denies it, and "
    "which articles are copies. Each answer has an id such as 12/s3 (article 12, statement s3); "
    "cite it, and use `show` to see the words in their article. Reports are quoted, not endorsed."
)
_MOST = 100


def make_server(store: Store) -> "MCPServer":
    """Return a server with the questions of the command line as tools."""
    from mcp.server import MCPServer

    server = MCPServer("onrecord", instructions=_ABOUT)
    for tool in (_said, _events, _disputes, _timeline, _who, _copies, _show):
        server.add_tool(tool(store))
    return server


def _limit(limit: int) -> int:
    return max(1, min(limit, _MOST))


_Rows = list[dict[str, Any]]


def _said(store: Store) -> Any:  # noqa: ANN401 (a function that the server reads)
    def said(
        by: str | None = None,
        to: str | None = None,
        about: str | None = None,
        act: str | None = None,
        country: str | None = None,
        text: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> _Rows:
        """Who said what: by, to and about are names; act is deny, accuse, promise, ...; country an
        ISO 3166 alpha-3 code of who speaks; text has words and "phrases"; days are ISO 8601."""
        asked = {"by": by, "to": to, "about": about, "act": act, "country": country, "text": text}
        return store.said(**asked, since=since, until=until, limit=_limit(limit)).to_dicts()

    return said


def _events(store: Store) -> Any:  # noqa: ANN401
    def events(
        by: str | None = None,
        to: str | None = None,
        type: str | None = None,  # noqa: A002
        status: str | None = None,
        country: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> _Rows:
        """Who did what to whom: type is a PLOVER type (CONSULT, ASSAULT, ...); status happened,
        planned, demanded, hypothetical, denied or claimed."""
        asked = {"by": by, "to": to, "act": type, "status": status, "country": country}
        return store.events(**asked, since=since, until=until, limit=_limit(limit)).to_dicts()

    return events


def _disputes(store: Store) -> Any:  # noqa: ANN401
    def disputes(
        by: str | None = None,
        to: str | None = None,
        kind: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 20,
    ) -> _Rows:
        """Which claims are denied, contradicted or corrected: by who answers, to whose claim."""
        asked = {"by": by, "to": to, "act": kind, "since": since, "until": until}
        return store.disputes(**asked, limit=_limit(limit)).to_dicts()

    return disputes


def _timeline(store: Store) -> Any:  # noqa: ANN401
    def timeline(
        by: str | None = None,
        to: str | None = None,
        country: str | None = None,
        what: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int = 50,
    ) -> _Rows:
        """What was said and done, by day, each event once with how many articles report it."""
        asked = {"by": by, "to": to, "country": country, "act": what}
        return store.timeline(**asked, since=since, until=until, limit=_limit(limit)).to_dicts()

    return timeline


def _who(store: Store) -> Any:  # noqa: ANN401
    def who(name: str) -> dict[str, Any]:
        """What the store has of somebody: offices, what they said and did, by month."""
        return asdict(store.who(name))

    return who


def _copies(store: Store) -> Any:  # noqa: ANN401
    def copies(article: int | None = None, limit: int = 20) -> _Rows:
        """Which articles are copies of which, with the probable original first."""
        return store.copies(article, limit=_limit(limit)).to_dicts()

    return copies


def _show(store: Store) -> Any:  # noqa: ANN401
    def show(id: str, as_json: bool = False) -> str | dict[str, Any]:  # noqa: A002
        """The record of an article (12), or of the article that a finding is in (12/s3), with its
        words marked."""
        record = store.record(int(id.partition("/")[0]))
        return (
            record_to_json(record) if as_json else record_to_text(record, context=True, width=100)
        )

    return show
