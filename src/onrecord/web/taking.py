"""Read one text or page that a person gives, and put it into the store."""

from collections.abc import Mapping
from dataclasses import replace

from onrecord.article import Article
from onrecord.errors import EmptyInput, InputError, StoreError
from onrecord.intake.articles import make_article
from onrecord.intake.normalise import normalised
from onrecord.intake.outcomes import Intake, Taken
from onrecord.intake.sources import take
from onrecord.scale.pool import read_one as read_taken
from onrecord.settings import Settings
from onrecord.store.answers import Failed
from onrecord.store.archive import Store

__all__ = ["read_one"]


def read_one(store: Store, given: Mapping[str, str], *, private: bool = False) -> int:
    """Return the number of the article; one that the store has is not read again.

    Args:
        store: Where to.
        given: `text` or `url`, and perhaps `title` and `published`.
        private: Whether the address may be of a private network.

    Raises:
        InputError: Neither is given, or it holds no article.
        StoreError: It could not be read.
    """
    source, article = _article(given, private=private)
    article = normalised(article)
    if not store.known([article.sha256]):
        outcome = read_taken(Taken(source, article))
        if isinstance(outcome, Failed):
            raise StoreError(outcome.reason)
        run = store.begin_run("page", program="onrecord", networks="shipped")
        store.add([outcome], run_id=run)
        store.end_run(run)
    return store.number_of(article.sha256)


def _article(given: Mapping[str, str], *, private: bool) -> tuple[str, Article]:
    published = given.get("published") or None
    title = given.get("title") or None
    if given.get("text", "").strip():
        text = given["text"].replace("\r\n", "\n")
        return "page", make_article(text, published=published, title=title)
    url = given.get("url", "").strip()
    if not url:
        raise EmptyInput("nothing was given; a text or the address of a page would be right")
    if not url.lower().startswith(("http://", "https://")):
        raise InputError(f"{url!r} is no address; one that begins with https:// would be right")
    (found,) = take(url, Intake(settings=Settings(allow_private=private)))
    if not isinstance(found, Taken):
        raise found.error
    return found.source, replace(found.article, title=title or found.article.title)
