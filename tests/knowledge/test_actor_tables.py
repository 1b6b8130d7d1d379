"""The tables about actors agree with themselves and with the codebook."""

import datetime as dt
import itertools
import re
import subprocess
import sys

import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge.agents import agent_of
from onrecord.knowledge.countries import countries, country_of, former_states
from onrecord.knowledge.country_codes import country_of_code
from onrecord.knowledge.entries import (
    FAMILY_FIRST,
    entries,
    find_name,
    is_ambiguous,
    known_entry,
    surname_entries,
)
from onrecord.knowledge.known import CODEBOOK_SECTORS
from onrecord.knowledge.offices import home_of, offices, spellings_of_people, terms
from onrecord.knowledge.organizations import members_of, organizations
from onrecord.knowledge.tables import FOLDER, read_header, read_table, split_list
from onrecord.knowledge.terms import parse_day, parse_roles, role_on

TABLES = {
    "countries.tsv": 8,
    "regions.tsv": 2,
    "organizations.tsv": 6,
    "members.tsv": 2,
    "offices.tsv": 3,
    "people.tsv": 5,
    "titles.tsv": 4,
    "agents.tsv": 3,
    "not_actors.tsv": 2,
    "historical.tsv": 5,
    "ambiguous.tsv": 2,
    "country_codes.tsv": 4,
    "nicknames.tsv": 2,
}
BLOCS = {"IGO", "EUR", "UNO", "NGO", "IMG"}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_on_top_what_it_rests_on_and_when(name):
    header = " ".join(read_header(name))
    assert "Basis:" in header
    assert re.search(r"2026-11-\d\d", header)


@pytest.mark.parametrize(("name", "columns"), TABLES.items())
def test_every_row_has_its_columns_and_no_stray_white_space(name, columns):
    for row in read_table(name, columns):
        cells = [part for cell in row for part in cell.split(";")]
        assert [cell for cell in cells if cell != cell.strip()] == []


@pytest.mark.parametrize("name", ["organizations.tsv", "people.tsv", "countries.tsv"])
def test_no_key_stands_twice_in_a_table(name):
    keys = [row[0] for row in read_table(name, TABLES[name])]
    assert [key for key in set(keys) if keys.count(key) > 1] == []


def test_every_country_has_its_other_codes_once():
    rows = read_table("country_codes.tsv", 4)
    assert [code for code, *_ in rows] == list(countries())
    others = [other for _, alpha2, item, _ in rows for other in (alpha2, item) if other]
    assert len(others) == len(set(others))
    fips = [each for *_, each in rows if each]
    assert len(fips) == len(set(fips)) == 247
    assert {country_of_code("xk"), country_of_code("Q28"), country_of_code("usa")} == {
        "XKX",
        "HUN",
        "USA",
    }


def test_country_codes_are_three_capitals_and_cow_numbers_differ():
    found = countries()
    assert len(found) == 250
    assert all(len(code) == 3 and code.isupper() for code in found)
    numbers = [country.cow for country in found.values() if country.cow is not None]
    assert len(numbers) == len(set(numbers))


def test_a_state_that_is_no_more_is_counted_under_one_that_is():
    for state in former_states():
        assert state.code in countries()
        assert state.first_year < state.last_year
        assert country_of(state.name) == state.code


def test_a_name_of_a_country_means_one_country_only():
    names: dict[str, set[str]] = {}
    for country in countries().values():
        for name in (country.name, *country.names):
            names.setdefault(name.casefold(), set()).add(country.code)
    assert {name: codes for name, codes in names.items() if len(codes) > 1} == {}


def test_every_country_code_in_the_tables_is_a_country_or_a_bloc():
    known = set(countries()) | BLOCS
    used = {body.country for body in organizations().values() if body.country}
    used |= {home_of(name) for name in spellings_of_people()} - {None}
    used |= {code for code, _ in read_table("regions.tsv", 2)}
    assert used - known == set()


def test_members_are_countries_and_their_organizations_are_known():
    for name, _ in read_table("members.tsv", 2):
        assert name in organizations()
        assert set(members_of(name)) - set(countries()) == set()


def test_every_sector_is_one_of_the_codebook():
    roles = [role for entry in entries().values() for role in entry.roles]
    assert {role.sector for role in roles} - CODEBOOK_SECTORS - {""} == set()
    agents = {row[0] for row in read_table("agents.tsv", 3)}
    assert agents - CODEBOOK_SECTORS - {"*"} == set()
    assert {office.sector for office in offices().values()} - CODEBOOK_SECTORS - {""} == set()


def test_every_office_and_body_that_is_held_is_known():
    assert {term.office for term in terms()} - set(offices()) == set()
    assert {term.of for term in terms()} - set(countries()) - set(organizations()) == set()


def test_terms_begin_before_they_end():
    wrong = [term for term in terms() if term.end is not None and term.end <= term.start]
    assert wrong == []


