import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.intake.annotations import AnnotatedArticle, Marked, read_annotations

TEXT = "Berg said that it was over. “No,” Ito told Berg."
SAID = {"source": [[0, 4]], "cue": [[5, 9]], "content": [[10, 26]]}
MARKED = Marked(((0, 4),), ((5, 9),), ((10, 26),))


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def line(**fields):
    return json.dumps({"id": "a", "text": TEXT, "attributions": [SAID]} | fields)


def refused(path):
    with pytest.raises(InputError, match="would be right") as raised:
        read_annotations(path)
    return str(raised.value)


# --------------------------------------------------------------- JSON lines


def test_a_line_is_an_article_with_its_attributions(write):
    (article,) = read_annotations(write("a.jsonl", line() + "\n"))
    assert article == AnnotatedArticle("a", TEXT, (MARKED,))


def test_lines_come_in_order_and_empty_ones_are_passed_over(write):
    path = write("a.jsonl", "\ufeff" + f"{line(id=7)}\r\n\n{line(attributions=[])}")
    first, second = read_annotations(path)
    assert (first.id, second.id) == ("7", "a")
    assert second.attributions == ()


def test_source_and_cue_may_be_empty_or_left_out(write):
    said = [{"content": [[10, 26]]}, {**SAID, "source": [], "cue": []}]
    (article,) = read_annotations(write("a.jsonl", line(attributions=said)))
    assert set(article.attributions) == {Marked((), (), ((10, 26),))}


def test_ranges_are_put_in_order(write):
    said = {**SAID, "content": [[22, 26], [10, 14]]}
    (article,) = read_annotations(write("a.jsonl", line(attributions=[said])))
    assert article.attributions[0].content == ((10, 14), (22, 26))


def test_every_annotator_gives_an_article(write):
    row = json.dumps({"id": "a", "text": TEXT, "annotators": {"x": [SAID], "y": []}})
    assert read_annotations(write("a.jsonl", row)) == (
        AnnotatedArticle("a/x", TEXT, (MARKED,)),
        AnnotatedArticle("a/y", TEXT, ()),
    )


def test_a_lone_surrogate_is_replaced_and_ranges_stay(write):
    (article,) = read_annotations(write("a.jsonl", line(text=TEXT.replace("“", "\ud83d"))))
    assert article.text == TEXT.replace("“", "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "[1] is not an object"),
        ("{}", "no 'id' in the object"),
        (json.dumps({"id": "a"}), "no 'text' in the object"),
        (json.dumps({"id": "a", "text": ""}), "no 'attributions' in the object"),
        (line(id=None), "'id' is None; a string or a whole number"),
        (line(id=True), "'id' is True"),
        (line(text=3), "'text' is 3; a string"),
        (line(attributions={}), "'attributions' is {}; a list"),
        (line(attributions=[3]), "attribution 1 is 3"),
        (line(attributions=[SAID, {"source": []}]), "attribution 2 has no 'content'"),
        (line(attributions=[{**SAID, "content": []}]), "attribution 1 has no 'content'"),
        (line(attributions=[{**SAID, "cue": None}]), "'cue' of attribution 1 is None"),
        (line(attributions=[{**SAID, "cue": [5, 9]}]), "'cue' of attribution 1 has 5"),
        (line(attributions=[{**SAID, "cue": [[5, 9.0]]}]), "has [5, 9.0]; [start, end]"),
        (line(attributions=[{**SAID, "cue": [[5, True]]}]), "has [5, True]"),
        (line(attributions=[{**SAID, "cue": [[9, 5]]}]), "has [9, 5]; an end after the start"),
        (line(attributions=[{**SAID, "cue": [[5, 5]]}]), "has [5, 5]; an end after the start"),
        (line(attributions=[{**SAID, "cue": [[-1, 5]]}]), "has [-1, 5], outside the text"),
        (line(attributions=[{**SAID, "cue": [[5, 99]]}]), "outside the text; 0 to 48"),
        ('{"id": "a", "text": "", "annotators": []}', "'annotators' is []; an object"),
        ('{"id": "a", "text": "", "annotators": {"x": 3}}', "'x' is 3; a list"),
    ],
)
def test_a_bad_line_is_refused_with_its_place_and_what_would_be_right(write, row, words):
    path = write("a.jsonl", f"{line()}\n{row}\n")
    told = refused(path)
    assert told.startswith(f"{path}:2: ")
    assert words in told


@pytest.mark.parametrize("content", ["", "\n \n", '{"id": 1, "text": "", "annotators": {}}'])
def test_a_file_without_an_annotated_article_is_refused(write, content):
    path = write("a.jsonl", content)
    assert refused(path).startswith(f"{path}: no annotated article")


