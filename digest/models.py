"""The nouns, named by stage: Seed → Record → Paper → Edition, Topic → Digest → Page.

All are frozen: a stage takes nouns and returns new ones (`dataclasses.replace`).
Text keeps the document and line it came from, for every message and page.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Literal

LinkKind = Literal["code", "data", "model", "project", "video", "paper", "other"]
TitleFrom = Literal["seed", "match", "index", "headline", "identifier"]


# --- documents -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """What the editor wrote about one document in seeds/sources.yml."""

    name: str | None = None
    url: str | None = None
    date: datetime.date | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Seed:
    """One document, decoded: `text` has `\\n` line endings and no control characters."""

    name: str
    text: str
    note: Note = Note()
    sha: str = ""
    """The first 16 hex digits of the SHA-256 of its bytes: identifies it when it is renamed."""
    repairs: Mapping[str, int] = field(default_factory=dict)
    """What decoding repaired, and how often: {"no-break space": 12}."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the editor should know about a document, at a 1-based line."""

    seed: str
    line: int
    message: str
    refused: int = 0
    """How many records were left out because of it: 0 for a remark."""
    text: str = ""
    """The refused text as found, so that it can be corrected and added again."""

    def __str__(self) -> str:
        """Format as compilers do: `document:line: message`."""
        return f"{self.seed}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Guess:
    """How sure a format is that a document is written in it, and what the document lacks."""

    confidence: float
    """From 0 (certainly not) to 1 (certainly)."""
    missing: str = ""
    """What the document would need to be in this format: 'a line that reads Abstract:'."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date found in a document; `year` is None if the text does not give it."""

    month: int
    day: int
    year: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A web address that belongs to a paper."""

    url: str
    kind: LinkKind = "other"


@dataclass(frozen=True, slots=True, repr=False)
class Publication:
    """What a paper was published as, in what, and by whom; unknown parts are empty."""

    kind: str = ""
    """A CSL type (see `papers.publication_types`)."""
    genre: str = ""
    """A finer kind, such as "PhD thesis"."""
    container: str = ""
    """The title of the journal, the book or the proceedings."""
    volume: str = ""
    issue: str = ""
    """The number within the volume, or a report's own number."""
    pages: str = ""
    """Such as 107-118, or the article number."""
    publisher: str = ""
    """For a thesis the school, for a report the institution."""
    isbn: str = ""
    issn: str = ""

    def __bool__(self) -> bool:
        """Whether any part is known."""
        return bool(self.parts())

    def parts(self) -> dict[str, str]:
        """Return the parts that are known, by name."""
        return {name: value for name in _PARTS if (value := getattr(self, name))}

    def __repr__(self) -> str:
        """Show the known parts only."""
        parts = ", ".join(f"{name}={value!r}" for name, value in self.parts().items())
        return f"Publication({parts})"


_PARTS = tuple(part.name for part in fields(Publication))


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as one document describes it.

    An input format yields `title` and `abstract` as found (with TeX, lines joined);
    `papers.normalize` moves that to `markup` and puts plain Unicode in its place.
    """

    seed: str
    line: int
    """1-based line of the abstract, or of the title if there is no abstract."""
    format: str
    position: int
    """1-based position among the records of its document."""
    title: str | None = None
    abstract: str = ""
    authors: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """{"arxiv": "2307.04990", "doi": "10.1000/x", "acl": …, …}; arXiv ids have no version."""
    links: tuple[Link, ...] = ()
    date: datetime.date | None = None
    """The day given by the record itself (submitted, published), not by its document."""
    updated: datetime.date | None = None
    """The day of the version that it describes, if that is not the first."""
    categories: tuple[str, ...] = ()
    venue: str | None = None
    publication: Publication = Publication()
    comment: str | None = None
    markup: str = ""
    """The abstract with its TeX, once `abstract` is plain; empty if they are the same."""
    sha: str = ""
    """`Seed.sha` of its document."""
    sketch: str = ""
    """The MinHash of its abstract, else of its title (`papers.minhash`), once that is plain."""


@dataclass(frozen=True, slots=True)
class Letters:
    """What became of the characters of a document except blanks; `total` is the sum of the rest."""

    total: int = 0
    papers: int = 0
    refused: int = 0
    unread: int = 0
    """Characters of text that is neither in a record nor known to be something else."""
    furniture: Mapping[str, int] = field(default_factory=dict)
    """By kind: characters of page boilerplate and of the syntax of a format."""

    def __add__(self, other: Letters) -> Letters:
        """Add the counts of two parts of a document."""
        kinds = sorted({*self.furniture, *other.furniture})
        return Letters(
            self.total + other.total,
            self.papers + other.papers,
            self.refused + other.refused,
            self.unread + other.unread,
            {kind: self.furniture.get(kind, 0) + other.furniture.get(kind, 0) for kind in kinds},
        )


UNREADABLE = "unreadable"
"""What stands for the format of a document that could not be decoded to text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One document after reading: its records, and what could not be read."""

    seed: Seed
    """The document; those of a build are without text, which is needed no more."""
    format: str
    confidence: float = 0.0
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    date: DateLine | None = None
    label: str = ""
    """What readers call a document in this format."""
    letters: Letters = Letters()

    @property
    def name(self) -> str:
        """What readers call the document: its name in sources.yml, else its format's label."""
        return self.seed.note.name or self.label or self.format


