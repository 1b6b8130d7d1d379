import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.understanding import Understood, understand

KNOWN = {"Lavrov", "Sergei Lavrov", "NATO", "Boris Johnson", "May"}


def asked(line):
    return understand(line, KNOWN.__contains__)


@pytest.mark.parametrize(
    ("line", "understood"),
    [
        ("Lavrov", {"by": "Lavrov"}),
        ("Sergei Lavrov denied", {"by": "Sergei Lavrov", "act": "deny"}),
        ("Lavrov to Boris Johnson", {"by": "Lavrov", "to": "Boris Johnson"}),
        ("about NATO", {"about": "NATO"}),
        ("Lavrov NATO", {"by": "Lavrov", "about": "NATO"}),
        ("RUS accuse 2022", {"country": "RUS", "act": "accuse", "since": "2022-01-01",
                             "until": "2022-12-31"}),
        ("Hungary promised", {"country": "HUN", "act": "promise"}),
        ("2024-02 gas", {"since": "2024-02-01", "until": "2024-02-29", "text": "gas"}),
        ("2022-02-02", {"since": "2022-02-02", "until": "2022-02-02"}),
        ("2022-13 gas", {"text": "2022-13 gas"}),
        ('"not an inch" Lavrov', {"by": "Lavrov", "text": '"not an inch"'}),
        ("ASSAULT Syria", {"kind": "ASSAULT", "country": "SYR"}),
        ("to be or not", {"text": "to be or not"}),
        ("", {}),
    ],
)  # fmt: skip
def test_names_countries_acts_types_and_days_are_understood(line, understood):
    assert asked(line) == Understood(**understood)


@given(st.text(max_size=60))
def test_any_line_is_understood_somehow(line):
    asked(line)
