"""The nouns, named by stage: Seed → Record → Paper → Edition, Topic → Digest → Page.

All are frozen. A stage takes nouns and gives back new ones (`dataclasses.replace`).
Text keeps the place it came from, so that every message and page can say it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Literal

LinkKind = Literal["code", "data", "model", "project", "video", "paper", "other"]
TitleFrom = Literal["seed", "match", "index", "headline", "identifier"]


# --- documents -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """What people say about one document in seeds/sources.yml."""

    name: str | None = None
    url: str | None = None
    date: datetime.date | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Seed:
    """One document, decoded: `text` has `\\n` line ends and no control characters."""

    name: str
    text: str
    note: Note = Note()
    sha: str = ""
    """The first 16 hex digits of the SHA-256 of its bytes: its name for those who rename it."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """What was mended while decoding, and how often: {"no-break space": 12}."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a document that a person should know, at a 1-based line."""

    seed: str
    line: int
    message: str
    refused: int = 0
    """How many records it cost: 0 for a remark, 1 for a record left out."""
    text: str = ""
    """The piece that was refused, as it was, so that it can be mended and added again."""

    def __str__(self) -> str:
        """Say where and what, as a compiler would."""
        return f"{self.seed}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Guess:
    """How sure a format is that a document is its own, and what it missed."""

    confidence: float
    """From 0 (certainly not) to 1 (certainly)."""
    missing: str = ""
    """What the document would need to be of this format: 'a line that reads Abstract:'."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date found in a document; `year` is None where the text does not give it."""

    month: int
    day: int
    year: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """An address that belongs to a paper."""

    url: str
    kind: LinkKind = "other"


@dataclass(frozen=True, slots=True, repr=False)
class Publication:
    """What a paper was published as, in what, and by whom; a part nobody tells is empty."""

    kind: str = ""
    """One of CSL's types (`kinds`)."""
    genre: str = ""
    """Which thesis: "PhD thesis"."""
    container: str = ""
    """The title of the journal, the book or the proceedings."""
    volume: str = ""
    issue: str = ""
    """Its number; of a report the report's own."""
    pages: str = ""
    """As 107-118, or the number of the article."""
    publisher: str = ""
    """Of a thesis the school, of a report the institution."""
    isbn: str = ""
    issn: str = ""

    def __bool__(self) -> bool:
        """Whether anything is told."""
        return bool(self.told())

    def told(self) -> dict[str, str]:
        """The parts that are not empty, by name."""
        return {name: value for name in _PARTS if (value := getattr(self, name))}

    def __repr__(self) -> str:
        """As it is made."""
        parts = ", ".join(f"{name}={value!r}" for name, value in self.told().items())
        return f"Publication({parts})"


_PARTS = tuple(part.name for part in fields(Publication))


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as one document tells of it.

    As an input format yields it, `title` and `abstract` hold the text as found
    (TeX and all, lines joined); `pipeline.clean` moves that to `markup` and puts
    plain Unicode in its place.
    """

    seed: str
    line: int
    """1-based line of the abstract, or of the title where there is no abstract."""
    format: str
    position: int
    """1-based place among the records of its document."""
    title: str | None = None
    abstract: str = ""
    authors: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """{"arxiv": "2307.04990", "doi": "10.1000/x", "acl": …, "openreview": …}; arXiv ids without version."""
    links: tuple[Link, ...] = ()
    date: datetime.date | None = None
    """The day the record itself gives (submitted, published), not its document's."""
    updated: datetime.date | None = None
    """The day of the version that it tells of, where that is not the first."""
    categories: tuple[str, ...] = ()
    venue: str | None = None
    publication: Publication = Publication()
    comment: str | None = None
    markup: str = ""
    """The abstract with its TeX, once `abstract` is plain; empty where they are the same."""
    sha: str = ""
    """`Seed.sha` of its document."""


