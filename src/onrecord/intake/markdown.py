"""Markdown as plain text, with what its front matter and first heading say."""

import re
from collections.abc import Iterator
from typing import Any

from onrecord.article import Article
from onrecord.errors import EmptyInput
from onrecord.intake.articles import make_article
from onrecord.intake.outcomes import Day

__all__ = ["markdown_to_article"]

_FRONT = re.compile(r"\A---\s*\n(.*?)^(?:---|\.\.\.)\s*$\n?", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^([A-Za-z_]+):[ \t]*(.+?)\s*$", re.MULTILINE)
_NAMES = {
    "title": ("title", "headline"),
    "outlet": ("outlet", "publisher", "source", "site", "author"),
    "url": ("url", "link", "canonical_url"),
    "published": ("published", "date", "publish_date"),
    "article_id": ("id",),
}


def markdown_to_article(text: str, *, published: Day = None) -> Article:
    r"""Return the article: paragraphs, lists and quotations as lines of plain text.

    The first heading of the first level is the title, if the front matter has none. Code and HTML
    are left out.

    Raises:
        EmptyInput: There is no text.

    Example:
        >>> article = markdown_to_article(
        ...     "# Talks fail\n\nKyiv *denied* [it](https://example.org)."
        ... )
        >>> article.title, article.text
        ('Talks fail', 'Kyiv denied it.')
    """
    front = _FRONT.match(text)
    known = _known(front[1]) if front else {}
    title, lines = _read(text[front.end() :] if front else text)
    body = "\n\n".join(lines)
    if not body.strip():
        raise EmptyInput("no text in it; Markdown with an article would be right")
    return make_article(
        body,
        published=published or known.get("published"),
        title=known.get("title") or title,
        outlet=known.get("outlet"),
        url=known.get("url"),
        article_id=known.get("article_id"),
    )


def _known(front: str) -> dict[str, str]:
    values = {name.lower(): value.strip("\"'") for name, value in _LINE.findall(front)}
    found = {
        field: next((values[name] for name in names if values.get(name)), "")
        for field, names in _NAMES.items()
    }
    return {field: value for field, value in found.items() if value}


def _read(text: str) -> tuple[str | None, list[str]]:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(text)
    title: str | None = None
    lines: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type != "inline":
            continue
        line = "".join(_words(token.children or ()))
        if title is None and before is not None and before.tag == "h1":
            title = line
        elif line.strip():
            lines.append(line)
    return title, lines


def _words(children: Any) -> Iterator[str]:  # noqa: ANN401 (markdown-it's tokens)
    for child in children:
        if child.type in {"text", "code_inline"}:
            yield child.content
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak":
            yield "\n"
