"""Tables of topics: rows of names, phrases and weights that a person can edit.

A table is a YAML file whose `topics` is a list of rows:

    topics:
      - name: Exoplanet atmospheres
        description: What planets around other stars breathe.
        aliases: [planetary atmospheres]
        phrases:
          4: [transmission spectr*, hot Jupiter]
          1: [JWST]
        not: [Earth's atmosphere]
        was: [Exoplanets]

A written phrase matches word by word, whatever its hyphens, plural or spelling;
a final `*` takes any ending; a word with capitals inside (`LoRA`) only in that case.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import indent
from typing import Any, TypeVar

import yaml

from digest.errors import ConfigError, nearest
from digest.language.strings import slug, squeeze
from digest.models import Topic
from digest.path_names import portable

__all__ = ["AUTO", "BUILT_IN", "Table", "TopicRow", "combine", "dump", "load", "read", "update"]

AUTO = "auto"
"""The name, in place of a table's, that asks for topics found in the papers themselves."""
BUILT_IN = Path(__file__).parent
NAME_WEIGHT = 4.0
"""The weight of a topic's own name and of its aliases; a phrase of weight 1 is a hint."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic, and the phrases that papers of it have."""

    name: str
    slug: str
    description: str = ""
    phrases: tuple[tuple[str, float], ...] = ()
    """Each phrase as written, and its weight."""
    aliases: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    """Phrases that do not count, although they contain a phrase of the row."""
    parent: str = ""
    """The name of a wider topic, if that is useful to a reader."""
    was: tuple[str, ...] = ()
    """Names or slugs it used to have: their addresses redirect to it."""
    first: float = 1.0
    """The weight of its points when the first topic is chosen: less for a wide topic,
    so that a narrow one wins; 0 for one that comes first only if no other fits."""
    least: float = 0.0
    """A paper with fewer points than this is not in the topic."""

    @classmethod
    def named(cls, name: str, description: str, phrases: tuple[tuple[str, float], ...]) -> TopicRow:
        """Return a row at the address of its name, which gets a capital first letter.

        >>> TopicRow.named("dark matter", "", ()).slug
        'dark-matter'
        """
        plain = name[:1].islower() and not any(char.isupper() for char in name.split()[0])
        name = name[:1].upper() + name[1:] if plain else name
        return cls(name, topic_slug(name), description, phrases)

    @property
    def topic(self) -> Topic:
        """The section of the digest that this row makes."""
        return Topic(self.name, self.slug, self.description)

    def weights(self) -> Mapping[str, float]:
        """Return the weight of every phrase that counts for the topic, its names included."""
        named = dict.fromkeys((self.name, *self.aliases), NAME_WEIGHT)
        return named | dict(self.phrases)


def topic_slug(name: str) -> str:
    """Return the slug of a topic of this name: none that the list of topics or a system has.

    >>> topic_slug("Optics"), topic_slug("Index"), topic_slug("Aux")
    ('optics', 'index-topic', 'aux-topic')
    """
    return portable(slug(name), "topic", *_TAKEN)


_TAKEN = ("index",)
"""Pages beside those of topics."""


@dataclass(frozen=True, slots=True)
class Table:
    """The topics of a digest, in reading order."""

    rows: tuple[TopicRow, ...] = ()
    gone: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Removed topics: the name, and the topics that have their papers now."""

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The sections, in the table's order."""
        return tuple(row.topic for row in self.rows)

    def find(self, name: str) -> TopicRow | None:
        """Return the row of this name, slug, alias or old name, or None."""
        key = slug(name)
        for row in self.rows:
            if key in {slug(known) for known in (row.name, row.slug, *row.aliases, *row.was)}:
                return row
        return None

    def redirects(self) -> Mapping[str, str]:
        """Return the slug of every old name with the slug of the row that has its papers now."""
        return {slug(old): row.slug for row in self.rows for old in row.was}

    def keeping(self, published: Container[str]) -> Table:
        """Return the table with the slugs that rows had before some names were reserved."""
        rows = (
            replace(row, slug=slug(row.name))
            if row.slug == topic_slug(row.name) and slug(row.name) in published
            else row
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))


# --- reading -----------------------------------------------------------------------------


def load(names: Sequence[str], root: Path, named_by: str = "mkdocs.yml") -> Table:
    """Return the tables of these names as one, in their order.

    A name is a built-in table (`machine-learning`) or a YAML file, relative to
    `root`. A row whose name was there before extends the earlier row. `named_by` is
    the settings file or the option with the names, for messages.

    Raises `ConfigError` if a table is missing or cannot be parsed.
    """
    return combine(read(_locate(name, root, named_by)) for name in names)


def built_in() -> tuple[str, ...]:
    """Return the names of the tables that come with digest."""
    return tuple(sorted(path.stem for path in BUILT_IN.glob("*.yml")))


