import json

import pytest

from onrecord.knowledge import entries, explain, offices, organizations, own, persons, resolver

CSV = (
    "name,aliases,kind,country,sector,title,start,end\n"
    "Anna Qvist,A. Qvist,person,SWE,,foreign minister,2025-03-01,\n"
    "Volodymyr Zelenskyy,Ze the Actor,person,UKR,CVL,actor,1997-01-01,2019-05-20\n"
    "Front for Nothing,FFNO,organization,SWE,REB,,,\n"
)


def forget():
    """Forget what was read of the tables; a command reads them in a process of its own."""
    for module in (entries, explain, offices, organizations, own, persons, resolver):
        for each in vars(module).values():
            if hasattr(each, "cache_clear"):
                each.cache_clear()


@pytest.fixture
def local(tmp_path, monkeypatch):
    monkeypatch.setenv("ONRECORD_ACTORS", str(tmp_path / "own"))
    forget()
    yield tmp_path
    monkeypatch.undo()
    forget()


@pytest.fixture
def imported(invoke, local):
    path = local / "list.csv"
    path.write_text(CSV, encoding="utf-8")
    result = invoke("actors", "import", path)
    assert result.exit_code == 0
    assert result.stdout.startswith("2 people and 1 organizations of list.csv (CSV) are in ")
    forget()
    return local


def shown(invoke, *arguments):
    return json.loads(invoke("actors", "show", "--json", *arguments).stdout)


def test_an_actor_of_ones_own_resolves(invoke, imported):
    qvist = shown(invoke, "A. Qvist", "--on", "2025-06-01")
    assert (qvist["name"], qvist["country"], qvist["sector"]) == ("Anna Qvist", "SWE", "GOV")
    assert qvist["title"] == "foreign minister"
    assert str(imported / "own" / "list.people.tsv") in qvist["because"][0]
    assert shown(invoke, "FFNO")["sector"] == "REB"


@pytest.mark.usefixtures("imported")
def test_an_own_row_joins_the_actor_that_is_known(invoke):
    before, after = (
        shown(invoke, "Ze the Actor", "--on", day) for day in ("2010-01-01", "2022-02-02")
    )
    assert (before["name"], before["sector"]) == ("Volodymyr Zelensky", "CVL")
    assert (after["title"], after["sector"]) == ("president", "GOV")


def test_a_list_of_the_same_name_is_replaced(invoke, imported):
    path = imported / "list.csv"
    path.write_text("name,country,sector\nBo Lundqvist,SWE,LEG\n", encoding="utf-8")
    assert invoke("actors", "import", path).exit_code == 0
    forget()
    assert shown(invoke, "Bo Lundqvist")["sector"] == "LEG"
    assert invoke("actors", "show", "Anna Qvist").exit_code == 1


@pytest.mark.usefixtures("local")
def test_show_says_why(invoke):
    result = invoke("actors", "show", "Boris Johnson", "--on", "2022-02-02")
    assert result.exit_code == 0
    assert "prime minister of GBR, 2019-07-24..2022-09-06, held on that day" in result.stdout
    late = shown(invoke, "Boris Johnson", "--on", "2024-06-01")
    assert late["sector"] != "GOV"


@pytest.mark.usefixtures("local")
def test_nothing_known_is_told(invoke):
    result = invoke("actors", "show", "qwxyz")
    assert result.exit_code == 1
    assert "nothing is known of 'qwxyz'" in result.stderr


def test_a_row_that_is_wrong_is_told_of_and_the_rest_taken_in(invoke, local):
    path = local / "list.csv"
    path.write_text("name,country\nAnna Qvist,zz\nBo Lundqvist,SWE\n", encoding="utf-8")
    result = invoke("actors", "import", path)
    assert result.exit_code == 1
    assert f"{path}:2: passed over: country is 'zz'" in result.stderr
    assert "1 people" in result.stdout


def test_a_name_that_is_none_for_a_file_is_refused(invoke, local):
    path = local / "list.csv"
    path.write_text(CSV, encoding="utf-8")
    result = invoke("actors", "import", path, "--name", "../x")
    assert result.exit_code == 1
    assert "'../x' is no name for a list" in result.stderr


def test_a_table_that_was_broken_is_told_of(invoke, imported):
    (imported / "own" / "list.people.tsv").write_text("one\ttwo\n", encoding="utf-8")
    forget()
    result = invoke("actors", "show", "Anna Qvist")
    assert result.exit_code == 1
    assert "2 columns, but 5 are expected" in result.stderr
