import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.article import Article
from onrecord.reading.attribution.stage import Attribution
from onrecord.reading.language import analyse
from onrecord.reading.quotations import find_quotations
from onrecord.reading.statements.stage import find_statements

CASES = json.loads((Path(__file__).parents[1] / "cases" / "statements.json").read_text("utf-8"))
TEXT = (
    "Kyiv denied it. “We [all] won't,” she told Oslo on Monday. Who said so? He did, she claimed."
)
DOCUMENT = analyse(Article(TEXT))
BERG = ["Berg", "NOR", "GOV", "person"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(reason=case["failing"])] if "failing" in case else [],
        )
        for case in CASES
    ],
)
def test_a_statement_is_put_together_from_its_parts(case, say):
    said = say(case)
    told = [each for each in said.statements if each.source or each.cue]
    found = [view(said, statement) for statement in told]
    if case.get("none"):
        assert found == []
        return
    wanted = {name: value for name, value in case.items() if name in found[0]}
    assert [{name: each[name] for name in wanted} for each in found] == [wanted]


def view(said, statement):
    """Give a statement as a case's row names its parts; actors by name."""
    shown = {
        name: said.names(getattr(statement, name)) for name in ("speakers", "addressees", "about")
    }
    for name in ("source", "content", "quoted", "insertions"):
        shown[name] = [span.text for span in getattr(statement, name)]
    shown |= {name: getattr(statement, name) for name in ("mode", "act", "hedged")}
    shown["said_on"] = statement.said_on.date if statement.said_on else None
    shown["place"] = statement.place.name if statement.place else None
    return shown


def test_what_is_told_within_an_account_names_the_account(say):
    said = say(
        {
            "text": "<s1 The official> <c1 said> <t1 <s2 Berg> <c2 told> Lund <t2 that it was "
            "time to go>>.",
            "actors": [BERG, ["Lund", "SWE", "GOV", "person"]],
        }
    )
    account, told = said.statements
    assert (account.id, told.id) == ("s1", "s2")
    assert told.within == account.id
    assert account.within is None
    assert said.names(told.addressees) == ["Lund"]


def test_a_press_conference_dates_what_is_said_at_it(say):
    said = say(
        {
            "text": "Berg held a press conference in Oslo on Tuesday. <s1 Berg> <c1 accused> "
            "<t1 Sweden of fraud>. <t2 “It is a shame,”> <s2 Berg> <c2 said>.",
            "actors": [BERG, ["Sweden", "SWE", "GOV", "country"]],
            "times": {"Tuesday": "2022-02-01"},
            "places": {"Oslo": "NOR"},
        }
    )
    assert [each.said_on.date for each in said.statements] == ["2022-02-01", "2022-02-01"]
    assert [each.place.name for each in said.statements] == ["Oslo", "Oslo"]


def test_what_has_been_said_repeatedly_is_not_of_that_day(say):
    said = say(
        {
            "text": "On Tuesday, <s1 Berg> <c1 said> <t1 it was over>. "
            "<s2 Berg> <c2 has repeatedly said> <t2 it was safe>.",
            "actors": [BERG],
            "times": {"Tuesday": "2022-02-01"},
        }
    )
    assert [each.said_on is None for each in said.statements] == [False, True]


def test_a_claim_told_inside_a_content_is_a_statement_of_its_own(say):
    said = say(
        {
            "text": "<t “The raid flies in the face of Lund’s claims to be working for peace,”> "
            "<s Berg> <c said>.",
            "actors": [BERG, ["Lund", "SWE", "GOV", "person"]],
        }
    )
    outer, told = said.statements
    assert said.names(told.speakers) == ["Lund"]
    assert told.content[0].text == "to be working for peace"
    assert told.within == outer.id


@pytest.mark.parametrize(
    ("noun", "told"),
    [
        ("claims to be acting for peace", "to be acting for peace"),
        ("accusation of betrayal", "betrayal"),
        ("version of the tax plan", None),
        ("idea to close the border", None),
    ],
)
def test_a_noun_tells_a_claim_where_it_says_what_is_claimed(say, noun, told):
    said = say({"text": f"<s Anna Berg> <c said> <t that Oslo’s {noun} had changed nothing>."})
    inner = [each for each in said.statements if each.found_by.startswith("rule:told claim")]
    assert [each.content[0].text for each in inner] == ([told] if told else [])


@pytest.mark.parametrize(
    ("cue", "content", "count"),
    [
        ("had assigned", "two aides who knew the mill", 1),
        ("had disclosed", "that two aides knew the mill", 2),
        ("stipulated", "that two aides had to know the mill", 2),
    ],
)
def test_a_deed_told_inside_a_content_is_no_statement(say, cue, content, count):
    said = say({"text": f"<s1 Anna Berg> <c1 said> <t1 <s2 Lund> <c2 {cue}> <t2 {content}>>."})
    assert len(said.statements) == count


