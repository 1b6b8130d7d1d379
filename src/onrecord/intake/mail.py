"""A mail (EML): its text, subject, sender and date as an article."""

import email
import email.policy
import email.utils
from email.message import EmailMessage

from onrecord.article import Article
from onrecord.errors import EmptyInput, InputError
from onrecord.intake.articles import make_article
from onrecord.intake.outcomes import Day
from onrecord.intake.pages import is_page, page_to_article

__all__ = ["mail_to_article"]


def mail_to_article(content: bytes, *, published: Day = None) -> Article:
    """Return the article that a mail carries; its own date goes after the one that is given.

    Raises:
        InputError: It has no text, or cannot be read.
    """
    message = email.message_from_bytes(content, policy=email.policy.default)
    text = _text(message)
    if not text.strip():
        raise EmptyInput("no text in the mail; a mail with an article would be right")
    return make_article(
        text,
        published=published or _date(message),
        title=_header(message, "Subject"),
        outlet=email.utils.parseaddr(_header(message, "From") or "")[0] or None,
        article_id=_header(message, "Message-ID"),
    )


def _text(message: EmailMessage) -> str:
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        content = body.get_content() if body else ""
    except (KeyError, LookupError, ValueError, UnicodeError) as error:
        raise InputError(f"not a mail that can be read ({error}); RFC 5322 would be") from None
    if not isinstance(content, str):
        return ""
    return page_to_article(content).text if is_page(content[:4096].encode()) else content


def _header(message: EmailMessage, name: str) -> str | None:
    """Return a header's words; as they stand where Python's own parser breaks on them."""
    try:
        value = message.get(name)
    except (AttributeError, IndexError, LookupError, TypeError, ValueError):
        raw = (value for key, value in message.raw_items() if key.lower() == name.lower())
        value = next(raw, None)
    return " ".join(str(value).split()) or None if value is not None else None


def _date(message: EmailMessage) -> Day:
    try:
        return email.utils.parsedate_to_datetime(_header(message, "Date") or "")
    except ValueError:
        return None
