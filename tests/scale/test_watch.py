import http.server
import threading

import pytest

from onrecord import open_store
from onrecord.cli import main
from onrecord.scale.ingest import ingest
from onrecord.scale.watch import FeedState, Watch
from onrecord.settings import Settings

PAGE = """<!DOCTYPE html><html><head><title>Berg on {0}</title></head><body><article>
<p>Anna Berg denied on Tuesday that Norland had any plan for war with {0}, an official said.</p>
<p>The minister of {0} told Berg that she had broken it, all of it, and would mend it.</p>
</article></body></html>"""


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        site = self.server
        site.asked.append(self.path)
        status, headers, body = 200, {}, PAGE.format(self.path.strip("/")).encode()
        kind = "text/html; charset=utf-8"
        if self.path == "/robots.txt":
            kind, body = "text/plain", b"User-agent: *\nDisallow: /private\nCrawl-delay: 2\n"
        elif self.path == "/feed":
            kind = "application/rss+xml"
            items = "".join(
                f"<item><link>{site.address}/{name}</link>"
                "<pubDate>Wed, 02 Feb 2022 14:30:00 GMT</pubDate></item>"
                for name in site.named
            )
            body = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
            tag = f'"{len(site.named)}"'
            headers["ETag"] = tag
            if self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            if site.status != 200:
                status, headers = site.status, {"Retry-After": "7200"}
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        return


@pytest.fixture
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.address = f"http://127.0.0.1:{server.server_port}"
    server.asked, server.named, server.status = [], ["Sudland", "Westland"], 200
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Clock:
    """Time that passes only while one sleeps."""

    def __init__(self):
        self.now, self.slept = 1_000_000.0, []

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "store.db", create=True) as opened:
        yield opened


@pytest.fixture
def follow(store, site):
    clock = Clock()

    def once(*, killed=False):
        settings = Settings(allow_private=True)
        watch = Watch(
            store, every=900, delay=1, settings=settings, sleep=clock.sleep, clock=lambda: clock.now
        )
        run = store.begin_run("watch", program="0", networks="")
        found = list(watch.once([f"{site.address}/feed"]))
        if killed:
            return None
        progress = ingest(store, iter(found), run_id=run)
        watch.keep()
        return progress

    once.clock = clock
    return once


def test_what_a_feed_names_is_read_once(follow, site, store):
    assert follow().added == 2
    assert {each.day for each in store.articles()} == {"2022-02-02"}
    site.named.append("Eastland")
    follow.clock.now += 900
    assert follow().added == 1
    assert site.asked.count("/Sudland") == 1


def test_a_feed_is_asked_only_when_its_time_has_come_and_only_for_what_changed(follow, site):
    follow()
    follow()
    assert site.asked.count("/feed") == 1
    follow.clock.now += 900
    assert follow().added == 0
    assert site.asked.count("/feed") == 2


def test_pages_of_a_host_are_fetched_as_slowly_as_it_asks(follow):
    follow()
    assert follow.clock.slept == pytest.approx([2.0, 2.0], abs=0.1)


def test_what_robots_txt_forbids_is_not_fetched(follow, site, store):
    site.named[:] = ["private/plan"]
    assert follow().failed == 1
    assert "robots.txt" in store.failures()[0].reason
    assert "/private/plan" not in site.asked


def test_a_watch_that_is_killed_loses_nothing(follow):
    follow(killed=True)
    assert follow().added == 2


def test_a_feed_that_fails_is_left_alone_for_as_long_as_it_asks(follow, site, store):
    site.status = 503
    assert follow().failed == 1
    follow.clock.now += 7000
    follow()
    assert site.asked.count("/feed") == 1
    follow.clock.now += 300
    site.status = 200
    assert follow().added == 2
    assert FeedState.read(store.feed_state(f"{site.address}/feed")).failures == 0


def test_a_feed_that_is_gone_is_not_asked_again(follow, site, store):
    site.status = 410
    follow()
    follow.clock.now += 10_000_000
    follow()
    assert site.asked.count("/feed") == 1
    assert not Watch(store).wait([f"{site.address}/feed"])


def test_the_command_follows_feeds_into_a_store(site, tmp_path):
    from click.testing import CliRunner

    options = ["--store", str(tmp_path / "a.db"), "--once", "--delay", "0", "--workers", "1"]
    site.named[:] = site.named[:1]
    result = CliRunner().invoke(
        main, ["watch", f"{site.address}/feed", "--allow-private", *options]
    )
    assert (result.exit_code, result.stderr) == (0, "1 new, 0 failed\n")