def test_denied_reports_belong_to_what_is_denied(say):
    said = say(
        {"text": "<s Berg> <c denied reports> <t that he had a plan>.", "actors": [BERG]},
    )
    denial, report = said.statements
    assert [span.text for span in (*denial.cue, *denial.content)] == [
        "denied",
        "reports that he had a plan",
    ]
    assert (report.within, report.speakers) == (denial.id, ())


def test_a_heading_between_two_turns_is_nobodys(say):
    said = say(
        {
            "text": "<s1 BERG><c1 :> <t1 It is safe.>\n\n<t1 From a talk on the same day>\n\n"
            "<s2 LUND><c2 :> <t2 It is not.>",
            "forms": {"1": "form:transcript", "2": "form:transcript"},
        }
    )
    assert [[span.text for span in each.content] for each in said.statements] == [
        ["It is safe."],
        ["It is not."],
    ]


def test_attributions_outside_the_text_are_left_out():
    beyond = Attribution(((0, 4),), ((5, 11),), ((12, 10_000),), None, 0.9, "test")
    found = find_statements(DOCUMENT, (), (beyond,), (), (), ())
    assert not any("test" in each.found_by for each in found)


RANGE = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
    lambda pair: (min(pair), max(pair))
)
RANGES = st.lists(RANGE.filter(lambda pair: pair[0] < pair[1]), max_size=3).map(tuple)
ATTRIBUTIONS = st.lists(
    st.builds(
        Attribution,
        RANGES,
        RANGES,
        RANGES,
        st.none() | st.integers(0, 5),
        st.floats(0, 1),
        st.just("test"),
    ),
    max_size=5,
)


@settings(max_examples=60)
@given(found=ATTRIBUTIONS)
def test_statements_point_into_the_text_and_keep_its_order(found):
    quotations = find_quotations(TEXT)
    statements = find_statements(DOCUMENT, quotations, tuple(found), (), (), ())
    assert [each.id for each in statements] == [f"s{n}" for n in range(1, len(statements) + 1)]
    for statement in statements:
        spans = (*statement.source, *statement.cue, *statement.content, *statement.quoted)
        assert statement.content
        assert all(TEXT[span.start : span.end] == span.text for span in spans)
        assert 0 <= statement.confidence <= 1
        assert statement.within != statement.id
    starts = [min(span.start for span in (*each.cue, *each.content)) for each in statements]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("“We will respond,” the Interfax agency quoted Lavrov as saying.", "“We will respond,”"),
        ("Interfax quoted Lavrov as saying Russia would respond.", "Russia would respond"),
        ("The report cited Lavrov as saying that it was over.", "that it was over"),
        (
            "Kiev should look into “it all”, the RIA agency cited Lavrov as saying on Monday.",
            "Kiev should look into “it all”",
        ),
        (
            "Putin and Trump will discuss it all, Interfax agency cited Sergei Lavrov as saying.",
            "Putin and Trump will discuss it all",
        ),
    ],
)
def test_who_is_quoted_by_another_is_the_one_who_says_it(text, content):
    record = onrecord.read(text)
    names = {each.id: each.name for each in record.actors}
    (inner,) = [each for each in record.statements if each.within is not None]
    assert [names[each] for each in inner.speakers] == ["Sergey Lavrov"]
    assert " ".join(each.text for each in inner.content) == content


def test_a_quotation_is_only_theirs_who_are_named_with_it():
    text = (
        "“We are ready to talk about all of this,” said Ana Keller. “The offer is still on the "
        "table.”\n\nOthers were less sure.\n\n“Nobody here believes a single word of it,” said "
        "Omar Haddad, who leads the opposition."
    )
    record = onrecord.read(text)
    names = {each.id: each.name for each in record.actors}
    said = {names[each.speakers[0]]: each.quoted for each in record.statements if each.speakers}
    assert [each.text[:8] for each in said["Ana Keller"]] == ["We are r", "The offe"]
    assert [each.text[:8] for each in said["Omar Haddad"]] == ["Nobody h"]


@pytest.mark.parametrize("verb", ["said it would not", "replied that it would not"])
def test_who_is_asked_between_commas_asks_nothing(verb):
    record = onrecord.read(f"Lavrov, asked whether Russia would attack, {verb}.")
    asked, answered = record.statements
    assert (asked.act, asked.speakers) == ("ask", ())
    assert asked.addressees == answered.speakers
    assert not record.events


@pytest.mark.parametrize(("probability", "count"), [(0.6, 0), (0.8, 1)])
def test_a_thing_that_is_doubted_to_be_said_is_done(say, probability, count):
    case = {"text": "<s The panel> <c shelved> <t its plans>.", "probability": probability}
    assert len(say(case).statements) == count


@pytest.mark.parametrize(
    "dateline", ["SEOUL, Jan 5 (Reuters) - ", "PARIS — ", "Intro.\nOSLO (AP) - "]
)
def test_a_dateline_is_no_part_of_what_is_said(dateline):
    record = onrecord.read(f"{dateline}North Korea fired shells on Friday, the army said.")
    (said,) = [each for each in record.statements if each.act == "state"]
    assert said.content[0].text == "North Korea fired shells on Friday"