def _locate(name: str, root: Path, named_by: str) -> Path:
    """Return the file of a table; raises `ConfigError` if there is none."""
    if name in built_in():
        return BUILT_IN / f"{name}.yml"
    path = root / name
    if path.is_file():
        return path
    if path.suffix in (".yml", ".yaml"):
        message = f"expected the table of topics {path}, found no such file"
        raise ConfigError(named_by, message + nearest(name, [p.name for p in root.glob("*.y*ml")]))
    raise ConfigError(
        named_by,
        f"expected `{AUTO}`, a built-in table of topics ({', '.join(built_in())}), or a YAML file"
        f" in {root}, found {name!r}{nearest(name, [AUTO, *built_in()])}",
    )


def read(path: Path) -> Table:
    """Return the table in a file; raises `ConfigError` with the line if it cannot be parsed."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(path, f"the table of topics cannot be read: {error}") from error
    return parse(text, path)


def parse(text: str, path: Path | str) -> Table:
    """Return the table in a YAML text; raises `ConfigError` with the line if it cannot be parsed.

    >>> parse("topics: [{name: Comets, phrases: [cometary nuclei]}]", "x.yml").rows[0].phrases
    (('cometary nuclei', 2.0),)
    """
    data, lines = _yaml(text, path)
    if not isinstance(data, dict) or not isinstance(data.get("topics"), list):
        raise ConfigError(
            path, "expected a list of rows under 'topics:', each with a name and phrases"
        )
    _require_known(data, ("topics", "gone"), path, "the table")
    rows = [
        _to_row(item, f"{path}:{line}") for item, line in zip(data["topics"], lines, strict=True)
    ]
    gone = data.get("gone") or {}
    if not isinstance(gone, dict):
        raise ConfigError(path, "expected 'gone:' to give old names and where their papers went")
    table = Table(
        tuple(rows), tuple((str(old), _texts(new, "gone", str(path))) for old, new in gone.items())
    )
    _check(table, path, lines)
    return table


def _yaml(text: str, path: Path | str) -> tuple[Any, list[int]]:
    """Return the data of a YAML text, and the line on which each of its `topics` begins."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else path
        problem = getattr(error, "problem", None) or type(error).__name__
        raise ConfigError(where, f"this is not YAML: {problem}") from error
    finally:
        loader.dispose()
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    found = [value for key, value in pairs if key.value == "topics"]
    items = found[-1].value if found and isinstance(found[-1], yaml.SequenceNode) else []
    return data, [item.start_mark.line + 1 for item in items]


_KEYS = (
    "name",
    "slug",
    "description",
    "phrases",
    "aliases",
    "not",
    "parent",
    "was",
    "first",
    "least",
)


def _to_row(item: Any, where: str) -> TopicRow:
    """Return one row of a table; raises `ConfigError` if it is malformed."""
    if not isinstance(item, dict):
        raise ConfigError(where, f"expected a row with a name and phrases, found {item!r}")
    _require_known(item, _KEYS, where, "a row")
    name = item.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ConfigError(where, f"expected the row's name as text, found {name!r}")
    name = squeeze(name)
    return TopicRow(
        name=name,
        slug=_slug(item.get("slug"), name),
        description=squeeze(str(item.get("description") or "")),
        phrases=_phrases(item.get("phrases"), where),
        aliases=_texts(item.get("aliases"), "aliases", where),
        exclusions=_texts(item.get("not"), "not", where),
        parent=squeeze(str(item.get("parent") or "")),
        was=_texts(item.get("was"), "was", where),
        first=1.0 if item.get("first") is None else _number(item["first"], "first", 1, where),
        least=_number(item.get("least") or 0, "least", 100, where),
    )


def _slug(given: Any, name: str) -> str:
    """Return the slug that an editor gives, unless a page of the digest's own has it."""
    chosen = slug(str(given)) if given else ""
    return chosen if chosen and chosen not in _TAKEN else topic_slug(str(given or name))


def _require_known(
    item: Mapping[Any, Any], keys: Sequence[str], where: Path | str, what: str
) -> None:
    """Raise `ConfigError` for a key that is not one of `keys`."""
    for key in item:
        if key not in keys:
            hint = nearest(str(key), keys) or f"; known are {', '.join(keys)}"
            raise ConfigError(where, f"{what} has no key '{key}'{hint}")


def _phrases(value: Any, where: str) -> tuple[tuple[str, float], ...]:
    """Return phrases with their weights, from a list (weight 2) or lists by weight."""
    if not isinstance(value, dict):
        return tuple((text, 2.0) for text in _texts(value, "phrases", where))
    pairs: dict[str, float] = {}
    for weight, texts in value.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 100:
            raise ConfigError(
                where,
                f"expected a weight above 0 and up to 100 before the phrases, found {weight!r}",
            )
        for text in _texts(texts, f"phrases of weight {weight}", where):
            pairs[text] = max(float(weight), pairs.get(text, 0.0))
    return tuple(pairs.items())


