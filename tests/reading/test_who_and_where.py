"""Who a paper, a noun or a pronoun stands for, and where things are told to be."""

import pytest

from onrecord import read

TALKS = "The Norwegian ministry said in a statement that talks would go on. "


def speakers(text, paper):
    record = read(text, published="2024-03-06")
    names = {actor.id: actor.name for actor in record.actors}
    return [
        [names[each] for each in statement.speakers]
        for statement in record.statements
        if statement.source and statement.source[0].text == paper
    ]


@pytest.mark.parametrize(
    ("text", "paper", "who"),
    [
        (TALKS + "“Nobody has left the table,” the statement said.", "the statement",
         ["Norwegian ministry"]),
        (TALKS + "“Nobody left,” the statement said. It called on both sides to wait.", "It",
         ["Norwegian ministry"]),
        ("In a letter to parliament, Anna Berg wrote that the port was closed. The letter accused "
         "Sweden of delay.", "The letter", ["Anna Berg"]),
        ("The bridge stays closed, according to the statement that Norway issued on Monday.",
         "the statement that Norway issued on Monday", ["Norway"]),
        ("Statements from Norway and Sweden denied the report.",
         "Statements from Norway and Sweden", ["Norway", "Sweden"]),
        ("Anna Berg’s letter said the port was closed.", "Anna Berg’s letter", ["Anna Berg"]),
        ("Russia’s defense ministry issued a statement on Monday. It said drones were shot down.",
         "It", ["Russia’s defense ministry"]),
    ],
)  # fmt: skip
def test_a_paper_speaks_for_whoever_issued_it(text, paper, who):
    assert who in speakers(text, paper)


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("A letter seen by reporters accused Sweden of delay. The letter said Norway would answer.",
         "The letter"),
        ("Norway published documents on Monday. The documents said the port was closed.",
         "The documents"),
        ("Norway filed documents. “The port is closed,” the court documents said.",
         "the court documents"),
        ("Anna Berg spoke of U.S. media reports. U.S. media reports said the port was closed.",
         "U.S. media reports"),
    ],
)  # fmt: skip
def test_a_paper_of_which_nobody_is_told_to_have_written_it_speaks_for_nobody(text, paper):
    assert speakers(text, paper) == [[]]


def test_a_letter_and_its_writer_accuse_once():
    text = "Anna Berg wrote a letter to parliament. The letter accused Sweden of delay."
    record = read(text, published="2024-03-06")
    names = {actor.id: actor.name for actor in record.actors}
    accused = [each for each in record.events if each.type == "ACCUSE"]
    assert [[names[who] for who in each.actors] for each in accused] == [["Anna Berg"]]


def test_what_lay_before_does_not_date_what_is_said_after_it():
    text = (
        "Anna Berg said on Wednesday the port was closed. On Tuesday, Berg had said the "
        "talks would go on. Berg said nobody had answered."
    )
    record = read(text, published="2024-03-06")
    days = [each.said_on.date for each in record.statements if each.said_on]
    assert days[0] == days[-1] == "2024-03-06"
    assert "2024-03-05" in days


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Anna Berg shouted, “This man is evil, pure evil” as police led her away.",
         "“This man is evil, pure evil”"),
        ("Norway unveiled long-delayed legislation to cut taxes.", "long-delayed legislation"),
    ],
)  # fmt: skip
def test_what_is_said_ends_and_begins_where_it_does(text, content):
    found = [span.text for each in read(text).statements for span in each.content]
    assert [each for each in found if each.startswith(content)] == found[:1]
    assert "police" not in found[0]


def test_nobody_calls_a_president_the_man():
    text = (
        "President Ana Berg spoke of a visa. The woman who shot two people in Oslo had one. An "
        "Egyptian man had one too. The man had asked for asylum."
    )
    record = read(text, published="2024-03-06")
    by_mention = {m.text: actor.name for actor in record.actors for m in actor.mentions}
    assert by_mention["The woman"] != by_mention["President Ana Berg"]
    assert by_mention["The man"] == by_mention["An Egyptian man"]


def test_sanctions_on_a_country_are_nowhere():
    record = read("Norway agreed on Monday on sanctions on Iran.", published="2024-03-06")
    assert not [each for each in (*record.events, *record.statements) if each.place]


def test_a_body_goes_on_without_the_end_of_its_name():
    text = (
        "Norvik Holdings Ltd said it would pay. The ministry said Norvik asked the court to help."
    )
    record = read(text, published="2024-03-06")
    (norvik,) = [each for each in record.actors if "Norvik" in each.name]
    assert [mention.text for mention in norvik.mentions] == ["Norvik Holdings Ltd", "it", "Norvik"]


def test_an_acronym_is_whose_name_stands_before_it():
    text = "Reporters Without Borders (RSF) said two were held. RSF called for their release."
    (body,) = [each for each in read(text).actors if "Borders" in each.name]
    assert "RSF" in [mention.text for mention in body.mentions]
    assert [each.name for each in read("The RSF denied looting.").actors] == [
        "Rapid Support Forces"
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("A car bomb killed nine soldiers in Mogadishu, police said, and al Shabaab claimed "
         "responsibility.", ["Al-Shabaab"]),
        ("A car bomb killed nine soldiers in Mogadishu. Al Shabaab claimed responsibility for the "
         "attack.", ["Al-Shabaab"]),
        ("A car bomb killed nine soldiers in Mogadishu. No group claimed responsibility.", []),
        ("A car bomb killed nine soldiers. Al Shabaab has not claimed responsibility.", []),
    ],
)  # fmt: skip
def test_an_attack_by_nobody_is_whose_responsibility_is_claimed(text, who):
    record = read(text, published="2024-03-06")
    names = {actor.id: actor.name for actor in record.actors}
    (attack,) = [each for each in record.events if each.type == "ASSAULT"]
    assert [names[each] for each in attack.actors] == who
    assert (attack.status == "claimed") == (bool(who) or bool(attack.according_to))


def test_the_general_staff_is_a_body():
    record = read("According to Ukraine’s General Staff, Russia lost 900 soldiers.")
    (staff,) = [each for each in record.actors if "Staff" in each.name]
    assert (staff.kind, staff.country, staff.sector) == ("organization", "UKR", "MIL")


def test_an_army_accuses_nobody_of_what_its_state_did():
    record = read("Israel killed Yahya Sinwar in Gaza, the Israeli military said.")
    assert [each.act for each in record.statements] == ["state"]
    assert [each.type for each in record.events] == ["ASSAULT"]
