"""What questions to a store are answered with: typed rows."""

import datetime as dt
from dataclasses import dataclass

__all__ = [
    "ArticleLine",
    "Copied",
    "Corrected",
    "Counted",
    "Disputed",
    "Doubtful",
    "Failed",
    "Happened",
    "Learned",
    "Link",
    "Moment",
    "Profile",
    "Role",
    "Run",
    "Said",
    "Scene",
    "Story",
]

SILENT = dt.timedelta(minutes=10)
"""A run writes every few seconds; the longest article takes minutes."""


@dataclass(frozen=True, slots=True)
class Said:
    """One statement.

    Attributes:
        id: `12/s3`: the article's number in the store, and the finding.
        day: When it was said, or else published.
        speakers: Names; the source's words where the text names no one.
        act: What the speaker does by saying it.
        content: What is said, as printed.
        addressees: Names of those spoken to.
        about: Names of those spoken about.
        mode: direct, indirect or mixed.
        outlet: Who published it.
        title: Of the article.
        url: Of the article.
        confidence: Probability that source and content are right.
    """

    id: str
    day: str | None
    speakers: tuple[str, ...]
    act: str
    content: str
    addressees: tuple[str, ...]
    about: tuple[str, ...]
    mode: str
    outlet: str | None
    title: str | None
    url: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of one article.

    Attributes:
        id: `12/e1`.
        day: When, or else when it was published.
        type: PLOVER type.
        mode: PLOVER mode.
        cameo: CAMEO code.
        quad: 1 to 4.
        goldstein: -10 to 10.
        actors: Names of those who act.
        recipients: Names of those acted upon.
        status: happened, ongoing, planned, demanded, hypothetical, denied or claimed.
        place: Where.
        country: ISO 3166 alpha-3 of the place.
        sentence: The sentence that tells it.
        outlet: Who published it.
        confidence: Probability that type, actors and recipients hold.
    """

    id: str
    day: str | None
    type: str
    mode: str | None
    cameo: str
    quad: int
    goldstein: float
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    status: str
    place: str | None
    country: str | None
    sentence: str
    outlet: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Disputed:
    """A claim and an answer against it.

    Attributes:
        id: `12/d1`.
        day: When the answer was given.
        kind: denial, contradiction or correction.
        claimed_by: Names.
        claim: What is disputed, as printed.
        answered_by: Names.
        answer: What is said against it, as printed.
        why: One sentence for a person.
        claim_id: The claim's `12/s3`.
        answer_id: The answer's.
        confidence: Probability that the two really are at odds.
        state: settled (by a correction), changed (who denied it came round later) or open.
        later: The statement that changed it: `15/s2`.
    """

    id: str
    day: str | None
    kind: str
    claimed_by: tuple[str, ...]
    claim: str
    answered_by: tuple[str, ...]
    answer: str
    why: str
    claim_id: str
    answer_id: str
    confidence: float
    state: str
    later: str


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article of the store.

    Attributes:
        id: Its number in the store.
        name: The giver's identifier, or the beginning of the text's hash.
        day: Of publication.
        outlet: Who published it.
        title: Headline.
        url: Address.
        words: Length.
        source: Where it was found.
        replaced_by: Number of the later version at the same address, if there is one.
    """

    id: int
    name: str
    day: str | None
    outlet: str | None
    title: str | None
    url: str | None
    words: int
    source: str
    replaced_by: int | None


