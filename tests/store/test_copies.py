from dataclasses import replace

import pytest
from tests.store.samples import TEXT, make_record

from onrecord import Article
from onrecord.copies.swaps import find_swaps
from onrecord.errors import NotFound

LONG = (
    " The two men had last seen each other in Stockholm on 2 December, and neither Moscow nor"
    " Washington expected much of the 90 minutes they spent at the Hotel Wilson. Aides to Blinken"
    " carried folders with the proposals of 26 January; Lavrov's delegation had brought none."
    " Outside, some 200 people waited in the cold with the flags of Ukraine and Georgia, and the"
    " police of Geneva had closed the bridge to traffic. A date for another meeting was not named."
)
SWAPS = (
    ("two men", "pair"), ("seen", "glimpsed"), ("expected much", "anticipated a lot"),
    ("spent", "passed"), ("carried", "hauled"), ("brought", "introduced"), ("cold", "chilly"),
    ("closed", "shut"), ("traffic", "site visitors"), ("meeting", "assembly"),
)  # fmt: skip


def rewritten(text):
    for plain, swapped in SWAPS:
        text = text.replace(plain, swapped)
    return text


ORIGINAL = TEXT + LONG
COPY = TEXT + rewritten(LONG)


def empty(text):
    """Return a record in which nothing was found."""
    record = make_record(TEXT)
    article = Article(text)
    entry = replace(record.article, id=article.id, text=text, sha256=article.sha256)
    nothing = dict.fromkeys(("actors", "statements", "events", "disputes", "places"), ())
    return replace(record, article=entry, **nothing)


def kinds(store, article=None):
    return {each.id: (each.copy_of, each.kind) for each in store.copies(article)}


def said(store, **asked):
    return sorted(each.id for each in store.said(**asked))


def test_a_copy_joins_its_original_and_what_it_repeats_is_said_once(store, add):
    add(make_record(ORIGINAL, published="2022-02-02"))
    add(make_record(COPY, published="2022-02-03"))
    assert kinds(store) == {1: (None, "original"), 2: (1, "rewritten")}
    assert said(store) == ["1/s1", "1/s2"]
    assert said(store, copies=True) == ["1/s1", "1/s2", "2/s1", "2/s2"]
    assert [each.id for each in store.events()] == ["1/e1"]
    assert [each.id for each in store.disputes()] == ["1/d1"]


def test_an_original_that_comes_late_takes_its_place(store, add):
    add(make_record(COPY, published="2022-02-03"))
    add(make_record(ORIGINAL, published="2022-02-02"))
    assert kinds(store) == {2: (None, "original"), 1: (2, "rewritten")}
    assert said(store) == ["2/s1", "2/s2"]


def test_copies_of_one_batch_find_each_other(store, add):
    add(make_record(ORIGINAL), make_record(ORIGINAL + " More soon."), make_record(COPY))
    assert {each for each, (copied, _) in kinds(store).items() if copied} == {1, 3}


def test_what_only_the_copy_says_is_its_own(store, add):
    own = " ".join(f"Delegate {n} of town {n} had some other business." for n in range(40))
    add(empty(LONG.strip()))
    add(make_record(TEXT + own + LONG, published="2022-02-03"))
    assert kinds(store)[2][0] == 1
    assert said(store) == ["2/s1", "2/s2"]


def test_an_article_that_is_not_there_is_not_found(store):
    with pytest.raises(NotFound, match="no article 9"):
        store.copies(9)


def test_a_new_version_of_the_original_takes_over(store, add):
    add(make_record(ORIGINAL, url="https://example.org/a", published="2022-02-01"))
    add(make_record(COPY, published="2022-02-03"))
    later = ORIGINAL + " It was the third."
    add(make_record(later, url="https://example.org/a", published="2022-02-01"))
    assert kinds(store) == {3: (None, "original"), 2: (3, "rewritten")}
    assert said(store) == ["3/s1", "3/s2"]


def test_another_report_is_in_no_group(store, add):
    add(make_record(ORIGINAL))
    other = " Berlin, Paris and Rome were told of it at once, and asked for patience. " * 8
    add(make_record(TEXT + other, published="2022-02-02"))
    assert kinds(store) == {}


def test_the_verdict_on_the_wording_is_kept(store, add):
    add(make_record(ORIGINAL), make_record(COPY))
    assert {each.rewriting for each in store.copies()} <= {"unremarkable", "suspect"}


def test_what_was_put_for_what_is_found_in_a_copy_and_its_original():
    found = {(each.put, each.original) for each in find_swaps(COPY, ORIGINAL)}
    assert {("hauled", "carried"), ("chilly", "cold"), ("pair", "two men")} <= found
    assert all(
        COPY[each.start : each.end].lower() == each.put for each in find_swaps(COPY, ORIGINAL)
    )


def many(count):
    """Return originals with their rewritten copies."""
    for number in range(count):
        own = f" Delegation {number} stayed at the Hotel {number} on {number + 1} May. " * 3
        yield make_record(ORIGINAL + own, published="2022-02-01")
        yield make_record(rewritten(ORIGINAL + own), published="2022-02-02")


def test_an_article_with_the_swaps_that_were_learned_bears_the_fingerprint(store, add, monkeypatch):
    monkeypatch.setattr("onrecord.store.learning._MORE_REWRITTEN", 0.0)
    monkeypatch.setattr("onrecord.store.learning._COPIES", 3)
    add(*many(4))
    learned = {(each.put, each.original): each.copies for each in store.swaps()}
    assert learned["hauled", "carried"] >= 2
    lone = (
        "A pair of drivers hauled chilly boxes past a shut gate; they passed site visitors, hauled"
        " more, introduced others and glimpsed a chilly assembly. The pair hauled all day in the"
        " chilly wind, shut the doors, and passed the night where site visitors had passed theirs."
        " Nobody glimpsed them again that winter, and what they introduced was shut away at once."
    )
    add(make_record(TEXT + " " + lone, published="2022-03-01"))
    verdicts = {each.id: each for each in store.articles()}
    assert len(verdicts) == 9
    with store._database.reading() as connection:
        import sqlalchemy as sa

        from onrecord.store import schema

        query = sa.select(schema.articles.c.rewriting).where(schema.articles.c.id == 9)
        assert connection.scalar(query) == "fingerprint:archive"
