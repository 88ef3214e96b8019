"""Values ↔ tokens: what a template prints leaves a token in the Markdown, never text.

Only the template's own letters are markup. Evidence, parameters, an audience's fields and fixed words each leave a
token of private-use characters; the reader turns it into a typed inline. So no value can be taken for markup, and
of every word on a page it is known whose it is.

A handle stands for evidence in a template. It has no text: whatever would make text of it fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NoReturn

from briefgen.document import Facet, Optional, Origin
from briefgen.errors import Location
from briefgen.evidence import Evidence, Fact, Library, Quote

# Neither the evidence's loader nor a template's lets these characters in (`records.FORBIDDEN`).
_OPEN, _CLOSE, _LINE = "\ue000", "\ue001", "\ue002"
_DIGITS = str.maketrans("0123456789", "".join(chr(0xE010 + digit) for digit in range(10)))
_NUMBERS = str.maketrans("".join(chr(0xE010 + digit) for digit in range(10)), "0123456789")
_NUMBER = "[\ue010-\ue019]+"

SLOT_START = _OPEN
SLOT = re.compile(f"{_OPEN}({_NUMBER}){_CLOSE}")
LINE_MARK = re.compile(f"{_LINE}({_NUMBER}){_CLOSE}")
RESERVED = re.compile("[\ue000-\ue01f]")
"""Any character of a token: one that is left where no token may stand is a mistake of the template's."""


