"""What comes out: the record of one article.

These classes are the contract between reading, storing, exporting and showing. The JSON form of a
record and its JSON Schema (`onrecord.schema`) are both derived from them, so they cannot disagree.
"""

import dataclasses
import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from onrecord.article import PublishedFrom, Span

__all__ = [
    "ACTS",
    "EVENT_TYPES",
    "SECTORS",
    "Act",
    "Actor",
    "ActorKind",
    "ArticleEntry",
    "Dispute",
    "DisputeKind",
    "Event",
    "EventStatus",
    "EventType",
    "Granularity",
    "Notice",
    "Place",
    "Quad",
    "Record",
    "Sector",
    "Statement",
    "StatementMode",
    "Suspect",
    "Time",
]

ActorKind = Literal["person", "organization", "country", "place", "group"]
Sector = Literal[
    "GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "LEG", "MED", "EDU", "BUS", "CRM",
    "CVL", "AGR", "JRN", "LAB", "PRM", "REF", "REL", "SOC", "UAF", "ELI", "IGO", "NGO", "UNK",
]  # fmt: skip
StatementMode = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "state", "confirm", "deny", "accuse", "demand", "request", "offer", "promise", "agree",
    "reject", "threaten", "warn", "praise", "apologise", "ask", "announce", "expect", "opine",
]  # fmt: skip
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Quad = Literal[1, 2, 3, 4]
EventStatus = Literal[
    "happened", "ongoing", "planned", "demanded", "hypothetical", "denied", "claimed"
]
DisputeKind = Literal["denial", "contradiction", "correction"]
Granularity = Literal["hour", "day", "week", "month", "year", "vague"]

ACTS: tuple[Act, ...] = get_args(Act)
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
SECTORS: tuple[Sector, ...] = get_args(Sector)

