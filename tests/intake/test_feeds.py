import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError, NotText
from onrecord.intake.feeds import Entry, find_feeds, read_feed

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Elms Post</title>
<item><title>Berg denies it</title><link>https://example.org/a</link>
<pubDate>Wed, 02 Feb 2022 14:30:00 +0100</pubDate></item>
<item><title>No address</title></item>
<item><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Berg denies it</title>
<link href="https://example.org/a"/><updated>2022-02-02T13:30:00Z</updated></entry></feed>"""
SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.org/a</loc>
<news:news><news:publication_date>2022-02-02T13:30:00Z</news:publication_date>
<news:title>Berg denies it</news:title></news:news></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://example.org/news.xml</loc></sitemap></sitemapindex>"""
OPML = b"""<opml version="2.0"><body><outline text="World">
<outline type="rss" xmlUrl="https://example.org/rss"/><outline xmlUrl="file:///etc/passwd"/>
</outline></body></opml>"""


@pytest.mark.parametrize("content", [RSS, ATOM, SITEMAP])
def test_a_feed_names_articles(content):
    (entry,) = read_feed(content)
    assert (entry.url, entry.title) == ("https://example.org/a", "Berg denies it")
    assert entry.published.isoformat() == "2022-02-02T13:30:00+00:00"


def test_a_sitemap_of_sitemaps_names_them():
    assert read_feed(INDEX) == (Entry("https://example.org/news.xml", is_sitemap=True),)


def test_an_empty_feed_is_a_feed():
    assert read_feed(b'<rss version="2.0"><channel></channel></rss>') == ()


@pytest.mark.parametrize("content", [b"", b"Hello.", b"<html><p>Hello", b"<urlset><url>"])
def test_what_is_no_feed_is_refused(content):
    with pytest.raises(NotText):
        read_feed(content)


def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("https://example.org/secret")
    content = SITEMAP.replace(
        b"<urlset", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>\n<urlset'.encode()
    ).replace(b"https://example.org/a", b"&e;")
    assert not any("secret" in entry.url for entry in read_feed(content))


def test_opml_names_feeds_and_addresses_are_feeds(tmp_path):
    path = tmp_path / "feeds.opml"
    path.write_bytes(OPML)
    found = find_feeds(("https://example.org/atom", str(path), "https://example.org/rss"))
    assert found == ("https://example.org/atom", "https://example.org/rss")


@pytest.mark.parametrize("content", [None, b"Hello.", b"<opml></opml>"])
def test_an_opml_file_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "feeds.opml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"would be right|could not be opened"):
        find_feeds((str(path),))


@given(st.binary(max_size=200))
def test_odd_bytes_are_a_feed_or_refused(content):
    with contextlib.suppress(NotText):
        assert all(entry.url.startswith("http") for entry in read_feed(content))
