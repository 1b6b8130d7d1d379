"""`onrecord watch`: follow feeds into a store."""

from typing import TYPE_CHECKING

import click

from onrecord.cli.shown import store_option, workers_option

if TYPE_CHECKING:
    from onrecord.scale.watch import Watch
    from onrecord.store.archive import Store

__all__ = ["watch"]


@click.command(short_help="Follow feeds into a store.")
@click.argument("feeds", metavar="FEED...", nargs=-1, required=True)
@store_option
@workers_option
@click.option("--once", is_flag=True, help="Ask each feed whose time has come once, and end.")
@click.option(
    "--every",
    metavar="MINUTES",
    type=click.FloatRange(min=1),
    default=15,
    show_default=True,
    help="Time between two tries at a feed.",
)
@click.option(
    "--delay",
    metavar="SECONDS",
    type=click.FloatRange(min=0),
    default=5,
    show_default=True,
    help="Time between two pages of one host; its robots.txt may ask for more.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
def watch(  # noqa: PLR0917 (click passes them by name)
    feeds: tuple[str, ...],
    store: str,
    workers: int,
    once: bool,
    every: float,
    delay: float,
    allow_private: bool,
) -> None:
    """Read what feeds name into a store, as it appears.

    A FEED is the address of RSS, Atom or a sitemap, or an OPML file of such addresses. Only what
    has changed is asked for; robots.txt is obeyed; a feed that fails is tried less and less often.

    \b
    Examples:
      onrecord watch https://example.org/world.rss
      onrecord watch --once feeds.opml
    """
    from onrecord.cli.shown import opened
    from onrecord.intake.feeds import find_feeds
    from onrecord.scale.watch import Watch
    from onrecord.settings import Settings

    found = find_feeds(feeds)
    with opened(store, create=True) as archive:
        follower = Watch(archive, every * 60.0, delay, Settings(allow_private=allow_private))
        failed = _round(archive, follower, found, workers)
        while not once and follower.wait(found):
            failed += _round(archive, follower, found, workers)
    raise SystemExit(1 if failed else 0)


def _round(archive: "Store", follower: "Watch", feeds: tuple[str, ...], workers: int) -> int:
    """Ask the feeds once, and return how much failed."""
    from onrecord.cli.runs import running, telling
    from onrecord.scale.ingest import ingest

    with running(archive, "watch") as run, telling() as tell:
        progress = ingest(archive, follower.once(feeds), run_id=run, workers=workers, tell=tell)
        follower.keep()
    click.echo(f"{progress.added:,} new, {progress.failed:,} failed", err=True)
    return progress.failed