def test_an_id_that_stands_twice_is_refused(write):
    row = '{"id": 1, "text": "a", "attributions": []}'
    path = write("a.jsonl", f"{row}\n{row}")
    assert refused(path).startswith(f"{path}:2: 'id' '1' stands in line 1 too")


def test_a_file_that_is_not_there_or_no_text_is_refused(write, tmp_path):
    assert "there is no such file" in refused(tmp_path / "none.jsonl")
    assert "a NUL byte at 0" in refused(write("a.jsonl", b"\x00"))


@pytest.mark.parametrize("name", ["a\x00b", "a" * 300])
def test_a_name_that_no_file_can_have_is_refused(tmp_path, name):
    with pytest.raises(InputError, match="could not be opened"):
        read_annotations(tmp_path / name)


# --------------------------------------------------------------- brat


EVENT = """T1\tSource 0 4\tBerg
T2\tcontent 10 14;22 26\tthat over
T3\tCUE 5 9\tsaid
E1\tCUE:T3 Source:T1 Content:T2
#1\tAnnotatorNotes E1\tsure
A1\tCertain E1
T9\tPerson 34 37\tIto
"""
RELATIONS = """T1\tSource 0 4\tBerg
T2\tContent 10 26\tthat it was over
T3\tCue 5 9\tsaid
R1\tSource Arg1:T3 Arg2:T1
R2\tContent Arg1:T3 Arg2:T2
R3\tSame Arg1:T1 Arg2:T9
"""


@pytest.fixture
def brat(write):
    def brat(lines, name="report"):
        write(f"{name}.txt", TEXT)
        return write(f"{name}.ann", lines)

    return brat


def test_a_brat_event_is_an_attribution(brat):
    (article,) = read_annotations(brat(EVENT))
    marked = Marked(((0, 4),), ((5, 9),), ((10, 14), (22, 26)))
    assert article == AnnotatedArticle("report", TEXT, (marked,))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_brat_cue_with_relations_is_an_attribution(brat, end):
    (article,) = read_annotations(brat(RELATIONS.replace("\n", end)))
    assert article.attributions == (MARKED,)


def test_a_brat_attribution_may_have_several_sources_and_contents(brat):
    lines = EVENT + "T4\tSource 34 37\tIto\nT5\tContent 28 33\t“No,”\n"
    lines += "E2\tCue:T3 Source2:T4 Content2:T5 Source:T1 Content:T2 Place:T9\n"
    _, both = read_annotations(brat(lines))[0].attributions
    assert (both.source, both.content[-1]) == (((0, 4), (34, 37)), (28, 33))


def test_relations_of_a_brat_cue_add_up(brat):
    lines = RELATIONS + "T4\tContent 28 33\t“No,”\nR4\tContent Arg1:T3 Arg2:T4\n"
    (marked,) = read_annotations(brat(lines))[0].attributions
    assert marked.content == ((10, 26), (28, 33))


def test_brat_attributions_come_in_order_of_their_lines(brat):
    first = "T4\tCue 38 42\ttold\nE2\tCue:T4 Content:T2\n"
    cues = [each.cue for each in read_annotations(brat(first + RELATIONS))[0].attributions]
    assert cues == [((38, 42),), ((5, 9),)]


def test_other_lines_of_brat_are_ignored(brat):
    lines = "T7\tSource-old 0 999\tx\nT8\tPerson x\nE5\tAttack:T7 Content:T99\nhello\n"
    lines += "*\tEquiv T1 T2\nR9\tSource-of Arg1:T98 Arg2:T99\nT4\tCue 38 42\ttold\n"
    assert read_annotations(brat(lines + RELATIONS))[0].attributions == (MARKED,)


def test_a_brat_file_may_mark_nothing(brat):
    assert read_annotations(brat("")) == (AnnotatedArticle("report", TEXT, ()),)


