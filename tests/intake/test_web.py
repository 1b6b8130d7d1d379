import datetime as dt
import http.server
import threading
import time

import pytest

from onrecord.errors import FetchError, TooLarge
from onrecord.intake.sources import take_in
from onrecord.intake.web import fetch
from onrecord.settings import Settings

LOCAL = Settings(allow_private=True, max_bytes=5000, fetch_seconds=1.0, max_redirects=2)
PAGE = b"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Berg denies it</title>
<meta property="article:published_time" content="2022-02-02"></head><body><article>
<p>Anna Berg denied on Tuesday that Norland had any plan for war, an official said in Elms.</p>
<p>The minister of Sudland told Berg that she had broken it, all of it, and would mend it.</p>
</article></body></html>"""


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow":
            time.sleep(1.5)
        status = {"/moved": 302, "/loop": 302, "/missing": 404}.get(self.path, 200)
        kind = "application/pdf" if self.path == "/pdf" else "text/html; charset=utf-8"
        body = b"x" * 9000 if self.path == "/large" else PAGE
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "/loop" if self.path == "/loop" else "/page")
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *_args):
        return


@pytest.fixture(scope="module")
def address():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("path", ["/page", "/moved"])
def test_a_page_is_fetched_and_becomes_an_article(address, path):
    (found,) = take_in(f"{address}{path}", settings=LOCAL)
    assert "Anna Berg denied" in found.article.text
    assert found.article.url == f"{address}{path}"
    assert found.article.published == dt.date(2022, 2, 2)


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("/missing", FetchError, "the server answered 404"),
        ("/pdf", FetchError, "the server sent application/pdf"),
        ("/loop", FetchError, "more than 2 redirects"),
        ("/large", TooLarge, "longer than 5,000 bytes"),
        ("/slow", FetchError, "no full answer within 1 seconds"),
    ],
)
def test_what_goes_wrong_is_said(address, path, error, words):
    with pytest.raises(error) as raised:
        fetch(f"{address}{path}", LOCAL)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost:9/",
        "http://[::1]:9/",
        "http://[::ffff:127.0.0.1]:9/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0:9/",
        "http://2130706433:9/",
    ],
)
def test_private_and_local_addresses_are_not_visited(url):
    with pytest.raises(FetchError, match="--allow-private allows it"):
        fetch(url, Settings(fetch_seconds=1.0))


@pytest.mark.parametrize("url", ["http://", "http://a b/", "https://[::", "http://\x00/"])
def test_a_broken_address_is_an_error_that_says_so(url):
    with pytest.raises(FetchError):
        fetch(url, Settings(fetch_seconds=1.0))


def test_a_closed_port_is_an_error_that_says_so():
    with pytest.raises(FetchError, match="could not be fetched"):
        fetch("http://127.0.0.1:1/", LOCAL)