_Found = TypeVar("_Found", "Actor", "Statement", "Event")


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """The article a record is about, with the text that every offset refers to."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: dt.date | dt.datetime | None
    published_from: PublishedFrom | None
    language: str | None
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Time:
    """An expression of time, resolved.

    Attributes:
        date: ISO 8601: a day `2022-02-01`, an hour `2022-02-01T14`, a month `2022-01`, a year, or
            an interval `2022-01-24/2022-01-30`; None where the words name no date.
        granularity: How fine `date` is; `vague` for `recently` or `for weeks`.
        text: The words.
        span: Where they stand.
        found_by: The rule that resolved them.
    """

    date: str | None
    granularity: Granularity
    text: str
    span: Span
    found_by: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the text.

    Attributes:
        name: Its usual English name.
        country: ISO 3166 alpha-3, or None where disputed or unknown.
        lat: Degrees north, or None.
        lon: Degrees east, or None.
        geonames: GeoNames id, or None.
        span: Where it is named.
        found_by: The rule and the knowledge entry.
    """

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    span: Span
    found_by: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who speaks, acts, or is acted upon.

    Attributes:
        id: `a1`, `a2`, ... in order of first mention.
        name: The fullest name in the text or, where known, the usual one.
        kind: `country` for a state and what stands for its government (`Kremlin`, `Moscow`).
        country: ISO 3166 alpha-3, `IGO`, `NGO`, or None.
        sector: PLOVER sector, or None.
        title: Office or role, as held on the article's day.
        unnamed: True for `officials`, `a senior State Department official`.
        links: `wikipedia:Title`, `wikidata:Q...` where known.
        mentions: Every place in the text that means this actor, in order.
        confidence: Probability that kind, country and mentions hold.
        found_by: The rule and the knowledge entry.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: Sector | None
    title: str | None
    unnamed: bool
    links: tuple[str, ...]
    mentions: tuple[Span, ...]
    confidence: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says something.

    Attributes:
        id: `s1`, `s2`, ... in order of the text.
        speakers: Actor ids; empty where the text names no source.
        source: Words that name the speaker.
        cue: Words that say it is said (`accused`, `according to`).
        content: What is said, quotation marks included; several spans where a cue breaks it.
        quoted: The verbatim words inside quotation marks, marks and insertions left out.
        insertions: Words an editor put into a quotation, brackets included.
        mode: Whether all, none or part of the content is quoted.
        act: What the speaker does by saying it.
        plover: PLOVER type of the act, or None where PLOVER has none.
        cameo: CAMEO code, or None.
        addressees: Actor ids of those spoken to.
        about: Actor ids of those spoken about.
        said_on: When it was said, from words of the text.
        place: Where it was said.
        within: Id of the statement that reports this one.
        denies: Ids of the statements that this one denies.
        hedged: True where the reporter or speaker marks it as uncertain (`reportedly`, `may`).
        confidence: Probability that source and content are right.
        found_by: The rule or network.
    """

    id: str
    speakers: tuple[str, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    quoted: tuple[Span, ...]
    insertions: tuple[Span, ...]
    mode: StatementMode
    act: Act
    plover: EventType | None
    cameo: str | None
    addressees: tuple[str, ...]
    about: tuple[str, ...]
    said_on: Time | None
    place: Place | None
    within: str | None
    denies: tuple[str, ...]
    hedged: bool
    confidence: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody does something to somebody.

    Attributes:
        id: `e1`, `e2`, ... in order of the text.
        type: One of the 16 PLOVER types.
        mode: PLOVER mode (`meet`, `annex`, ...), or None where the type has none or it is open.
        cameo: CAMEO code.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        goldstein: Goldstein value of the CAMEO code, -10 to 10.
        actors: Actor ids of those who act.
        recipients: Actor ids of those acted upon; for a reciprocal event the other party.
        trigger: The words that tell it, one span a mention.
        text: The sentence of the first mention.
        on: When, from words of the text.
        place: Where.
        status: Whether it happened, or is only planned, demanded, feared, denied or claimed.
        according_to: Ids of the statements that carry it; empty where the reporter tells it.
        disputed_by: Ids of the statements against it.
        confidence: Probability that type, actors and recipients hold.
        found_by: The rule or network.
        label: Type in a codebook of the reader's own, or None.
    """

    id: str
    type: EventType
    mode: str | None
    cameo: str
    quad: Quad
    goldstein: float
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    trigger: tuple[Span, ...]
    text: Span
    on: Time | None
    place: Place | None
    status: EventStatus
    according_to: tuple[str, ...]
    disputed_by: tuple[str, ...]
    confidence: float
    found_by: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A claim and an answer that goes against it.

    Attributes:
        id: `d1`, `d2`, ...
        claim: Id of the statement that is disputed.
        answer: Id of the statement against it.
        kind: A denial, a contradiction without a word of denial, or a correction.
        topic: Words in both, or in the answer, that say what it is about.
        why: One sentence for a person: what makes this a dispute.
        confidence: Probability that the two really are at odds.
        found_by: The rule.
    """

    id: str
    claim: str
    answer: str
    kind: DisputeKind
    topic: Span
    why: str
    confidence: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Suspect:
    """Wording that a machine seems to have put there.

    Attributes:
        span: The words.
        kind: `artefact` (no one writes it: `{that a}`), `collocation` (`information convention`),
            `substitution` (a word out of place).
        likely: The wording it probably replaced, or None.
        score: Probability that a machine put it there.
        found_by: The rule or network.
    """

    span: Span
    kind: Literal["artefact", "collocation", "substitution"]
    likely: str | None
    score: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of a record should know about how it was made.

    Attributes:
        code: `not-english`, `unbalanced-quotation-marks`, `no-publication-date`, ...
        message: One sentence for a person.
    """

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that reading one article yields."""

    article: ArticleEntry
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    suspect: tuple[Suspect, ...] = ()
    notices: tuple[Notice, ...] = ()
    format: str = dataclasses.field(default="onrecord/1", kw_only=True)

    def actor(self, actor_id: str) -> Actor:
        """Return the actor with this id, or raise KeyError."""
        return _by_id(self.actors, actor_id)

    def statement(self, statement_id: str) -> Statement:
        """Return the statement with this id, or raise KeyError."""
        return _by_id(self.statements, statement_id)

    def event(self, event_id: str) -> Event:
        """Return the event with this id, or raise KeyError."""
        return _by_id(self.events, event_id)


def _by_id(findings: tuple[_Found, ...], finding_id: str) -> _Found:
    for finding in findings:
        if finding.id == finding_id:
            return finding
    raise KeyError(finding_id)