def test_a_folder_gives_its_pairs_in_order_of_their_names(brat, write, tmp_path):
    brat(EVENT, "b")
    brat(RELATIONS, "a")
    write("unmarked.txt", "Nothing was marked here.")
    assert [each.id for each in read_annotations(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("number", "row", "words"),
    [
        (1, "T1\tSource 0 999\tBerg", "T1 has [0, 999], outside the text; 0 to 48"),
        (1, "T1\tSource 4 0\tBerg", "T1 has [4, 0]; an end after the start"),
        (1, "T1\tSource 0\tBerg", "' 0' is no place; '10 20'"),
        (1, "T1\tSource", "'' is no place"),
        (4, "E1\tCue:T8 Content:T2", "'T8' is no Source, Cue or Content of this file"),
        (4, "E1\tCue:T3 Content:T8", "'T8' is no Source, Cue or Content of this file"),
        (4, "E1\tCue:T3 Content:T9", "'T9' is no Source, Cue or Content of this file"),
        (4, "E1\tCue:T1 Content:T2", "'T1' is no Cue"),
        (4, "E1\tCue:T3 Source:T1", "no Content"),
        (4, "E1\tCue:T3", "no Content"),
        (4, "E1\tCue:T3 T2", "'T2' names nothing; 'Source:T1'"),
        (4, "R1\tContent Arg1:T2 Arg2:T3", "'T2' is no Cue"),
        (4, "R1\tContent Arg1:T3 Arg2:T8", "'T8' is no Source, Cue or Content of this file"),
        (4, "R1\tContent Arg1:T3", "'Arg1:T3 Arg2:T1' would be right"),
        (4, "R1\tSource Arg1:T3 Arg2:T1", "no Content"),
    ],
)
def test_a_bad_line_of_brat_is_refused_with_its_place(brat, number, row, words):
    lines = EVENT.split("\n")
    lines[number - 1] = row
    path = brat("\n".join(lines))
    told = refused(path)
    assert told.startswith(f"{path}:{number}: ")
    assert words in told


def test_a_later_relation_with_an_unknown_end_is_named_by_its_own_line(brat):
    path = brat(RELATIONS + "R4\tContent Arg1:T3 Arg2:T8\n")
    assert refused(path).startswith(f"{path}:7: ")


def test_brat_without_its_text_is_refused(write, tmp_path):
    path = write("report.ann", EVENT)
    assert refused(path) == f"{path}: no text beside it; report.txt would be right"
    assert refused(tmp_path) == refused(path)


def test_a_folder_without_brat_is_refused(write, tmp_path):
    write("report.txt", TEXT)
    assert refused(tmp_path).startswith(f"{tmp_path}: no annotated article")


# --------------------------------------------------------------- whatever a file holds


def assert_read_or_refused(path):
    try:
        articles = read_annotations(path)
    except InputError:
        return
    for article in articles:
        for marked in article.attributions:
            assert marked.content
            for spans in (marked.source, marked.cue, marked.content):
                assert list(spans) == sorted(spans)
                assert all(0 <= start < end <= len(article.text) for start, end in spans)


FIELDS = st.sampled_from(["id", "text", "attributions", "annotators", "source", "cue", "content"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 9) | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(FIELDS | st.text(max_size=2), inner)
    ),
)
RANGES = st.lists(st.lists(st.integers(-1, 9), min_size=1, max_size=3), max_size=2) | VALUES
ATTRIBUTION = st.fixed_dictionaries({"source": RANGES, "cue": RANGES, "content": RANGES}) | VALUES
ROWS = st.fixed_dictionaries(
    {"id": VALUES, "text": st.text(min_size=6) | VALUES},
    optional={
        "attributions": st.lists(ATTRIBUTION, max_size=2) | VALUES,
        "annotators": st.dictionaries(st.text(max_size=2), st.lists(ATTRIBUTION, max_size=2)),
    },
)
FILES = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(content=st.binary(max_size=60) | (ROWS | VALUES).map(lambda row: json.dumps(row).encode()))
@FILES
def test_any_lines_are_read_or_refused(write, content):
    assert_read_or_refused(write("a.jsonl", content))


PIECES = st.sampled_from(
    [
        *(
            "T1\t",
            "T2\t",
            "T3\t",
            "E1\t",
            "R1\t",
            "R2\t",
            "Source ",
            "Cue ",
            "Content ",
            "Source2:",
        ),
        *("0 4", "5 9", "9 2", "3 99", "²", ";", "\t", "\n", "\r\n", " ", "x", "Cue:", "Content:"),
        *("Arg1:", "Arg2:", "T1", "T2", "T3", "T4", "#", ":", "9" * 5000),
    ]
)
GOOD = st.sampled_from([*EVENT.split("\n"), *RELATIONS.split("\n")]).map(lambda row: row + "\n")


@given(lines=st.binary(max_size=60) | st.lists(PIECES | GOOD, max_size=40).map("".join))
@FILES
def test_any_brat_is_read_or_refused(brat, lines):
    assert_read_or_refused(brat(lines))


@pytest.mark.bench
@pytest.mark.parametrize(
    ("name", "articles"), [("polnear_dev", 84), ("polnear_several_annotators", None)]
)
def test_the_benchmarks_articles_are_read(bench, name, articles):
    path = bench / f"{name}.jsonl"
    rows = [json.loads(row) for row in path.read_text("utf-8").split("\n") if row]
    found = read_annotations(path)
    wanted = sum(len(row.get("annotators", [0])) for row in rows)
    assert len(found) == wanted
    assert articles in {None, wanted}
    assert len({each.id for each in found}) == wanted
    assert all(each.attributions for each in found)
