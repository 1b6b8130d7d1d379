"""Actors with country, sector and mentions, and the index over them."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article import Article
from onrecord.reading.actors.index import ActorIndex
from onrecord.reading.actors.stage import find_actors
from onrecord.reading.attribution.stage import find_attributions
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations

ROOT = Path(__file__).parents[2]
DAY = dt.date(2022, 2, 2)


def read(text, published=DAY):
    document = analyse(Article(text, published=published))
    return document, find_actors(document, find_quotations(text), ())


def actor_of(text, words, published=DAY):
    _, actors = read(text, published)
    return next(actor for actor in actors if words in {span.text for span in actor.mentions})


@pytest.mark.parametrize(
    ("text", "words", "kind", "country", "sector", "unnamed"),
    [
        ("Moscow denied it.", "Moscow", "country", "RUS", "GOV", False),
        ("The Kremlin denied it.", "The Kremlin", "country", "RUS", "GOV", False),
        ("NATO denied it.", "NATO", "organization", "IGO", "IGO", False),
        ("Vladimir Putin denied it.", "Vladimir Putin", "person", "RUS", "GOV", False),
        ("Russian officials denied it.", "Russian officials", "group", "RUS", "GOV", True),
        ("A senior State Department official denied it.", "A senior State Department official",
         "person", "USA", "GOV", True),
        ("Peruvian Economy Minister Luis Paredes denied it.",
         "Peruvian Economy Minister Luis Paredes", "person", "PER", "GOV", False),
        ("RIA news agency reported it.", "RIA news agency", "organization", "RUS", "JRN", False),
        ("The Guardian newspaper reported it.", "The Guardian newspaper", "organization", "GBR",
         "JRN", False),
        ("Sen. Ana Keller denied it.", "Sen. Ana Keller", "person", None, "LEG", False),
        ("Rep. Ana Keller denied it.", "Rep. Ana Keller", "person", "USA", "LEG", False),
        ("U.S. Representative Ana Keller denied it.", "U.S. Representative Ana Keller", "person",
         "USA", "LEG", False),
        ("Russian representative Ivan Orlov denied it.", "Russian representative Ivan Orlov",
         "person", "RUS", "GOV", False),
        ("Peter King denied it.", "Peter King", "person", None, None, False),
        ("Ana Keller, a Republican, denied it.", "Ana Keller", "person", "USA", "PTY", False),
        ("Diplomats from the US and Russia met.", "Diplomats from the US and Russia", "group",
         None, "GOV", True),
    ],
)  # fmt: skip
def test_actor_is_resolved(text, words, kind, country, sector, unnamed):
    actor = actor_of(text, words)
    assert (actor.kind, actor.country, actor.sector) == (kind, country, sector)
    assert actor.unnamed is unnamed


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("MOSCOW (Reuters) - Deputy Minister Ivan Ruiz said Russia was ready.", "RUS"),
        ("MOSCOW (Reuters) - Deputy Minister Ivan Ruiz was ready.", None),
        ("MOSCOW (Reuters) - Ambassador Ivan Ruiz said Russia was ready.", None),
        ("GENEVA (Reuters) - Deputy Minister Ivan Ruiz said Switzerland was ready.", None),
        ("MOSCOW (Reuters) - French Deputy Minister Ivan Ruiz said Russia was ready.", "FRA"),
    ],
)
def test_who_serves_a_state_is_at_home_where_the_report_is(text, country):
    _, actors = read(text)
    (ruiz,) = [actor for actor in actors if "Ruiz" in actor.name]
    assert ruiz.country == country


def said_by(text):
    """Return who says what stands in each quotation."""
    document = analyse(Article(text, published=DAY))
    quotations = find_quotations(text)
    attributions = find_attributions(text, quotations, document)
    actors = find_actors(document, quotations, attributions)
    by_place = {span.start: actor.name for actor in actors for span in actor.mentions}
    return [by_place.get(each.source[0][0]) for each in attributions if each.source]


def test_who_spoke_last_goes_on():
    text = (
        "Ivan Ruiz, who advises Peter Novak on trade, said Novak had read the letter from Omar "
        "Haddad. “We expect an answer by the end of the week,” he said."
    )
    assert said_by(text)[-1] == "Ivan Ruiz"


def test_who_came_between_may_have_spoken():
    text = (
        "Ivan Ruiz said the talks had failed. Peter Novak left for Oslo on Monday. “We expect an "
        "answer by the end of the week,” he said."
    )
    assert said_by(text)[-1] == "Peter Novak"


def test_who_died_after_he_was_held_was_held():
    text = "Peter Novak spoke for Ivan Ruiz, a student who died after he was held in Oslo."
    _, actors = read(text)
    (held,) = [a for a in actors if "he" in {span.text for span in a.mentions}]
    assert "a student" in {span.text for span in held.mentions}


@pytest.mark.parametrize(
    ("text", "name", "country", "sector"),
    [
        ("Russian lawmakers Ana Keller, Jon Vik and Lars Holm left.", "Lars Holm", "RUS", "LEG"),
        ("Democratic U.S. Senators Ann Boll and Jon Vik left.", "Jon Vik", "USA", "LEG"),
        ("Several U.S. senators, including Ann Boll and Jon Vik, left.", "Jon Vik", "USA", "LEG"),
        ("White House legislative affairs director Jon Vik left.", "Jon Vik", "USA", "GOV"),
        ("Soldiers shot Ann Boll and Jon Vik.", "Jon Vik", None, None),
        ("Putin left. Jon Vik, an aide to Putin, stayed.", "Jon Vik", "RUS", "GOV"),
        ("Volvo closed. Jon Vik, a spokesman for Volvo, left.", "Jon Vik", "SWE", "BUS"),
        ("Jon Vik, the top Democrat on the Senate banking panel, left.", "Jon Vik", "USA", "LEG"),
    ],
)
def test_shared_titles_and_whom_one_serves_tell_who_one_is(text, name, country, sector):
    _, actors = read(text)
    (found,) = (each for each in actors if each.name == name)
    assert (found.country, found.sector) == (country, sector)


def test_a_ticker_names_nobody():
    _, actors = read("Boeing Co (BA.N) sued Airbus SE (AIR.PA) on Monday.")
    assert [actor.name for actor in actors] == ["Boeing Co", "Airbus SE"]


@pytest.mark.parametrize(
    ("words", "name", "country", "sector"),
    [
        ("The country's president", "Ebrahim Raisi", "IRN", "GOV"),
        ("its foreign minister", "Hossein Amir-Abdollahian", "IRN", "GOV"),
        ("Its armed forces", "armed forces", "IRN", "MIL"),
        ("The navy of the country", "navy of the country", "IRN", "MIL"),
        ("his wife", "wife", None, "CVL"),
    ],
)
def test_what_belongs_to_somebody_is_resolved_by_its_owner(words, name, country, sector):
    actor = actor_of(
        "Iran protested. The country's president and his wife left, its foreign minister said. "
        "Its armed forces were ready. The navy of the country had sailed.", words,
    )  # fmt: skip
    assert (actor.name, actor.country, actor.sector) == (name, country, sector)


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Israel's Supreme Court has rejected it.", "Supreme Court", "ISR", "JUD"),
        (
            "On Monday the Foreign Ministry of Japan denied it.",
            "Foreign Ministry of Japan",
            "JPN",
            "GOV",
        ),
        ("Nigeria Police denied it.", "Nigeria Police", "NGA", "COP"),
        ("The Sudanese Government denied it.", "Government", "SDN", "GOV"),
        ("The South African Government denied it.", "Government", "ZAF", "GOV"),
        ("Government of Guatemala denied it.", "Government", "GTM", "GOV"),
        ("A court in Bavaria denied it.", "A court", "DEU", "JUD"),
        ("The Supreme Court denied it.", "The Supreme Court", None, "JUD"),
    ],
)
def test_an_institution_of_every_state_is_that_of_the_state_it_is_said_to_be_of(
    text, words, country, sector
):
    _, actors = read(text)
    actor = next(each for each in actors if any(m.text.endswith(words) for m in each.mentions))
    assert (actor.country, actor.sector) == (country, sector)


@pytest.mark.parametrize(
    ("text", "name", "country", "kind"),
    [
        ("Boko Haram attacked a base.", "Boko Haram", "NGA", "organization"),
        ("President Salva Kiir Mayardit denied it.", "Salva Kiir", "SSD", "person"),
        ("He met the former Somali president Sheikh Sharif.", "Sharif", "SOM", "person"),
        ("They shared it with their Chinese counterparts.", "Chinese counterparts", "CHN", "group"),
        ("UNITED NATIONS: Russia vetoed it.", "Russia", "RUS", "country"),
        (
            "Germany's Social Democrats denied it.",
            "Germany's Social Democrats",
            "DEU",
            "organization",
        ),
        ("House Republicans denied it.", "Republican Party", "USA", "organization"),
        ("Senate Majority Leader Ann Lee denied it.", "US Senate", "USA", "organization"),
    ],
)
def test_names_are_whole_and_their_titles_tell_whose_they_are(text, name, country, kind):
    _, actors = read(text)
    assert (name, country, kind) in {(each.name, each.country, each.kind) for each in actors}


def test_orders_services_and_funds_are_no_bodies_unless_they_are_said_to_be():
    _, actors = read("A court order came, and it passed. Campaign funds paid for military service.")
    assert actors == ()
    _, actors = read("The fund sold its shares. The secret service watched.")
    assert [each.name for each in actors] == ["fund", "secret service"]


def test_a_state_of_siege_is_no_state_and_the_dateline_no_actor():
    _, actors = read("UNITED NATIONS: Peru declared a state of siege on Monday.")
    assert [each.name for each in actors] == ["Peru"]


def test_one_of_a_party_is_a_person():
    actor = actor_of("The vote is next week, a senior Republican said.", "a senior Republican")
    assert (actor.kind, actor.country, actor.sector) == ("person", "USA", "PTY")


def test_state_keeps_its_name_when_its_seat_is_named_first():
    assert actor_of("The Kremlin denied it. Russia agreed.", "Russia").name == "Russia"


def test_office_depends_on_the_day_of_the_article():
    text = "Boris Johnson denied it."
    assert actor_of(text, "Boris Johnson", DAY).sector == "GOV"
    assert actor_of(text, "Boris Johnson", dt.date(2024, 2, 2)).sector != "GOV"


def test_person_is_never_taken_for_the_country_of_the_surname():
    assert actor_of("Michael Jordan retired.", "Michael Jordan").kind == "person"


def test_ids_follow_the_first_mentions():
    _, actors = read("NATO met. Russia protested. NATO answered.")
    assert [actor.id for actor in actors] == ["a1", "a2"]
    firsts = [actor.mentions[0].start for actor in actors]
    assert firsts == sorted(firsts)


def test_index_gives_joined_actors_and_not_the_possessor():
    document, actors = read("The US and NATO agreed. Putin’s spokesman left.")
    index = ActorIndex(document, actors)
    assert [index.by_id(each).name for each in index.at(0, 15)] == ["United States", "NATO"]
    start = document.text.index("Putin")
    (speaker,) = index.at(start, start + len("Putin’s spokesman"))
    assert index.by_id(speaker).unnamed


@pytest.mark.parametrize("number", ["Dozens", "Hundreds", "Two", "A majority"])
def test_index_counts_a_number_of_them_as_them(number):
    document, actors = read(f"{number} of lawmakers from the other party left.")
    index = ActorIndex(document, actors)
    (found,) = index.at(0, len(f"{number} of lawmakers from the other party"))
    assert "lawmakers" in index.by_id(found).name


def test_index_finds_the_actor_of_a_token():
    document, actors = read("Putin left.")
    index = ActorIndex(document, actors)
    assert index.of_token(0) == "a1"
    assert index.of_token(1) is None


def test_index_finds_nothing_in_empty_and_foreign_ranges():
    document, actors = read("Putin left.")
    index = ActorIndex(document, actors)
    assert index.at(0, 0) == ()
    assert index.at(6, 10) == ()
    with pytest.raises(KeyError):
        index.by_id("a9")


def test_text_without_actors_has_none():
    assert read("It rained.")[1] == ()
    assert read("")[1] == ()


@given(st.text(st.sampled_from("Putin said he NATO\n“”.,’(") | st.characters(), max_size=120))
@settings(max_examples=40)
def test_mentions_are_spans_of_the_text_in_order(text):
    document, actors = read(text)
    assert [actor.id for actor in actors] == [f"a{n}" for n in range(1, len(actors) + 1)]
    for actor in actors:
        assert list(actor.mentions) == sorted(set(actor.mentions))
        assert all(document.text[s.start : s.end] == s.text for s in actor.mentions)
        assert 0 <= actor.confidence <= 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Kevin Sullivan runs a shop in Boston. Sullivan said that he was tired.",
            "Kevin Sullivan",
        ),
        ("James Mattis left the Pentagon. Mattis said that he was tired.", "Jim Mattis"),
        ("Roy Moore lost. Moore said that he was tired.", "Roy Moore"),
    ],
)
def test_another_given_name_is_another_person(text, name):
    article = Article(text, published=dt.date(2018, 6, 1))
    (person,) = [each for each in find_actors(analyse(article), (), ()) if each.kind == "person"]
    assert person.name == name


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Victoria denied it.", None),
        ("Seychelles waited. Victoria denied it.", "SYC"),
        ("The Beehive denied that New Zealand would pay.", "NZL"),
    ],
)
def test_a_capital_that_is_more_often_something_else_needs_its_country(text, country):
    words = "Victoria" if "Victoria" in text else "The Beehive"
    assert actor_of(text, words).country == country


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("South Korea criticised the North on Monday.", {"KOR", "PRK"}),
        ("North and South Korea exchanged shots.", {"KOR", "PRK"}),
        ("He flew from South Africa to the North.", {"ZAF"}),
        ("The Houthis attacked a ship near Oman.", {"YEM"}),
        ("Iran armed the Houthis.", {"IRN", "YEM"}),
        ("The G7 pledged loans to Ukraine.", {"IGO", "UKR"}),
        ("Israel and Hamas traded accusations over the truce.", {"ISR", "PSE"}),
    ],
)
def test_half_a_country_and_a_listed_body_are_known(text, countries):
    assert {each.country for each in find_actors(analyse(Article(text)), (), ())} == countries