@dataclass(frozen=True, slots=True)
class Letters:
    """How the letters of a document were taken, blanks aside: `total` is the sum of all others."""

    total: int = 0
    papers: int = 0
    refused: int = 0
    unread: int = 0
    """Of text that is neither a record nor known to be something else."""
    furniture: Mapping[str, int] = field(default_factory=dict)
    """By kind: what belongs to a page or to the syntax of a format."""

    def __add__(self, other: Letters) -> Letters:
        """The sums of two parts of a document."""
        kinds = sorted({*self.furniture, *other.furniture})
        return Letters(
            self.total + other.total,
            self.papers + other.papers,
            self.refused + other.refused,
            self.unread + other.unread,
            {kind: self.furniture.get(kind, 0) + other.furniture.get(kind, 0) for kind in kinds},
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """One document, read: its records and whatever could not be read."""

    seed: Seed
    format: str
    confidence: float = 0.0
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    date: DateLine | None = None
    label: str = ""
    """What readers call a document of this format."""
    letters: Letters = Letters()

    @property
    def name(self) -> str:
        """What readers call the document: what a person wrote down, else what it is."""
        return self.seed.note.name or self.label or self.format


# --- papers ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paper was found: a record's place and what the document is called."""

    seed: str
    line: int
    format: str
    position: int
    name: str
    """What readers call the document: its name in sources.yml, else its format's."""
    url: str | None = None
    day: datetime.date | None = None
    """The document's date, where it has one."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A paper's place in a topic, and why."""

    topic: str
    score: float
    why: tuple[str, ...] = ()
    """The words of the paper that put it there, as they stand in it."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A related paper, and what both speak of."""

    id: str
    score: float
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, whatever number of documents tell of it."""

    id: str
    date: datetime.date
    """The day of its edition."""
    title: str
    title_from: TitleFrom
    abstract: str
    markup: str = ""
    """The abstract with its TeX; empty where that is the abstract."""
    tldr: str = ""
    authors: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    published: datetime.date | None = None
    """The day the paper itself came out, where a record gives it."""
    revised: datetime.date | None = None
    """The day of its newest version, where a record tells of one that is not the first."""
    withdrawn: bool = False
    """Whether its authors took it back, as a record says."""
    categories: tuple[str, ...] = ()
    venue: str | None = None
    """Where it came out, as readers are told it."""
    publication: Publication = Publication()
    comment: str | None = None
    keyphrases: tuple[str, ...] = ()
    topics: tuple[Assignment, ...] = ()
    """The primary topic first."""
    related: tuple[Neighbour, ...] = ()
    sources: tuple[Source, ...] = ()
    updated: datetime.date | None = None
    """The last day on which what documents say of it changed."""

    @property
    def url(self) -> str:
        """The paper's permanent address, relative to the site."""
        return f"papers/{self.id}/"

    @property
    def is_untitled(self) -> bool:
        """Whether its title is none of its authors': a headline of ours, or the name of an identifier."""
        return self.title_from in ("headline", "identifier")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register: a paper that was published, and is remembered for ever."""

    id: str
    day: datetime.date
    updated: datetime.date
    """The last day on which what the page says changed."""
    title: str
    """As last published; `headline` tells whether it is ours."""
    headline: bool = False
    identifiers: Mapping[str, str] = field(default_factory=dict)
    sketch: tuple[int, ...] = ()
    """Of its abstract (`sketch.Sketch`), by which it is known again."""
    sum: str = ""
    """A check sum of what the page says."""
    was: tuple[datetime.date, ...] = ()
    """Earlier days whose edition held the paper."""
    topics: tuple[str, ...] = ()
    """The slugs of its primary topics, from the first to the present one."""
    into: str | None = None
    """The id of the paper it turned out to be."""

    @property
    def url(self) -> str:
        """The paper's address, relative to the site."""
        return f"papers/{self.id}/"


@dataclass(frozen=True, slots=True)
class Topic:
    """A section of the digest and its papers, the newest first."""

    name: str
    slug: str
    description: str = ""
    papers: tuple[Paper, ...] = ()

    @property
    def url(self) -> str:
        """The topic's permanent address, relative to the site."""
        return f"topics/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Edition:
    """One day of the digest: its papers, the first to be read first."""

    day: datetime.date
    number: int
    """1 for the first edition of the digest, then upwards."""
    papers: tuple[Paper, ...]

    @property
    def url(self) -> str:
        """The edition's permanent address, relative to the site."""
        return f"days/{self.day.isoformat()}/"


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one document: `read = published + merged + refused`."""

    seed: str
    name: str
    """What readers call the document: its name in sources.yml, else its format's."""
    url: str | None
    format: str
    confidence: float
    day: datetime.date | None
    read: int
    published: int
    merged: int
    refused: int
    problems: tuple[Problem, ...] = ()
    letters: Letters = Letters()


@dataclass(frozen=True, slots=True)
class Totals:
    """What became of all records: `read = published + merged + refused`."""

    read: int
    published: int
    merged: int
    refused: int

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> Totals:
        """Add up accounts."""
        every = list(accounts)
        return cls(
            read=sum(account.read for account in every),
            published=sum(account.published for account in every),
            merged=sum(account.merged for account in every),
            refused=sum(account.refused for account in every),
        )

    def to_json(self) -> dict[str, int]:
        """The sums under their names."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that was published once and has no page of its own any more."""

    url: str
    title: str
    to: tuple[tuple[str, str], ...] = ()
    """Where its papers are now, as (address, title); empty where they are gone."""


# --- the site --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Query:
    """A saved search that has feeds of its own: papers of any of its topics with any of its phrases."""

    name: str
    topics: tuple[str, ...] = ()
    """Names of topics; empty for all papers."""
    phrases: tuple[str, ...] = ()
    """Empty for papers that say anything."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the site is called, where it will stand, and how it is cut into pages and feeds."""

    name: str
    url: str = ""
    """The address everything absolute begins with; has a slash at its end."""
    is_preview: bool = False
    """Whether that is only this machine, as nobody has said where the site will stand."""
    description: str = ""
    feed_id: str = "digest"
    """What sets the items of this digest's feeds apart from those of any other."""
    per_page: int = 50
    feed_items: int = 30
    hub: str = ""
    """The WebSub hub that is told of new editions; empty where there is none."""
    queries: tuple[Query, ...] = ()
    signup: str = ""
    """Where readers subscribe to the mail; empty where they cannot."""
    guide: str = ""
    """The address of a guide written by hand, relative to the site; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything there is to publish, as one value."""

    site: Site
    papers: tuple[Paper, ...]
    """The newest first; within a day the first to be read first."""
    editions: tuple[Edition, ...]
    """The newest first."""
    topics: tuple[Topic, ...]
    accounts: tuple[Account, ...]
    today: datetime.date
    redirects: tuple[Redirect, ...] = ()

    @property
    def totals(self) -> Totals:
        """The sums over all documents."""
        return Totals.of(self.accounts)


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site, ready to be written."""

    path: str
    """Relative to site_src, with forward slashes."""
    content: bytes
