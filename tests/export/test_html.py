import base64
import dataclasses
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest

from onrecord.export.html import record_to_html
from onrecord.record import Record

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Outline(HTMLParser):
    """Collects ids, links, the article's words, and complains of tags that do not match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.inside = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.tags.append(tag)
        self.inside |= tag == "main"
        if "id" in known:
            self.ids.append(known["id"])
        if "href" in known:
            self.links.append(known["href"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.inside &= tag != "main"

    def handle_data(self, words):
        if self.inside:
            self.words += words


def test_the_page_holds_the_whole_article_and_its_tags_match(record):
    outline = Outline(record_to_html(record))
    assert outline.open == []
    assert outline.words.split() == record.article.text.split()


def test_every_link_inside_the_page_leads_to_one_place(record):
    outline = Outline(record_to_html(record))
    assert len(outline.ids) == len(set(outline.ids))
    inner = [link[1:] for link in outline.links if link.startswith("#")]
    assert len(inner) > 10
    assert set(inner) <= set(outline.ids)


def test_nothing_is_loaded_from_anywhere(record):
    page = record_to_html(record)
    assert re.findall(r"""(?:src|href)=["']?(?:https?:)?//[^"'\s>]+""", page) == [
        'href="https://example.org/berg?a=1&amp;b=2'
    ]
    assert "@import" not in page
    assert "url(" not in page
    assert {"img", "iframe", "link"}.isdisjoint(Outline(page).tags)


def test_parts_of_a_statement_are_marked_where_they_stand(record):
    page = record_to_html(record)
    assert re.search(r'<a class="source content" href="#s2" data-of="s1 s2">Anna Berg</a>', page)
    assert re.search(r'title="probably: news conference">information convention</a>', page)
    assert re.search(r'<li id="s2" data-of="s2" class="nested">', page)


HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(1)">\x1b\u202e'


@pytest.mark.parametrize("field", ["title", "outlet", "id", "text"])
def test_hostile_words_stay_words(record, field):
    article = dataclasses.replace(record.article, **{field: HOSTILE})
    page = record_to_html(Record(article, notices=record.notices))
    outline = Outline(page)
    assert outline.tags.count("script") == 1
    assert "img" not in outline.tags
    assert "\x1b" not in page
    assert "\u202e" not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_become_links(record, url):
    page = record_to_html(Record(dataclasses.replace(record.article, url=url)))
    assert url not in Outline(page).links


def test_an_empty_record_says_that_nothing_was_found(record):
    assert "No statement found." in record_to_html(Record(record.article))


def test_the_policy_names_the_very_script_that_is_in_the_page(record):
    page = record_to_html(record)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = html.unescape(page)
    assert "default-src 'none'" in policy
    assert f"script-src 'sha256-{digest}'" in policy
