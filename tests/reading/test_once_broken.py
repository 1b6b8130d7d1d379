"""Texts on which reading once broke; each is read, whatever is found in it."""

import pytest

import onrecord


@pytest.mark.parametrize(
    "text",
    [
        "The charge of 15 mln dlrs compares with a charge in the yr-ago quarter, it said.",
        "Current yr figures include two hrs ago's sale; five mins ago it was three yrs ago.",
        "Rents rose in North Rhine-Westphalia, Germany's most populous state, an office said.",
        "Over three years, he tO-Russia Council met in Brussels.",
        "The offices in North Rhine-Westphalia, Germany's, and in Bavaria, Germany's, denied it.",
    ],
)
def test_it_is_read(text):
    onrecord.read(text, published="1987-03-25")
