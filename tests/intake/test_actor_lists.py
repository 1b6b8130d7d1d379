import datetime as dt
import json

import pytest

from onrecord.errors import InputError
from onrecord.intake.actor_lists.listed import Held, Listed, Passed, joined
from onrecord.intake.actor_lists.read import read_actor_list

MARCH = dt.date(2025, 3, 1)


@pytest.fixture
def read(tmp_path):
    """Write a list, and return its format, its actors and the lines passed over."""

    def read(content):
        path = tmp_path / "list"
        path.write_text(content, encoding="utf-8")
        kind, found = read_actor_list(path)
        every = tuple(found)
        listed = joined(each for each in every if isinstance(each, Listed))
        return kind, listed, tuple(each for each in every if isinstance(each, Passed))

    return read


def test_a_table_gives_names_roles_and_days(read):
    kind, (berg,), passed = read(
        "Name,aliases,COUNTRY,sector,title,start,end,note\n"
        "Anna Berg,A. Berg;Annie Berg,Norway,,foreign minister,2025-03-01,,x\n"
        "Anna Berg,,NO,LEG,,2020,2025-03-01,\n"
    )
    assert (kind, passed) == ("CSV", ())
    assert (berg.name, berg.country, berg.kind) == ("Anna Berg", "NOR", "person")
    assert berg.others == ("A. Berg", "Annie Berg")
    assert berg.roles == (
        Held("GOV", "foreign minister", MARCH),
        Held("LEG", "", dt.date(2020, 1, 1), MARCH),
    )
    assert berg.row()[:4] == (
        "Anna Berg",
        "A. Berg;Annie Berg",
        "NOR",
        "GOV:foreign minister@2025-03-01..;LEG@2020-01-01..2025-03-01",
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",,NOR,GOV,", "no name"),
        ("Berg,,zz,GOV,", "country is 'zz'"),
        ("Berg,,NOR,XYZ,", "sector is 'XYZ'"),
        ("Berg,ship,NOR,GOV,", "kind is 'ship'"),
        ("Berg,,NOR,GOV,soon", "'soon' is no date"),
    ],
)
def test_a_row_that_is_wrong_is_passed_over(read, row, why):
    _, listed, (passed,) = read(f"name,kind,country,sector,start\n{row}\nLund,,SWE,GOV,\n")
    assert [each.name for each in listed] == ["Lund"]
    assert (passed.line, passed.is_fault) == (2, True)
    assert why in passed.why


DICTIONARY = """# actors of the region
NORWAY_ [NOR]
ANNA_MARIA_BERG_ ; minister
+GENERAL_BERG_
\t[NORGOV 011222-020712]
\t[NORREB >080101]
SUDLAND_LIBERATION_FRONT_ [SWEINS <19990101]
+SLF_
WIRE_HERALD_ [NORMED]
NOBODY_
"""


def test_a_dictionary_gives_names_and_dated_codes(read):
    kind, (berg, front, herald), passed = read(DICTIONARY)
    assert kind == "actor dictionary"
    assert (berg.name, berg.others, berg.kind) == ("Anna Maria Berg", ("General Berg",), "person")
    assert berg.roles == (
        Held("GOV", "", dt.date(2001, 12, 22), dt.date(2002, 7, 12)),
        Held("REB", "", dt.date(2008, 1, 1)),
    )
    assert (front.others, front.country) == (("SLF",), "SWE")
    assert front.roles == (Held("REB", "", None, dt.date(1999, 1, 1)),)
    assert herald.roles == (Held("JRN"),)
    assert [(each.line, each.is_fault) for each in passed] == [(2, False), (10, False)]


def entity(called, schema, **properties):
    shown = {"id": called, "schema": schema, "caption": called, "properties": properties}
    return json.dumps(shown)


def test_followthemoney_links_people_to_their_offices(read):
    kind, (berg, oil), (passed,) = read(
        "\n".join(
            (
                entity("o1", "Occupancy", holder=["Berg"], post=["p1"], startDate=["2025-03"]),
                entity("Berg", "Person", alias=["A. Berg"], country=["no"], wikidataId=["Q1"]),
                entity("p1", "Position", name=["Prime Minister of Norway"]),
                entity("Oil", "Company", jurisdiction=["se"]),
                entity("ship", "Vessel"),
                "{",
            )
        )
    )
    assert kind == "FollowTheMoney"
    assert berg.roles == (Held("GOV", "Prime Minister of Norway", MARCH),)
    assert (berg.country, berg.link, berg.others) == ("NOR", "wikidata:Q1", ("A. Berg",))
    assert (oil.kind, oil.country, oil.roles) == ("organization", "SWE", (Held("BUS"),))
    assert (passed.line, passed.is_fault) == (6, True)


def claim(item, **qualifiers):
    times = {key: [{"datavalue": {"value": {"time": time}}}] for key, time in qualifiers.items()}
    snak = {"datavalue": {"value": {"id": item}}}
    return [{"mainsnak": snak, "rank": "normal", "qualifiers": times}]


BERG = {
    "type": "item",
    "id": "Q900001",
    "labels": {"en": {"value": "Anna Berg"}},
    "aliases": {"en": [{"value": "A. Berg"}]},
    "claims": {
        "P31": claim("Q5"),
        "P27": claim("Q20"),
        "P39": claim("Q900002", P580="+2025-03-00T00:00:00Z"),
    },
}
OFFICE = {
    "type": "item",
    "id": "Q900002",
    "labels": {"en": {"value": "Prime Minister of Norway"}},
    "claims": {},
}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"entities": {"Q900001": BERG, "Q900002": OFFICE}}),
        "[\n" + json.dumps(BERG) + ",\n" + json.dumps(OFFICE) + "\n]\n",
        json.dumps(BERG) + "\n" + json.dumps(OFFICE),
    ],
    ids=["entity data", "dump", "lines"],
)
def test_wikidata_gives_positions_with_their_days(read, content):
    kind, (berg,), passed = read(content)
    assert (kind, passed) == ("Wikidata", ())
    assert (berg.name, berg.country, berg.others) == ("Anna Berg", "NOR", ("A. Berg",))
    assert berg.roles == (Held("GOV", "Prime Minister of Norway", MARCH),)
    assert berg.link == "wikidata:Q900001"


@pytest.mark.parametrize("content", ["", "hello\n", '{"id": 1}', "[]"])
def test_what_is_no_list_is_refused(read, content):
    with pytest.raises(InputError, match="in no format that is known"):
        read(content)