# --- papers ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paper was found: the place of a record, and the name of its document."""

    seed: str
    line: int
    format: str
    position: int
    name: str
    """What readers call the document: its name in sources.yml, else its format's label."""
    url: str | None = None
    day: datetime.date | None = None
    """The date of the document, if it has one."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A topic of a paper, and the reasons for it."""

    topic: str
    score: float
    why: tuple[str, ...] = ()
    """The phrases of the paper that led to the topic, as written in it."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A related paper, and the phrases that both use."""

    id: str
    score: float
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, however many documents describe it."""

    id: str
    date: datetime.date
    """The day of its edition."""
    title: str
    """Empty only before it is understood, where no document gives one."""
    title_from: TitleFrom
    abstract: str
    markup: str = ""
    """The abstract with its TeX; empty if that is the same as `abstract`."""
    tldr: str = ""
    authors: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    published: datetime.date | None = None
    """The day on which the paper itself came out, if a record gives it."""
    revised: datetime.date | None = None
    """The day of its newest version, if a record describes one that is not the first."""
    withdrawn: bool = False
    """Whether its authors withdrew it, according to a record."""
    categories: tuple[str, ...] = ()
    venue: str | None = None
    """Where it came out, as shown to readers."""
    publication: Publication = Publication()
    comment: str | None = None
    keyphrases: tuple[str, ...] = ()
    topics: tuple[Assignment, ...] = ()
    """The primary topic first."""
    related: tuple[Neighbour, ...] = ()
    sources: tuple[Source, ...] = ()
    updated: datetime.date | None = None
    """The last day on which the documents changed what they say about it."""

    @property
    def url(self) -> str:
        """The paper's permanent address, relative to the site."""
        return f"papers/{self.id}/"

    @property
    def is_untitled(self) -> bool:
        """Whether its title is not its authors': a generated headline, or an identifier."""
        return self.title_from in ("headline", "identifier")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A line of the register: a paper that was published, remembered permanently."""

    id: str
    day: datetime.date
    updated: datetime.date
    """The last day on which the content of its page changed."""
    title: str
    """As last published."""
    headline: bool = False
    """Whether the title is a generated headline."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    sketch: str = ""
    """The MinHash of its abstract (`papers.minhash`), by which it is recognised again."""
    sum: str = ""
    """A checksum of the content of its page."""
    was: tuple[datetime.date, ...] = ()
    """Days of earlier editions that contained the paper."""
    topics: tuple[str, ...] = ()
    """The slugs of its primary topics, from the first to the current one."""
    into: str | None = None
    """The id of the paper that it turned out to be the same as."""

    @property
    def url(self) -> str:
        """The paper's address, relative to the site."""
        return f"papers/{self.id}/"


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the digest and its papers, the newest first."""

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
    """One day of the digest: its papers, in reading order."""

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
    """What became of the records of one document: `read = published + merged + refused`."""

    seed: str
    name: str
    """What readers call the document: its name in sources.yml, else its format's label."""
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
        """Return the sums over accounts."""
        every = list(accounts)
        return cls(
            read=sum(account.read for account in every),
            published=sum(account.published for account in every),
            merged=sum(account.merged for account in every),
            refused=sum(account.refused for account in every),
        )

    def to_json(self) -> dict[str, int]:
        """Return the sums by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that was published once and no longer has a page of its own."""

    url: str
    title: str
    to: tuple[tuple[str, str], ...] = ()
    """Where its papers are now, as (address, title); empty if they are gone."""


# --- the site --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Query:
    """A saved search with its own feeds: papers in any of its topics with any of its phrases."""

    name: str
    topics: tuple[str, ...] = ()
    """Names of topics; empty for all papers."""
    phrases: tuple[str, ...] = ()
    """Empty for papers with any text."""


@dataclass(frozen=True, slots=True)
class Site:
    """The name and address of the site, and how it is divided into pages and feeds."""

    name: str
    url: str = ""
    """The address with which all absolute addresses begin; ends with a slash."""
    is_preview: bool = False
    """Whether that is only the preview on this machine, as `site_url` is not set."""
    description: str = ""
    feed_id: str = "digest"
    """Distinguishes the items of this digest's feeds from those of any other."""
    per_page: int = 50
    feed_items: int = 30
    hub: str = ""
    """The WebSub hub to notify of new editions; empty if there is none."""
    queries: tuple[Query, ...] = ()
    signup: str = ""
    """Where readers subscribe to the mail; empty if they cannot."""
    guide: str = ""
    """The address of a hand-written guide, relative to the site; empty if there is none."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything that is to be published, as one value."""

    site: Site
    papers: tuple[Paper, ...]
    """The newest first; within a day in reading order."""
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
    """A file of the site: where it is, and how it is made if it is not there yet."""

    path: str
    """Relative to site_src, with forward slashes."""
    make: Callable[[], bytes]
    """Returns its content."""
    key: str = ""
    """The key of all that its content depends on; empty if that is not known."""
    output: str = ""
    """The name of the output that it belongs to."""