class Mistake(Exception):
    """A template does what it must not, or asks for what is not there; `fill` adds the place and reports it.

    Attributes:
        needle: the words in the template's line that the problem is about, to find its column.
        subject: the id of the evidence concerned, if any.
    """

    def __init__(self, code: str, message: str, *hints: str, needle: str = "", subject: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.hints = hints
        self.needle = needle
        self.subject = subject


def did_you_mean(name: str, known: Iterator[str] | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A hint that names the nearest of the known names, if one is near."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return (f"did you mean `{near[0]}`?",) if near else ()


# ---- what a slot holds -----------------------------------------------------------------------------------

FACETS: Mapping[str, Facet] = {
    "value": Facet.VALUE,
    "short": Facet.SHORT,
    "number": Facet.NUMBER,
    "unit": Facet.UNIT,
    "qualifier": Facet.QUALIFIER,
    "as_of": Facet.AS_OF,
    "date": Facet.AS_OF,
    "text": Facet.TEXT,
    "speaker": Facet.SPEAKER,
    "role": Facet.ROLE,
    "occasion": Facet.OCCASION,
    "caveat": Facet.CAVEAT,
}
"""The facets as a template writes them: `.value`, `.as_of`…"""

_NUMERIC = frozenset({Facet.VALUE, Facet.SHORT, Facet.NUMBER, Facet.UNIT, Facet.QUALIFIER})


class _Textless:
    """Whatever would make text of it fails: evidence is printed by `{{ … }}` alone."""

    __slots__ = ()

    def _no_text(self, *_: object) -> NoReturn:
        raise Mistake(
            "evidence-as-text",
            f"{self._name()} cannot be made into text, joined to text or changed by a filter",
            "print it alone: {{ fact(…) }}; write words beside it, outside the braces",
        )

    def _name(self) -> str:
        return "evidence"

    __str__ = __repr__ = __format__ = __html__ = __add__ = __radd__ = _no_text


class Handle(_Textless):
    """A fact or quotation in a template, or one facet of it. Immutable; equal handles print the same.

    What a template may ask of it: the facets (`.value .short .number .unit .qualifier .as_of .date .speaker .role
    .occasion .text .caveat`), `.part(name)` for one of several values, `.rounded(digits)`; and, for its own logic,
    the plain `.id .kind .topics .metric .place .weight`.
    """

    __slots__ = ("_digits", "_evidence", "_facet", "_library", "_optional", "_part")

    def __init__(
        self,
        evidence: Evidence,
        library: Library,
        facet: Facet = Facet.WHOLE,
        part: str = "value",
        digits: int | None = None,
        optional: Optional | None = None,
    ) -> None:
        self._evidence = evidence
        self._library = library
        self._facet = facet
        self._part = part
        self._digits = digits
        self._optional = optional

    def __getattr__(self, name: str) -> Handle:
        facet = FACETS.get(name)
        if facet is None or not self._states(facet):
            raise AttributeError(name)
        return self._with(facet=facet)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Handle) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def part(self, name: str) -> Handle:
        """One of a fact's several values; prints that value unless a facet follows."""
        values = self._evidence.values if isinstance(self._evidence, Fact) else {}
        if name not in values:
            known = f"its values are {', '.join(f'`{key}`' for key in values)}" if values else "it has no value"
            message = f"{self._name()} has no value `{name}`; {known}"
            raise Mistake("unknown-part", message, *did_you_mean(str(name), tuple(values)), needle=str(name))
        facet = self._facet if self._facet in _NUMERIC else Facet.VALUE
        return self._with(facet=facet, part=name)

    def rounded(self, digits: int) -> Handle:
        """The number rounded to so many decimals; the note then gives the figure as stated."""
        if not isinstance(self._evidence, Fact) or not self._evidence.values:
            raise Mistake("no-number", f"{self._name()} has no number to round", needle="rounded")
        if type(digits) is not int or not 0 <= digits <= 9:
            raise Mistake("wrong-value", f".rounded({digits!r}): give 0 to 9 decimals", needle="rounded")
        return self._with(digits=digits)

    @property
    def id(self) -> str:
        return self._evidence.id

    @property
    def kind(self) -> str:
        return self._evidence.kind.value if isinstance(self._evidence, Fact) else "quote"

    @property
    def topics(self) -> tuple[str, ...]:
        return self._evidence.topics

    @property
    def weight(self) -> int:
        return self._evidence.weight

    @property
    def metric(self) -> str | None:
        return self._evidence.metric if isinstance(self._evidence, Fact) else None

    @property
    def place(self) -> str | None:
        return self._evidence.place if isinstance(self._evidence, Fact) else None

    # -- for this package ----------------------------------------------------------------------------------

    def _with(self, *, facet: Facet | None = None, part: str | None = None, digits: int | None = None) -> Handle:
        return Handle(
            self._evidence,
            self._library,
            facet or self._facet,
            part or self._part,
            self._digits if digits is None else digits,
            self._optional,
        )

    def _key(self) -> tuple[str, Facet, str, int | None]:
        return self._evidence.id, self._facet, self._part, self._digits

    def _name(self) -> str:
        return f"the {'quote' if isinstance(self._evidence, Quote) else 'fact'} `{self._evidence.id}`"

    def _states(self, facet: Facet) -> bool:
        """Whether the evidence has what the facet would print."""
        evidence = self._evidence
        if isinstance(evidence, Quote):
            speaker = self._library.people.get(evidence.speaker)
            stated = {
                Facet.TEXT: True,
                Facet.SPEAKER: True,
                Facet.ROLE: speaker is not None and speaker.role is not None,
                Facet.OCCASION: evidence.occasion is not None,
                Facet.AS_OF: evidence.date is not None,
            }
            return stated.get(facet, False)
        if facet in _NUMERIC:
            quantity = evidence.values.get(self._part)
            return quantity is not None and (facet is not Facet.QUALIFIER or quantity.qualifier is not None)
        if facet is Facet.AS_OF:
            return evidence.as_of is not None or evidence.date is not None
        return facet is Facet.CAVEAT and evidence.caveat is not None


def lacking(handle: Handle, name: str) -> Mistake:
    """The mistake of asking a handle for a facet that its evidence does not have, or that does not exist."""
    evidence = handle._evidence
    if name not in FACETS:
        known = [*FACETS, "part", "rounded", "id", "kind", "topics", "metric", "place", "weight"]
        hints = did_you_mean(name, known) or (f"there are {', '.join(f'.{facet}' for facet in FACETS)}",)
        return Mistake("unknown-facet", f"evidence has no facet `.{name}`", *hints, needle=name, subject=evidence.id)
    hints = (f"state it in {evidence.location.path.name}, or test for it: {{% if x.{name} is defined %}}",)
    if FACETS[name] in _NUMERIC and isinstance(evidence, Fact) and evidence.values:
        parts = ", ".join(f'.part("{part}")' for part in evidence.values)
        hints = (f"its values are asked for by name: {parts}",)
    message = f"{handle._name()} states no `.{name}`"
    return Mistake("missing-facet", message, *hints, needle=name, subject=evidence.id)


class Series(_Textless):
    """The facts of one metric in the order of time; printed, it is a list of their points."""

    __slots__ = ("_handles", "_metric")

    def __init__(self, metric: str, handles: tuple[Handle, ...]) -> None:
        self._metric = metric
        self._handles = handles

    def __iter__(self) -> Iterator[Handle]:
        return iter(self._handles)

    def __len__(self) -> int:
        return len(self._handles)

    def __getitem__(self, index: int) -> Handle:
        return self._handles[index]

    def _name(self) -> str:
        return f"the series `{self._metric}`"


class Cite(_Textless):
    """A note mark alone, for evidence or sources."""

    __slots__ = ("_ids",)

    def __init__(self, ids: tuple[str, ...]) -> None:
        self._ids = ids

    def _name(self) -> str:
        return "a note mark"


@dataclass(frozen=True, slots=True)
class Words:
    """Text that is not evidence; `label` is the fixed word it was made from, if it is one."""

    text: str
    origin: Origin = Origin.PARAMETER
    label: str | None = None

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        raise Mistake("words-as-text", f"“{self.text}” cannot be joined to Markdown", "print it alone: {{ … }}")


@dataclass(frozen=True, slots=True)
class EvidenceSlot:
    """Evidence to be printed: `EvidenceRef`, before it knows where it stands."""

    evidence: str
    facet: Facet
    part: str
    digits: int | None
    optional: Optional | None
    kind: str

    @property
    def is_quote(self) -> bool:
        return self.kind == "quote"


@dataclass(frozen=True, slots=True)
class SeriesSlot:
    metric: str
    points: tuple[EvidenceSlot, ...]


@dataclass(frozen=True, slots=True)
class CiteSlot:
    ids: tuple[str, ...]


Slot = EvidenceSlot | SeriesSlot | CiteSlot | Words


def slot_of(value: Handle | Series | Cite | Words) -> Slot:
    """What a printed value leaves in the Markdown."""
    match value:
        case Handle():
            evidence = value._evidence.id
            return EvidenceSlot(evidence, value._facet, value._part, value._digits, value._optional, value.kind)
        case Series():
            points = (slot_of(handle) for handle in value)
            return SeriesSlot(value._metric, tuple(point for point in points if isinstance(point, EvidenceSlot)))
        case Cite():
            return CiteSlot(value._ids)
        case Words():
            return value


# ---- tokens ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Slots:
    """The tokens handed out while one template is filled, and what each stands for."""

    values: list[Slot] = field(default_factory=list)
    places: list[Location] = field(default_factory=list)
    _lines: list[Location] = field(default_factory=list)
    _line_numbers: dict[Location, int] = field(default_factory=dict)

    def token(self, slot: Slot, place: Location) -> str:
        """A new token that stands for `slot`, printed at `place`."""
        self.values.append(slot)
        self.places.append(place)
        return f"{_OPEN}{str(len(self.values) - 1).translate(_DIGITS)}{_CLOSE}"

    def line_mark(self, place: Location) -> str:
        """The mark for the start of a line of a template."""
        number = self._line_numbers.setdefault(place, len(self._lines))
        if number == len(self._lines):
            self._lines.append(place)
        return f"{_LINE}{str(number).translate(_DIGITS)}{_CLOSE}"

    def index(self, token: str) -> int:
        """The number of the slot that a token (the first group of `SLOT`) stands for."""
        return int(token.translate(_NUMBERS))

    def unmarked(self, text: str, start: Location) -> tuple[str, tuple[Location, ...]]:
        """Filled text without its line marks, and the place in a template of each of its lines.

        Args:
            start: the place of what stands before the first mark.
        """
        lines, places, place = [], [], start
        for line in text.split("\n"):
            # Marks of lines that printed nothing pile up before the line that did: its own is the last of them.
            for mark in LINE_MARK.finditer(line):
                if RESERVED.sub("", line[: mark.start()]).strip() or SLOT.search(line[: mark.start()]):
                    break
                place = self._lines[self.index(mark[1])]
            places.append(place)
            lines.append(LINE_MARK.sub("", line))
            # A line that a value or a macro broke in two goes on at the last mark seen.
            for mark in LINE_MARK.finditer(line):
                place = self._lines[self.index(mark[1])]
        return "\n".join(lines), tuple(places)