def _number(value: Any, key: str, most: float, where: str) -> float:
    """Return a number from 0 to `most`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ConfigError(
            where, f"expected a number from 0 to {most:g} under '{key}', found {value!r}"
        )
    return float(value)


def _texts(value: Any, key: str, where: str) -> tuple[str, ...]:
    """Return the texts of a value that is one text, a list of texts, or None."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    for item in items:
        if not isinstance(item, str) or not squeeze(item):
            raise ConfigError(
                where, f"expected words under '{key}', found {item!r}; put it in quotes"
            )
    return tuple(dict.fromkeys(squeeze(item) for item in items))


def _check(table: Table, path: Path | str, lines: Sequence[int]) -> None:
    """Raise `ConfigError` if two topics have one address, or a parent or heir does not exist."""
    seen: dict[str, int] = {}
    names = [row.name for row in table.rows]
    for row, line in zip(table.rows, lines, strict=True):
        if row.slug in seen:
            first = seen[row.slug]
            raise ConfigError(
                f"{path}:{line}",
                f"'{row.name}' has the address of the row at line {first}; join them",
            )
        seen[row.slug] = line
        if row.parent and row.parent not in names:
            hint = nearest(row.parent, names)
            raise ConfigError(f"{path}:{line}", f"no row is called '{row.parent}' (parent){hint}")
    for old, heirs in table.gone:
        for heir in heirs:
            if heir not in names:
                raise ConfigError(
                    path, f"no row is called '{heir}' (gone: {old}){nearest(heir, names)}"
                )


# --- combining and writing ------------------------------------------------------------------


def combine(tables: Iterable[Table]) -> Table:
    """Return several tables as one; rows with the same address become one row."""
    rows: dict[str, TopicRow] = {}
    gone: dict[str, tuple[str, ...]] = {}
    for table in tables:
        gone.update(table.gone)
        for row in table.rows:
            rows[row.slug] = _join(rows[row.slug], row) if row.slug in rows else row
    return Table(tuple(rows.values()), tuple(gone.items()))


def _join(first: TopicRow, then: TopicRow) -> TopicRow:
    """Return a row extended by a later one, which wins if both have a value."""
    return replace(
        first,
        name=then.name,
        description=then.description or first.description,
        phrases=tuple((dict(first.phrases) | dict(then.phrases)).items()),
        aliases=_union(first.aliases, then.aliases),
        exclusions=_union(first.exclusions, then.exclusions),
        parent=then.parent or first.parent,
        was=_union(first.was, then.was),
        first=min(first.first, then.first),
        least=max(first.least, then.least),
    )


def _union(first: Iterable[_T], then: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*first, *then)))


def to_data(row: TopicRow) -> dict[str, Any]:
    """Return a row as data for YAML and JSON, in the form that `parse` reads."""
    by_weight: dict[float, list[str]] = {}
    for phrase, weight in row.phrases:
        by_weight.setdefault(int(weight) if weight.is_integer() else weight, []).append(phrase)
    data: dict[str, Any] = {"name": row.name, "slug": row.slug}
    fields: tuple[tuple[str, Any], ...] = (
        ("description", row.description),
        ("aliases", list(row.aliases)),
        ("phrases", {weight: by_weight[weight] for weight in sorted(by_weight, reverse=True)}),
        ("not", list(row.exclusions)),
        ("parent", row.parent),
        ("was", list(row.was)),
    )
    data |= {key: value for key, value in fields if value}
    data |= {"first": row.first} if row.first != 1 else {}
    return data | ({"least": row.least} if row.least else {})


def dump(table: Table, heading: str = "") -> str:
    """Return a table as YAML that `parse` reads and an editor can change.

    >>> print(dump(Table((TopicRow("Comets", "comets", phrases=(("coma", 2.0),)),))), end="")
    topics:
    - name: Comets
      slug: comets
      phrases:
        2: [coma]
    """
    data: dict[str, Any] = {"topics": [to_data(row) for row in table.rows]}
    if table.gone:
        data["gone"] = {old: list(heirs) for old, heirs in table.gone}
    note = "".join(f"# {line}\n" for line in heading.splitlines())
    return note + yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)


def update(text: str, table: Table, heading: str = "") -> str:
    """Return a YAML text with the rows that it lacks added at the end, and the rest unchanged.

    A text that would not describe exactly this table is replaced by what `dump` returns.

    >>> table = Table((TopicRow("Comets", "comets"),))
    >>> print(update("topics: # mine\\n- name: Comets\\n", table), end="")
    topics: # mine
    - name: Comets
    """
    try:
        rows = table.rows[len(parse(text, "").rows) :]
        if rows:
            margin = re.search(r"^ *(?=- )", text, re.M)
            _, _, below = dump(Table(rows)).partition("\n")
            text = f"{text.rstrip()}\n{indent(below, margin[0] if margin else '')}"
        if parse(text, "") == table:
            return text
    except ConfigError:
        pass
    return dump(table, heading)


class _Dumper(yaml.SafeDumper):
    """A YAML dumper that writes lists of words on one line and lists of rows as blocks."""

    def represent_sequence(
        self, tag: str, sequence: Iterable[Any], flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        """Return the node of a list, in flow style if all its items are strings."""
        items = list(sequence)
        return super().represent_sequence(tag, items, all(isinstance(item, str) for item in items))