def test_terms_of_an_office_that_one_person_holds_do_not_overlap():
    held: dict[tuple[str, str], list] = {}
    for term in terms():
        if not offices()[term.office].is_joint and not term.acting:
            held.setdefault((term.of, term.office), []).append(term)
    overlaps = []
    for of_office in held.values():
        ordered = sorted(of_office, key=lambda term: term.start)
        for first, second in itertools.pairwise(ordered):
            if first.end is None or first.end > second.start:
                overlaps.append((first.of, first.office, first.person, second.person))
    assert overlaps == []


def test_a_capital_tells_its_country():
    for country in countries().values():
        for capital in country.capitals:
            assert country_of(capital) is not None


def test_every_name_of_an_organization_finds_it():
    lost = []
    for body in organizations().values():
        lost += [
            n for n in (body.name, *body.aliases) if f"org:{body.name}" not in find_name(n.split())
        ]
    assert lost == []


def test_a_name_of_two_organizations_is_ambiguous():
    bearers: dict[str, set[str]] = {}
    for body in organizations().values():
        for name in (body.name, *body.aliases):
            bearers.setdefault(name, set()).add(body.name)
    shared = [name for name, bodies in bearers.items() if len(bodies) > 1]
    assert shared
    assert [name for name in shared if not is_ambiguous(name.split())] == []


def test_every_agent_noun_is_found_again():
    for _, _, phrases in read_table("agents.tsv", 3):
        assert [phrase for phrase in phrases.split(";") if agent_of(phrase.split()) is None] == []


def test_every_entry_is_known_on_any_day():
    day = dt.date(2015, 6, 1)
    for key in entries():
        found = known_entry(key, day)
        assert found is not None
        assert 0 < found.confidence <= 1


def test_an_unknown_entry_is_nothing():
    assert known_entry("org:Nobody") is None


def test_a_malformed_row_says_which_and_what(tmp_path, monkeypatch):
    (tmp_path / "odd.tsv").write_text("# x\na\tb\nc\n", encoding="utf-8")
    monkeypatch.setattr("onrecord.knowledge.tables.FOLDER", tmp_path)
    with pytest.raises(KnowledgeError, match="line 3: 1 columns, but 2"):
        read_table("odd.tsv", 2)


def test_a_malformed_date_says_what_is_right():
    with pytest.raises(KnowledgeError, match="2022-02-01"):
        parse_day("spring")


def test_a_coarse_date_means_its_first_day():
    assert parse_day("2015") == dt.date(2015, 1, 1)
    assert parse_day("2015-03") == dt.date(2015, 3, 1)


def test_a_role_ends_on_the_day_the_next_begins():
    roles = parse_roles("REB@..2021-08-15;GOV@2021-08-15..")
    assert role_on(roles, dt.date(2021, 8, 14))[0].sector == "REB"
    assert role_on(roles, dt.date(2021, 8, 15))[0].sector == "GOV"


def test_before_the_first_role_nothing_is_known():
    assert role_on(parse_roles("GOV@2021-08-15.."), dt.date(2020, 1, 1)) == (None, False)


def test_the_tables_load_in_the_time_of_a_few_plain_loops(tmp_path):
    # 100 to 150 ms of CPU where the loop takes 60 to 70; a ratio, since machines differ and waver.
    program = (
        "import time, onrecord.record\n"
        "from onrecord.knowledge.resolver import match_names, resolve_actor\n"
        "begun = time.process_time()\n"
        "match_names(['x']); resolve_actor('the French army'); resolve_actor('Mr Putin')\n"
        "loaded = time.process_time()\n"
        "sum(number * number for number in range(1_000_000))\n"
        "print((loaded - begun) / (time.process_time() - loaded))\n"
    )
    script = tmp_path / "load.py"
    script.write_text(program, encoding="utf-8")
    ratios = []
    for _ in range(3):
        run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
        ratios.append(float(run.stdout))
    assert min(ratios) < 5


def test_the_tables_are_small():
    assert sum((FOLDER / name).stat().st_size for name in TABLES) < 1_000_000


def test_a_country_has_the_same_names_as_a_place_and_as_an_actor():
    named = {
        name: (row[2], country_of(name))
        for row in read_table("places.tsv", 8)
        if row[3] == "country"
        for name in (row[0], *split_list(row[1]))
    }
    assert named["Congo"] == ("COD", "COD")
    assert {name: each for name, each in named.items() if each[1] and each[0] != each[1]} == {}


@pytest.mark.parametrize("given", ["David", "Joseph", "James"])
def test_a_given_name_is_no_surname_where_surnames_stand_first(given):
    homes = {entries()[key].country for key in surname_entries([given])}
    assert homes.isdisjoint(FAMILY_FIRST)
    assert "person:Xi Jinping" in surname_entries(["Xi"])
