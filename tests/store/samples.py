"""A record made by hand, with one of everything."""

import datetime as dt

from onrecord import Actor, Dispute, Event, Place, Record, Span, Statement, Time
from onrecord.article import Article
from onrecord.record import ArticleEntry

TEXT = (
    "Russia's foreign minister Sergei Lavrov accused NATO on Monday of breaking its word. "
    "NATO denied having given such a promise. Lavrov met Antony Blinken in Geneva."
)


def find(text, words):
    start = text.index(words)
    return Span(start, start + len(words), words)


def actor(number, name, kind, country, text, **known):
    mention = find(text, name.rpartition(" ")[2])
    links = known.get("links", ())
    return Actor(
        f"a{number}", name, kind, country, "GOV", None, known.get("unnamed", False), links,
        (mention,), 0.9, "rule",
    )  # fmt: skip


def statement(number, speaker, act, text, cue, content, **known):
    return Statement(
        id=f"s{number}", speakers=(speaker,), source=(), cue=(find(text, cue),),
        content=(find(text, content),), quoted=(), insertions=(), mode="indirect", act=act,
        plover=None, cameo=None, addressees=(), about=known.get("about", ()),
        said_on=known.get("said_on"), place=None, within=known.get("within"),
        denies=known.get("denies", ()), hedged=False, confidence=0.8, found_by="rule",
    )  # fmt: skip


def make_record(text=TEXT, *, url=None, name="", published="2022-02-02", title="Talks"):
    article = Article(text, id=name, title=title, outlet="Courier", url=url)
    monday = find(text, "Monday")
    said_on = Time("2022-01-31", "day", "Monday", monday, "rule")
    geneva = Place("Geneva", "CHE", 46.2, 6.1, 2660646, find(text, "Geneva"), "rule")
    met = find(text, "met")
    return Record(
        ArticleEntry(
            article.id, title, "Courier", url, dt.date.fromisoformat(published), "given", "en",
            text, article.sha256,
        ),
        actors=(
            actor(1, "Sergei Lavrov", "person", "RUS", text, links=("wikipedia:Sergey Lavrov",)),
            actor(2, "NATO", "organization", "IGO", text),
            actor(3, "Antony Blinken", "person", "USA", text),
        ),
        statements=(
            statement(1, "a1", "accuse", text, "accused", "breaking its word", about=("a2",),
                      said_on=said_on),
            statement(2, "a2", "deny", text, "denied", "having given such a promise",
                      denies=("s1",), within="s1"),
        ),
        events=(
            Event("e1", "CONSULT", "meet", "040", 1, 1.0, ("a1",), ("a3",), (met,),
                  find(text, "Lavrov met Antony Blinken in Geneva."), None, geneva, "happened",
                  ("s1",), ("s2",), 0.8, "rule"),
        ),
        disputes=(
            Dispute("d1", "s1", "s2", "denial", find(text, "promise"), "Because.", 0.8, "rule"),
        ),
        places=(geneva,),
    )  # fmt: skip