@dataclass(frozen=True, slots=True)
class Copied:
    """An article of a group of copies, beside the group's original.

    Attributes:
        id: Its number in the store.
        copy_of: Number of the probable original; None for the original itself.
        kind: exact, near, cropped, rewritten or mixed; `original`; or `report` for an account of
            its own that quotes the same words.
        day: Of publication.
        outlet: Who published it.
        title: Headline.
        share: Part of it that stands in the original, 0 to 1.
        kept: Part of these words that are the same.
        quotes: Runs of quoted words that both have.
        rewriting: What its wording tells: `fingerprint:NAME`, suspect, unremarkable or unknown.
        why: For a person.
        source: Where it was found.
        probability: That one was made from the other, or both from a third.
    """

    id: int
    copy_of: int | None
    kind: str
    day: str | None
    outlet: str | None
    title: str | None
    share: float
    kept: float
    quotes: int
    rewriting: str | None
    why: str
    source: str
    probability: float


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a person said about a finding.

    Attributes:
        number: Of the correction.
        id: Of the finding: `12/s3`.
        action: confirm, correct or reject.
        field: What was corrected.
        value: What it was set to.
        by: Who said so.
        at: When.
        reason: Why.
        withdrawn: Whether it was taken back.
    """

    number: int
    id: str
    action: str
    field: str | None
    value: str | None
    by: str
    at: str
    reason: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Role:
    """An office that articles give somebody.

    Attributes:
        title: The office.
        first: Day of the first article that gives it.
        last: Day of the last.
        articles: How many give it.
    """

    title: str
    first: str | None
    last: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Profile:
    """What a store has of somebody.

    Attributes:
        name: The fullest name.
        others: Names of others that the question fits as well.
        kind: person, organization, country, ...
        country: ISO 3166 alpha-3, IGO, NGO or None.
        sector: PLOVER sector.
        links: `wikipedia:Title`.
        articles: How many name them.
        roles: Offices, the most frequent first.
        said: How many statements they made, by act.
        told: How many were made to them.
        about: How many were made about them.
        did: In how many events they act, by type.
        done_to: In how many they are acted upon.
        with_whom: With whom they share most events.
        by_month: Statements they made, by month.
    """

    name: str
    others: tuple[str, ...]
    kind: str
    country: str | None
    sector: str | None
    links: tuple[str, ...]
    articles: int
    roles: tuple[Role, ...]
    said: tuple[tuple[str, int], ...]
    told: tuple[tuple[str, int], ...]
    about: tuple[tuple[str, int], ...]
    did: tuple[tuple[str, int], ...]
    done_to: tuple[tuple[str, int], ...]
    with_whom: tuple[tuple[str, int], ...]
    by_month: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A statement or an event of a timeline.

    Attributes:
        day: When.
        kind: statement or event.
        id: `12/s3` or `12/e1`, of the article whose words are shown.
        who: Who says or does it.
        what: The act, or the PLOVER type with its status.
        whom: To or about whom.
        words: What is said, or the sentence that tells it.
        quad: Quad class of an event.
        goldstein: Goldstein value of an event.
        reports: Articles that tell of the event.
        independent: Those of them that are no copies of one another.
    """

    day: str | None
    kind: str
    id: str
    who: tuple[str, ...]
    what: str
    whom: tuple[str, ...]
    words: str
    quad: int | None
    goldstein: float | None
    reports: int
    independent: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of something."""

    key: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Story:
    """An article that is no copy, with what is said and done in it.

    Attributes:
        id: Its number.
        day: Of publication.
        outlet: Who published it.
        title: Headline, or where it was found.
        words: Length.
        rewriting: What its wording tells.
        reports: Articles that tell it: its copies, and others that tell of one of its events.
        independent: Those that are no copies of one another.
        related: Numbers of the other accounts.
        said: Statements.
        events: Events.
        disputes: Disputes.
    """

    id: int
    day: str | None
    outlet: str | None
    title: str
    words: int
    rewriting: str | None
    reports: int
    independent: int
    related: tuple[int, ...]
    said: tuple[Said, ...]
    events: tuple[Happened, ...]
    disputes: tuple[Disputed, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """A wording that copies have where their originals have another.

    Attributes:
        put: The wording of the copies.
        original: That of the originals.
        copies: In how many copies it was seen.
        article: Number of one of them.
    """

    put: str
    original: str
    copies: int
    article: int


@dataclass(frozen=True, slots=True)
class Link:
    """How often somebody speaks to or about, or acts on, somebody.

    Attributes:
        source: Who speaks or acts.
        source_country: Their country.
        target: To, about or on whom.
        target_country: Their country.
        number: How often.
        goldstein: Mean Goldstein value of events; 0 for statements.
    """

    source: str
    source_country: str | None
    target: str
    target_country: str | None
    number: int
    goldstein: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A place and how many events came to pass there.

    Attributes:
        place: Its name.
        country: ISO 3166 alpha-3.
        lat: Degrees north.
        lon: Degrees east.
        number: Events.
        goldstein: Their mean Goldstein value.
    """

    place: str
    country: str | None
    lat: float
    lon: float
    number: int
    goldstein: float


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A statement that is less certain than others, and that nobody has looked at."""

    id: str
    source: str
    cue: str
    content: str
    act: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Run:
    """A command that wrote to the store.

    Attributes:
        number: Which, in order.
        command: `ingest`, `watch`, `reread`, ...
        started_at: When it began, UTC.
        ended_at: When it ended; None while it runs, and if it was cut off.
        articles: How many it brought.
        latest_at: When the last of these was written; None for a run that wrote none anew, as one
            that reads again does.
    """

    number: int
    command: str
    started_at: str
    ended_at: str | None
    articles: int
    latest_at: str | None = None

    @property
    def per_minute(self) -> float | None:
        """Articles a minute until the last was written."""
        if self.latest_at is None:
            return None
        begun, latest = map(dt.datetime.fromisoformat, (self.started_at, self.latest_at))
        return 60 * self.articles / max((latest - begun).total_seconds(), 1.0)

    def is_silent(self, now: dt.datetime) -> bool:
        """Tell whether it has not ended, and stopped writing so long ago that it was cut off."""
        if self.ended_at is not None or self.latest_at is None:
            return False
        return now - dt.datetime.fromisoformat(self.latest_at) > SILENT


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that could not be taken in or read.

    Attributes:
        source: Where it was found.
        reason: What was wrong, and what would be right.
        at: When it was tried last.
    """

    source: str
    reason: str
    at: str
