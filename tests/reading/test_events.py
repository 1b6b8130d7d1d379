"""Events: who did what to whom, and whether it happened."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.article import Article
from onrecord.evaluation.events import coded_events
from onrecord.knowledge.ontology import read_ontology
from onrecord.reading.events.own import label_events
from onrecord.reading.events.stage import find_events, relate
from onrecord.reading.events.targets import with_recipients, with_targets
from onrecord.reading.language import analyse
from onrecord.record import Actor, Dispute, Statement, Time

CASES = json.loads((Path(__file__).parents[1] / "cases" / "events.json").read_text("utf-8"))
ROOT = Path(__file__).parents[2]


def spans_of(article, words):
    found = re.finditer(rf"\b{re.escape(words)}\b", article.text)
    return tuple(article.span(*match.span()) for match in found)


def actors_of(article, names):
    """Make actors a1, a2, ...; `his=Lund` adds a mention."""
    mentions = {}
    for name in names:
        words, _, meant = name.partition("=")
        mentions.setdefault(meant or words, []).extend(spans_of(article, words))
    return tuple(
        Actor(f"a{n}", name, "person", None, None, None, False, (), tuple(spans), 1.0, "given")
        for n, (name, spans) in enumerate(mentions.items(), 1)
    )


def statement(article, number, actors, claim, **changes):
    speaker, cue, content = claim
    at = article.text.rindex(content)
    fields = {
        "id": f"s{number}",
        "speakers": tuple(each.id for each in actors if each.name == speaker),
        "source": (),
        "cue": spans_of(article, cue)[-1:],
        "content": (article.span(at, at + len(content)),),
        "quoted": (),
        "insertions": (),
        "mode": "indirect",
        "act": "state",
        "plover": None,
        "cameo": None,
        "addressees": (),
        "about": (),
        "said_on": None,
        "place": None,
        "within": None,
        "denies": (),
        "hedged": False,
        "confidence": 1.0,
        "found_by": "given",
    }
    return Statement(**(fields | changes))


def events_of(text, names, claims=(), disputes=(), times=()):
    article = Article(text)
    actors = actors_of(article, names)
    statements = tuple(
        statement(article, number, actors, claim) for number, claim in enumerate(claims, 1)
    )
    document = analyse(article)
    parties = with_targets(document, actors, ())
    found = find_events(document, parties, statements, disputes, times, ())
    return found, {actor.id: actor.name for actor in with_recipients(parties, found)}


def described(event, names, *, mode):
    sides = ["+".join(names[each] for each in side) for side in (event.actors, event.recipients)]
    kind = f"{event.type}/{event.mode}" if mode else event.type
    words = [kind, sides[0], ">", sides[1], event.status, *event.according_to]
    return " ".join(word for word in words if word)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_sentence_tells_its_events(case):
    events, names = events_of(case["text"], case["actors"], case.get("claims", ()))
    modes = {line.split("/")[0] for line in case["events"] if "/" in line.split()[0]}
    found = [described(event, names, mode=event.type in modes) for event in events]
    assert sorted(found) == sorted(case["events"])


def test_mentions_of_one_event_are_its_triggers():
    text = "Norland invaded Sudland. The invasion shocked everyone."
    (event,), _ = events_of(text, ["Norland", "Sudland"])
    assert [trigger.text for trigger in event.trigger] == ["invaded", "invasion"]
    assert event.text.text == "Norland invaded Sudland."


def test_events_are_numbered_in_order_of_the_text():
    text = "Lund praised Berg. Berg accused Lund. Lund visited Berg."
    events, _ = events_of(text, ["Lund", "Berg"])
    assert [(event.id, event.type) for event in events] == [
        ("e1", "SUPPORT"),
        ("e2", "ACCUSE"),
        ("e3", "CONSULT"),
    ]


def test_an_event_takes_its_code_quad_and_goldstein_value_from_the_codebook():
    (event,), _ = events_of("Norland invaded Sudland.", ["Norland", "Sudland"])
    assert (event.cameo, event.quad, event.goldstein) == ("190", 4, -10.0)


def test_the_time_of_the_clause_is_the_time_of_the_event():
    text = "Lund, who met Berg on Monday, praised Berg on Friday."
    article = Article(text)
    times = tuple(
        Time(date, "day", day, spans_of(article, day)[0], "given")
        for day, date in (("Monday", "2022-01-31"), ("Friday", "2022-02-04"))
    )
    events, _ = events_of(text, ["Lund", "Berg"], times=times)
    on = {event.type: event.on and event.on.date for event in events}
    assert on == {"CONSULT": "2022-01-31", "SUPPORT": "2022-02-04"}


def test_a_meeting_has_the_date_of_what_followed_it():
    text = "Speaking at a Tuesday news conference following a meeting with Berg, Lund smiled."
    article = Article(text)
    day = Time("2022-02-01", "day", "Tuesday", spans_of(article, "Tuesday")[0], "given")
    (event,), _ = events_of(text, ["Lund", "Berg"], times=(day,))
    assert event.on == day


def test_a_disputed_statement_has_its_events_disputed():
    text = "Lund said that Norland attacked Sudland. Norland denied it."
    article = Article(text)
    dispute = Dispute("d1", "s1", "s2", "denial", article.span(0, 4), "", 1.0, "given")
    claim = ["Lund", "said", "that Norland attacked Sudland"]
    (event,), _ = events_of(text, ["Lund", "Norland", "Sudland"], [claim], (dispute,))
    assert (event.according_to, event.disputed_by) == (("s1",), ("s2",))


def test_what_is_only_the_topic_of_a_statement_is_told_by_the_reporter():
    text = "Lund said little about Norland's invasion of Sudland."
    claim = ["Lund", "said", "little about Norland's invasion of Sudland"]
    (event,), _ = events_of(text, ["Lund", "Norland", "Sudland"], [claim])
    assert (event.status, event.according_to) == ("happened", ())


def test_a_statement_that_does_something_by_its_words_is_an_event():
    article = Article("Berg was a thief, Lund muttered.")
    actors = actors_of(article, ["Lund", "Berg"])
    said = statement(
        article,
        1,
        actors,
        ["Lund", "muttered", "Berg was a thief"],
        act="accuse",
        plover="ACCUSE",
        cameo="112",
        about=("a2",),
    )
    known = tuple(
        Actor(a.id, a.name, a.kind, "NOR", "GOV", None, False, (), a.mentions, 1.0, "given")
        for a in actors
    )
    document = analyse(article)
    (event,) = find_events(document, with_targets(document, known, ()), (said,), (), (), ())
    assert (event.type, event.actors, event.recipients) == ("ACCUSE", ("a1",), ("a2",))
    assert event.trigger[0].text == "muttered"


def test_what_is_acted_upon_becomes_a_party():
    document = analyse(Article("Russian troops shelled an Ukrainian village."))
    everybody = with_targets(document, (), ())
    events = find_events(document, everybody, (), (), (), ())
    parties = {each.id: each for each in with_recipients(everybody, events)}
    (event,) = events
    (doer,), (target,) = event.actors, event.recipients
    assert (parties[doer].country, parties[target].country) == ("RUS", "UKR")
    assert parties[target].name == "Ukrainian village"


def test_relate_tells_what_one_party_does_to_the_other():
    article = Article("Norland imposed a curfew in Sudland on Monday.")
    event = relate(analyse(article), article.span(0, 7), article.span(27, 34))
    assert event is not None
    assert (event.type, event.actors, event.recipients) == ("COERCE", ("a1",), ("a2",))
    assert event.trigger[0].text == "imposed a curfew"
    assert 0 < event.confidence <= 1


def test_relate_falls_back_on_the_sentence_where_no_word_is_known():
    article = Article("Norland and Sudland, of all neighbours.")
    event = relate(analyse(article), article.span(0, 7), article.span(12, 19))
    assert event is not None
    assert event.found_by == "network:relations"


def test_relate_finds_nothing_in_an_empty_span():
    article = Article("Norland met Sudland.")
    assert relate(analyse(article), article.span(0, 0), article.span(12, 19)) is None


def test_no_words_give_no_events():
    assert find_events(analyse(Article("")), (), (), (), (), ()) == ()


_VOCABULARY = (
    "Norland Sudland Lund will not has been attack attacked the talks with between by to of if "
    "said that — “ ” , . ? invasion sanctions on imposed which who to meet meeting and troops "
    "refused threatened should \ud800 \u00a0 's was is ( ) - up build"
)
WORDS = st.sampled_from(_VOCABULARY.split(" "))


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_events_point_into_the_text_in_order(text):
    claim = ["Lund", "said", text[len(text) // 2 :]]
    claims = [claim] if "said" in text and claim[2] else []
    events, names = events_of(text, ["Norland", "Sudland", "Lund"], claims)
    assert [event.id for event in events] == [f"e{n}" for n in range(1, len(events) + 1)]
    starts = [event.trigger[0].start for event in events]
    assert starts == sorted(starts)
    for event in events:
        spans = (*event.trigger, event.text)
        assert all(text[span.start : span.end] == span.text for span in spans)
        assert {*event.actors, *event.recipients} <= names.keys()


OWN = """
[types.BLOCKADE]
cameo = ["191"]
[types.TALKS]
plover = ["CONSULT"]
[types.CALL]
plover = ["CONSULT/phone"]
[types.WARNING]
examples = ["[Norland] warned {Sudland} of consequences.", "[Lund] warned {the mayor} of a strike."]
"""


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Norland blockaded Sudland on Tuesday.", "BLOCKADE"),
        ("Norland met Sudland on Tuesday.", "TALKS"),
        ("Norland phoned Sudland on Tuesday.", "CALL"),
        ("Norland warned Sudland of a war on Tuesday.", "WARNING"),
        ("Norland praised Sudland on Tuesday.", None),
    ],
)
def test_a_codebook_of_ones_own_labels_events(tmp_path, text, label):
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    article = Article(text)
    document, actors = analyse(article), actors_of(article, ["Norland", "Sudland"])
    events = find_events(document, with_targets(document, actors, ()), (), (), (), ())
    labelled = label_events(document, events, actors, ontology=read_ontology(path))
    assert [each.label for each in labelled] == [label]


def test_the_words_that_tell_an_event_have_a_whole_quotation():
    record = onrecord.read('Norland said on Monday that Elmland had sent its "main reply" to Berg.')
    triggers = [span.text for event in record.events for span in event.trigger]
    assert all(text.count('"') != 1 for text in triggers), triggers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("President Donald Trump attacked the FBI on Sunday.", "ACCUSE"),
        ("Rebels attacked the FBI in Berlin on Sunday.", "ASSAULT"),
        ("President Vladimir Putin attacked Ukraine on Sunday.", "ASSAULT"),
    ],
)
def test_a_politician_attacks_bodies_and_people_in_words(text, kind):
    (event,) = onrecord.read(text).events
    assert event.type == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Norway demonstrated on Monday that Sweden was wrong.", set()),
        ("Sweden gave a commitment to Norway on Monday.", {"AID"}),
        ("The derailment of a train killed three people in Norway.", set()),
        ("Norwegian stock prices have rallied on hopes of a deal with Sweden.", set()),
        ("Norway threatened to launch a nuclear strike against Sweden.", {"PROTEST"}),
        ("The Swedish minister clashed on Twitter with Norway.", {"ASSAULT"}),
    ],
)
def test_what_only_sounds_like_a_deed_is_none(text, kinds):
    found = {event.type for event in onrecord.read(text).events}
    assert not found & (kinds or {"PROTEST", "ASSAULT"})


def test_who_is_supported_is_not_whom_they_fight():
    text = "Tehran has supported Kurdish guerrillas in operations against Iraqi positions."
    record = onrecord.read(text)
    names = {each.id: each.name for each in record.actors}
    (event,) = [each for each in record.events if each.type == "SUPPORT"]
    assert [names[each] for each in event.recipients] == ["Kurdish guerrillas"]


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        (
            "The Russian, Turkish and Iranian foreign ministers met in Astana.",
            "CONSULT",
            "IRN RUS TUR",
            "IRN RUS TUR",
        ),
        ("U.S. and South Korean forces held joint drills.", "COOPERATE", "KOR USA", "KOR USA"),
        ("British and French ministers condemned Iran.", "ACCUSE", "FRA GBR", "IRN"),
        ("Israel and Jordan blamed each other for the delay.", "ACCUSE", "ISR JOR", "ISR JOR"),
        ("Iran and Iraq fired missiles at one another.", "ASSAULT", "IRN IRQ", "IRN IRQ"),
        ("Merkel, on a visit to Moscow, said talks would go on.", "CONSULT", "DEU", "RUS"),
        ("Merkel was in Paris for talks with Macron.", "CONSULT", "DEU FRA", "DEU FRA"),
        ("Merkel told Macron in a phone call that she was glad.", "CONSULT", "DEU FRA", "DEU FRA"),
        ("Angela Merkel left for China on Monday.", "CONSULT", "DEU", "CHN"),
    ],
)
def test_several_nations_and_occasions_are_parties(text, kind, actors, recipients):
    record = onrecord.read(text)
    country = {each.id: each.country for each in record.actors}
    (event,) = [each for each in record.events if each.type == kind]
    assert " ".join(sorted(country[each] for each in event.actors)) == actors
    assert " ".join(sorted(country[each] for each in event.recipients)) == recipients


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Putin denied any Russian interference in the French election.", "denied"),
        ("Merkel will speak to students on a visit to Russia.", "planned"),
        ("Merkel spoke to students on a visit to Russia.", "happened"),
    ],
)
def test_an_occasion_is_as_real_as_what_is_done_on_it(text, status):
    (event,) = onrecord.read(text).events
    assert event.status == status


def test_a_threat_is_one_event_though_a_frame_and_a_statement_tell_it():
    record = onrecord.read("Donald Trump has threatened action over China’s trade surplus.")
    (event,) = record.events
    assert event.type == "THREATEN"
    assert event.recipients


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Three Turkish soldiers were killed in an attack by Israel.", "ISR", "TUR"),
        ("Two Turkish soldiers were wounded in an Israeli raid.", "ISR", "TUR"),
        ("Israel struck Taliban positions near Kabul.", "ISR", "AFG"),
        ("Turkey shot down a Russian warplane.", "TUR", "RUS"),
        ("Iran attacked a British-flagged tanker on Monday.", "IRN", "GBR"),
    ],
)
def test_violence_has_its_parties(text, actors, recipients):
    record = onrecord.read(text)
    country = {each.id: each.country for each in record.actors}
    (event,) = [each for each in record.events if each.type == "ASSAULT" and each.recipients]
    assert [country[each] for each in event.actors] == [actors]
    assert [country[each] for each in event.recipients] == [recipients]
    assert event.mode != "execute"


@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients"),
    [
        ("A court in Spain ordered the Iranian tanker’s release.", "RETREAT", "ESP", "IRN"),
        ("A Saudi-led strike hit Yemeni soldiers.", "ASSAULT", "SAU", "YEM"),
        ("Britain has rolled back tariffs on Chinese goods.", "CONCEDE", "GBR", "CHN"),
        ("India extradited a Pakistani militant to Nepal.", "COOPERATE", "IND", "NPL"),
        ("France declared a state of emergency.", "COERCE", "FRA", ""),
        (
            "Germany called on Iran to leave Syria and withdraw troops from Iraq.",
            "RETREAT",
            "IRN",
            "IRQ",
        ),
        ("Germany appealed to Iran to release two Danes.", "RETREAT", "IRN", "DNK"),
        ("Three Russians have been released from captivity.", "RETREAT", "", "RUS"),
        ("UK and EU negotiators agreed a trade deal.", "SUPPORT", "GBR IGO", "GBR IGO"),
    ],
)
def test_parties_behind_adjectives_and_owners(text, kind, actors, recipients):
    record = onrecord.read(text)
    country = {each.id: each.country for each in record.actors}
    (event,) = [each for each in record.events if each.type == kind]
    assert " ".join(sorted(country[each] for each in event.actors)) == actors
    assert " ".join(sorted(country[each] for each in event.recipients)) == recipients


def test_event_data_has_two_sides_but_for_protests():
    record = onrecord.read("France lifted a travel ban. Chinese workers boycotted the vote.")
    assert {each.type for each in record.events} == {"CONCEDE", "PROTEST"}
    assert {each["event"] for each in coded_events(record)} == {"PROTEST"}


@pytest.mark.parametrize(
    ("text", "kind", "parties", "status"),
    [
        ("Britain blamed Russia for bombing Georgia.", "ASSAULT", "RUS > GEO", "claimed"),
        ("France accused Rwanda of bombing Congo.", "ASSAULT", "RWA > COD", "claimed"),
        ("Russia is accused of attacks on Ukraine.", "ASSAULT", "RUS > UKR", "claimed"),
        ("Egypt condemned Israel for bombing Syria.", "ASSAULT", "ISR > SYR", "happened"),
        ("France warned Iran against attacking Israel.", "ASSAULT", "IRN > ISR", "hypothetical"),
        ("Germany called on Iran to bomb Syria.", "ASSAULT", "IRN > SYR", "demanded"),
        ("Spain called for Russia to bomb Syria.", "ASSAULT", "RUS > SYR", "demanded"),
        ("Merkel called Macron on Sunday to thank Spain.", "SUPPORT", "DEU > ESP", "happened"),
        ("Parliament in Rome voted to condemn Russia.", "ACCUSE", "ITA > RUS", "happened"),
        ("U.S. troops pulled out of Iraq in 2011.", "RETREAT", "USA > IRQ", "happened"),
        ("Hezbollah fired rockets into northern Israel.", "ASSAULT", "LBN > ISR", "happened"),
        ("North Korea fired a missile into the Sea of Japan.", "MOBILIZE", None, "happened"),
        ("The decision by Israel to bomb Syria was criticised.", "ASSAULT", "ISR > SYR", "planned"),
        ("A plan of Israel to bomb Syria was rejected by Iran.", "ASSAULT", "ISR > SYR", "planned"),
        (
            "Iran and Iraq agreed to reopen their embassies.",
            "AGREE",
            "IRN IRQ > IRN IRQ",
            "happened",
        ),
        ("Norway gave Ukraine six F-16 jets.", "AID", "NOR > UKR", "happened"),
        ("Iran plotted an attack on Saudi Arabia.", "ASSAULT", "IRN > SAU", "planned"),
        ("Israel is considering a strike on Iran.", "ASSAULT", "ISR > IRN", "hypothetical"),
        ("Neither France nor Spain attacked Iraq.", "ASSAULT", "FRA ESP > IRQ", "denied"),
        ("Syrian rebels, backed by France, attacked Iraq.", "ASSAULT", "SYR > IRQ", "happened"),
        ("France condemned Iran for its attack on Israel.", "ASSAULT", "IRN > ISR", "happened"),
        (
            "Spain and its allies have imposed sanctions on Iran since its invasion of Iraq.",
            "ASSAULT",
            "IRN > IRQ",
            "happened",
        ),
        (
            "The U.S. sanctioned Iran over its arms shipments to Libya.",
            "AID",
            "IRN > LBY",
            "happened",
        ),
        (
            "China refused to condemn the invasion of Georgia by Russian forces.",
            "ACCUSE",
            "CHN > RUS",
            "denied",
        ),
        (
            "China refused to condemn the invasion of Georgia by Russian forces.",
            "ASSAULT",
            "RUS > GEO",
            "claimed",
        ),
        (
            "Syria’s president, whose troops bombed Greece, visited Spain.",
            "ASSAULT",
            "SYR > GRC",
            "happened",
        ),
        ("Rosneft has been under U.S. sanctions since 2014.", "SANCTION", "USA > RUS", "ongoing"),
        ("Gaza is under Israeli blockade.", "ASSAULT", "ISR > PSE", "ongoing"),
        ("Syria came under attack from Turkish forces.", "ASSAULT", "TUR > SYR", "happened"),
        ("Iran was behind the cyberattack on Albania.", "COERCE", "IRN > ALB", "happened"),
        ("Iran was responsible for the attack on Kuwait.", "ASSAULT", "IRN > KWT", "happened"),
        (
            "Iran claimed responsibility for the attack on Kuwait.",
            "ASSAULT",
            "IRN > KWT",
            "happened",
        ),
        ("Chad repelled an attack by Libyan rebels.", "ASSAULT", "LBY > TCD", "happened"),
        ("Rockets were fired from Lebanon into Israel.", "ASSAULT", "LBN > ISR", "happened"),
        ("Mexico has pushed back at demands by Canada.", "REJECT", "MEX > CAN", "happened"),
        (
            "He suggested U.S. sanctions on Iran could be lifted.",
            "CONCEDE",
            "USA > IRN",
            "hypothetical",
        ),
        ("A Chinese warship sailed near Taiwan on Monday.", "MOBILIZE", "CHN > TWN", "happened"),
        ("North Korea conducted its sixth nuclear test.", "MOBILIZE", "PRK > ", "happened"),
        ("North Korea fired a volley of missiles on Sunday.", "MOBILIZE", "PRK > ", "happened"),
        (
            "Contacts between Russian officials and Iran continued.",
            "CONSULT",
            "RUS IRN > RUS IRN",
            "happened",
        ),
        (
            "Spain’s ambassador discussed tariffs on steel with French officials.",
            "CONSULT",
            "ESP FRA > FRA ESP",
            "happened",
        ),
        ("Macron travels to Japan next week.", "CONSULT", "FRA > JPN", "planned"),
        ("Inspectors from Japan were denied access by Iran.", "REJECT", "IRN > JPN", "happened"),
        ("Ecuador withdrew asylum from a British hacker.", "COERCE", "ECU > GBR", "happened"),
        ("Sweden applied to join NATO.", "REQUEST", "SWE > IGO", "happened"),
        (
            "Turkish hackers breached the networks of Greek banks.",
            "COERCE",
            "TUR > GRC",
            "happened",
        ),
        ("Police in Minsk beat a Danish journalist.", "ASSAULT", "BLR > DNK", "happened"),
        ("Turkey detained 12 people in Ankara.", "COERCE", "TUR > TUR", "happened"),
        ("France remains committed to Ukraine’s sovereignty.", "SUPPORT", "FRA > UKR", "happened"),
        (
            "Iran summoned the Danish ambassador to protest the raid.",
            "ACCUSE",
            "IRN > DNK",
            "happened",
        ),
        ("Peru’s Congress impeached President Castillo.", "ACCUSE", "PER > PER", "happened"),
        ("Australia pulled its troops out of Iraq.", "RETREAT", "AUS > IRQ", "happened"),
        ("Washington offered Moscow talks on missiles.", "AGREE", "USA > RUS", "happened"),
        ("Hong Kong banned protests on Friday.", "COERCE", "HKG > ", "happened"),
    ],
)
def test_who_does_what_another_says(text, kind, parties, status):
    record = onrecord.read(text)
    country = {each.id: each.country for each in record.actors}
    (event,) = [each for each in record.events if each.type == kind]
    sides = [" ".join(country[each] for each in side) for side in (event.actors, event.recipients)]
    assert parties in {None, " > ".join(sides)}
    assert event.status == status


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Russia defended its invasion of Ukraine.", {"ASSAULT"}),
        ("Orban refused to back an embargo against Russia.", {"REJECT"}),
        ("The minister spoke to Reuters on Monday.", set()),
        ("Turkey vetoed the start of talks with Sweden and Finland.", {"REJECT"}),
        ("Israel intercepted rockets fired by Iran.", {"MOBILIZE"}),
    ],
)
def test_nobody_does_what_only_stands_nearby(text, kinds):
    record = onrecord.read(text)
    assert {each.type for each in record.events} == kinds


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Kremlin said it was not planning to attack Ukraine.", "denied"),
        ("Russia does not plan to attack Ukraine.", "denied"),
        ("Russia has no plans to attack Ukraine.", "denied"),
        ("Russia had no intention of attacking Ukraine.", "denied"),
        ("Israel is not considering a strike on Iran.", "denied"),
        ("Iran is unlikely to attack Israel.", "hypothetical"),
        ("Iran is not expected to attack Israel.", "hypothetical"),
        ("Russia stopped short of attacking Ukraine.", "denied"),
        ("Macron ruled out attacking Iran.", "denied"),
        ("Israel came close to bombing Iran.", "hypothetical"),
        ("Russia has yet to attack Ukraine.", "denied"),
        ("Had Russia attacked Ukraine, NATO would have responded.", "hypothetical"),
        ("Analysts doubt that China will invade Taiwan.", "hypothetical"),
        ("Ukraine is free to attack Russia, Biden said.", "hypothetical"),
        ("Fears that Russia will invade Ukraine have grown.", "hypothetical"),
        ("There is no sign that Russia will attack Ukraine.", "hypothetical"),
        ("There is no evidence that Iran attacked Kuwait.", "denied"),
        ("Turkey nearly attacked Greece in 1996.", "hypothetical"),
        ("Nobody believes that Spain will attack Portugal.", "hypothetical"),
        ("Iran dismissed claims that it attacked Iraq.", "denied"),
        ("The allegations that Iran attacked Iraq surfaced in July.", "claimed"),
        ("Moscow insists it will not invade Ukraine.", "denied"),
        ("Iran threatened to retaliate for the killing of a Syrian general.", "claimed"),
    ],
)
def test_an_attack_is_as_real_as_the_words_around_it(text, status):
    (event,) = [each for each in onrecord.read(text).events if each.type == "ASSAULT"]
    assert event.status == status


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("North Korea fired two missiles toward the Sea of Japan.", "PRK>"),
        ("Germany will send 5,000 helmets to Ukraine, its defence minister said.", "DEU>UKR"),
        ("World powers imposed sanctions on Belarus.", "world powers>BLR"),
        (
            "Iran and world powers resumed nuclear talks on Monday.",
            "IRN world powers>IRN world powers",
        ),
        ("Iran and six countries held talks.", "IRN six countries>IRN six countries"),
    ],
)
def test_who_takes_part_is_who_can(text, parties):
    record = onrecord.read(text)
    names = {each.id: each.country or each.name.lower() for each in record.actors}
    (event,) = record.events
    told = (" ".join(names[each] for each in side) for side in (event.actors, event.recipients))
    assert ">".join(told) == parties


def test_a_call_for_something_is_no_telephone_call():
    record = onrecord.read("The Kremlin rejected Kyiv's call for a meeting of Putin and Zelensky.")
    assert [each.cameo for each in record.events if each.status == "denied"] == []


@pytest.mark.parametrize(
    ("text", "kind", "parties"),
    [
        ("Hungary blocked an EU statement condemning Russia.", "REJECT", "HUN>IGO"),
        ("Finland closed its border with Russia.", "COERCE", "FIN>RUS"),
        ("Russia closed its airspace to British airlines.", "COERCE", "RUS>GBR"),
        ("Russia struck Ukraine's energy infrastructure overnight.", "ASSAULT", "RUS>UKR"),
        ("Israel said it had struck Hezbollah targets.", "ASSAULT", "ISR>LBN"),
        ("Egypt received an Israeli delegation in Cairo.", "CONSULT", "EGY>ISR"),
        ("Nigeria's army rescued twenty hostages from Boko Haram.", "AID", "NGA>None"),
    ],
)
def test_who_is_acted_upon_is_whose_matter_it_is(text, kind, parties):
    record = onrecord.read(text)
    codes = {each.id: str(each.country) for each in record.actors}
    event = next(each for each in record.events if each.type == kind)
    assert f"{codes[event.actors[0]]}>{codes[event.recipients[0]]}" == parties


def test_a_ministry_that_tells_of_its_own_forces_accuses_nobody():
    text = "Turkish forces killed 13 militants in Iraq on Monday, the defence ministry said."
    assert [each.type for each in onrecord.read(text).events] == ["ASSAULT"]


def test_who_says_that_a_drone_was_shot_down_refuses_nothing():
    (said,) = onrecord.read("Iran said it had shot down an American drone.").statements
    assert said.act == "state"
