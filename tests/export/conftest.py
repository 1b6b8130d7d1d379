"""A record made by hand, with one of everything that a view has to show."""

import datetime as dt

import pytest

from onrecord.article import Article, Span
from onrecord.record import (
    Actor,
    ArticleEntry,
    Dispute,
    Event,
    Notice,
    Place,
    Record,
    Statement,
    Suspect,
    Time,
)

TEXT = (
    "Anna Berg denied on Tuesday that Norland had “any plan [for war]”, an official said.\n\n"
    "“You broke it,” the minister of Sudland told Berg. “All of it.”\n"
    "The ministers met for an information convention in Elms."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


TUESDAY = Time("2022-02-01", "day", "Tuesday", span("Tuesday"), "weekday")
ELMS = Place("Elms", "NOR", 1.5, -2.0, 7, span("Elms"), "gazetteer")


def actor(actor_id: str, name: str, **known: object) -> Actor:
    usual: dict[str, object] = {
        "kind": "person",
        "country": None,
        "sector": None,
        "title": None,
        "unnamed": False,
        "links": (),
        "mentions": (span(name),),
        "confidence": 0.9,
        "found_by": "hand",
    }
    return Actor(id=actor_id, name=name, **(usual | known))


def statement(statement_id: str, **known: object) -> Statement:
    usual: dict[str, object] = {
        "speakers": (),
        "source": (),
        "cue": (),
        "quoted": (),
        "insertions": (),
        "mode": "indirect",
        "act": "state",
        "plover": None,
        "cameo": None,
        "addressees": (),
        "about": (),
        "said_on": None,
        "place": None,
        "within": None,
        "denies": (),
        "hedged": False,
        "confidence": 0.9,
        "found_by": "hand",
    }
    return Statement(id=statement_id, **(usual | known))


@pytest.fixture
def record() -> Record:
    article = Article(TEXT, title="Berg denies it", outlet="The Elms Post")
    return Record(
        article=ArticleEntry(
            id="berg",
            title=article.title,
            outlet=article.outlet,
            url="https://example.org/berg?a=1&b=2",
            published=dt.date(2022, 2, 2),
            published_from="text",
            language="en",
            text=article.text,
            sha256=article.sha256,
        ),
        actors=(
            actor("a1", "Anna Berg", country="NOR", sector="GOV", title="foreign minister"),
            actor("a2", "an official", unnamed=True),
            actor("a3", "the minister of Sudland", country="SUD", sector="GOV"),
        ),
        statements=(
            statement(
                "s1",
                speakers=("a2",),
                source=(span("an official"),),
                cue=(span("said"),),
                content=(span(TEXT[: TEXT.index(", an official")]),),
                mode="mixed",
            ),
            statement(
                "s2",
                speakers=("a1",),
                source=(span("Anna Berg"),),
                cue=(span("denied"),),
                content=(span("that Norland had “any plan [for war]”"),),
                quoted=(span("any plan "),),
                insertions=(span("[for war]"),),
                mode="mixed",
                act="deny",
                plover="REJECT",
                cameo="112",
                said_on=TUESDAY,
                within="s1",
                denies=("s3",),
                hedged=True,
                confidence=0.4,
            ),
            statement(
                "s3",
                speakers=("a3",),
                source=(span("the minister of Sudland"),),
                cue=(span("told"),),
                content=(span("“You broke it,”"), span("“All of it.”")),
                quoted=(span("You broke it,"), span("All of it.")),
                mode="direct",
                act="accuse",
                addressees=("a1",),
                place=ELMS,
            ),
        ),
        events=(
            Event(
                id="e1",
                type="CONSULT",
                mode="meet",
                cameo="043",
                quad=1,
                goldstein=2.8,
                actors=("a1",),
                recipients=("a3",),
                trigger=(span("met"),),
                text=span("The ministers met for an information convention in Elms."),
                on=None,
                place=ELMS,
                status="happened",
                according_to=("s1",),
                disputed_by=("s3",),
                confidence=0.8,
                found_by="hand",
            ),
        ),
        disputes=(
            Dispute(
                id="d1",
                claim="s3",
                answer="s2",
                kind="denial",
                topic=span("any plan"),
                why="Berg denies what Sudland's minister says.",
                confidence=0.8,
                found_by="hand",
            ),
        ),
        times=(TUESDAY,),
        places=(ELMS,),
        suspect=(
            Suspect(
                span("information convention"), "collocation", "news conference", 0.9, "lexicon"
            ),
        ),
        notices=(Notice("no-outlet", "The outlet is a guess."),),
    )
