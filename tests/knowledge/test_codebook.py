"""The codebook: CAMEO codes, PLOVER types, and the frames that name codes."""

import re

import pytest

from onrecord.errors import KnowledgeError
from onrecord.knowledge import event_triggers
from onrecord.knowledge.codebook import (
    cameo,
    cameo_codes,
    cameo_of,
    coded_type,
    plover,
    plover_types,
)
from onrecord.knowledge.event_triggers import frames, word_class
from onrecord.reading.events.needs import TESTS
from onrecord.record import EVENT_TYPES

ROOTS = [f"{number:02d}" for number in range(1, 21)]
PREPOSITIONS = re.compile(r"[a-z]+")

SAMPLES = [
    ("010", None, None, 0.0),
    ("016", None, None, -2.0),
    ("036", "AGREE", None, 4.0),
    ("042", "CONSULT", "visit", 1.9),
    ("057", "SUPPORT", None, 8.0),
    ("0831", "RETREAT", "resign", 5.0),
    ("085", "CONCEDE", None, 7.0),
    ("0874", "RETREAT", "withdraw", 10.0),
    ("112", "ACCUSE", "allege", -2.0),
    ("139", "THREATEN", None, -7.0),
    ("154", "MOBILIZE", "troops", -7.2),
    ("163", "SANCTION", None, -8.0),
    ("173", "COERCE", "arrest", -5.0),
    ("192", "COERCE", "seize", -9.5),
    ("195", "ASSAULT", "aerial", -10.0),
    ("2042", "ASSAULT", "unconventional", -10.0),
]


def test_all_roots_and_codes_are_there():
    codes = cameo_codes()
    assert [code for code in codes if len(code) == 2] == ROOTS
    assert len(codes) == 316


def test_every_code_stands_below_one_that_exists():
    codes = cameo_codes()
    assert all(code[:-1] in codes for code in codes if len(code) > 2)


def test_every_root_has_its_unspecified_code():
    assert all(f"{root}0" in cameo_codes() for root in ROOTS)


def test_codes_stand_in_order_and_names_are_their_own():
    codes = list(cameo_codes().values())
    assert [each.code for each in codes] == sorted(each.code for each in codes)
    names = [each.name for each in codes]
    assert len(set(names)) == len(names)


def test_goldstein_values_lie_between_minus_ten_and_ten():
    assert all(-10 <= each.goldstein <= 10 for each in cameo_codes().values())


@pytest.mark.parametrize(("code", "kind", "mode", "goldstein"), SAMPLES)
def test_code_has_its_type_mode_and_value(code, kind, mode, goldstein):
    found = cameo(code)
    assert (found.plover, found.mode, found.goldstein) == (kind, mode, goldstein)


def test_only_statements_have_no_type():
    without = {each.code[:2] for each in cameo_codes().values() if each.plover is None}
    assert without == {"01"}


def test_a_mode_of_a_code_is_a_mode_of_its_type():
    for each in cameo_codes().values():
        assert each.mode is None or each.mode in plover(each.plover).modes


def test_quads_follow_from_the_types():
    quads = {name: each.quad for name, each in plover_types().items()}
    assert tuple(quads) == EVENT_TYPES
    assert [name for name, quad in quads.items() if quad == 1] == [
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE",
    ]  # fmt: skip
    assert quads["SANCTION"] == 4
    assert quads["ACCUSE"] == 3


def test_every_type_and_mode_comes_back_from_its_code():
    for name, kind in plover_types().items():
        assert cameo(kind.cameo).plover == name
        for mode in kind.modes:
            if (name, mode) != ("SANCTION", "convict"):  # CAMEO files a conviction under ACCUSE
                assert cameo(cameo_of(name, mode)).plover == name


def test_an_unknown_code_is_refused():
    with pytest.raises(KnowledgeError, match="999"):
        cameo("999")


@pytest.mark.parametrize(
    ("kind", "status", "filed"),
    [
        ("CONSULT", "happened", "CONSULT"),
        ("CONSULT", "claimed", "CONSULT"),
        ("CONSULT", "planned", "AGREE"),
        ("PROTEST", "planned", "THREATEN"),
        ("RETREAT", "demanded", "REQUEST"),
        ("ASSAULT", "hypothetical", None),
        ("ASSAULT", "denied", None),
    ],
)
def test_what_has_not_happened_is_filed_as_what_was_said_of_it(kind, status, filed):
    assert coded_type(kind, status) == filed


def test_frames_stand_for_codes_that_have_a_type_and_its_modes():
    for rows in event_triggers._table()[1].values():
        for frame in rows:
            kind = cameo(frame.code).plover
            assert kind is not None
            assert frame.mode is None or frame.mode in plover(kind).modes


def test_frames_ask_only_for_tests_that_exist():
    rows = event_triggers._table()[1].values()
    places = {need.place for frames_ in rows for frame in frames_ for need in frame.needs}
    assert places <= set(TESTS)


def test_roles_of_frames_are_roles_or_prepositions():
    known = {"S", "O", "O!", "I", "C", "U", "V", "own", "x", "speaker", "if"}
    for rows in event_triggers._table()[1].values():
        for role in (role for frame in rows for role in (*frame.actor, *frame.recipient)):
            base = role.partition(".")[0]
            assert base in known or PREPOSITIONS.fullmatch(base)


def test_narrow_frames_stand_before_wide_ones():
    codes = [frame.code for frame in frames("verb", "release")]
    assert codes[0] == "0841"
    assert all(frame.needs for frame in frames("verb", "hold"))


def test_a_class_holds_its_words_and_an_unknown_class_none():
    assert {"meeting", "talk", "assembly"} <= word_class("MEETING")
    assert word_class("NOSUCH") == frozenset()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("verb\tmeet\t-\t040\tS", "6 columns"),
        ("class\tX", "3 columns"),
        ("verb\tmeet\t-\t999\tS\tO", "not a CAMEO code"),
        ("verb\tmeet\tq=x\t040\tS\tO", "not a test"),
        ("verb\tmeet\to=@NOSUCH\t040\tS\tO", "no class"),
    ],
)
def test_a_malformed_row_is_refused(monkeypatch, line, message):
    monkeypatch.setattr(event_triggers, "_lines", lambda: [line])
    with pytest.raises(KnowledgeError, match=message):
        event_triggers._table.__wrapped__()
