"""Templates: Markdown with Jinja and YAML front matter. Reading one is light; filling one imports Jinja.

`load_template` reads the front matter, which is a template's whole configuration, and nothing of the body, so that
listing templates and their options costs no more than YAML. `fill` runs the body in the sandbox and returns
Markdown with slots, for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

from briefgen.allowances import read_allowances
from briefgen.audiences import Audience
from briefgen.document import DocumentKind, Meta, NotePlacement, Origin, Status
from briefgen.errors import Allowance, BriefgenError, Location, Problem, UsageError, errors_in
from briefgen.evidence import Library, Marking
from briefgen.locales import LANGUAGE_NAMES, LANGUAGES, language_of, locale_for
from briefgen.periods import Age
from briefgen.records import FORBIDDEN, ID, Record, one_line, parse_records, read_text
from briefgen.records import Origin as File
from briefgen.selection import Desk
from briefgen.slots import LINE_MARK, SLOT, Mistake, Slots, Words, did_you_mean

ParamValue = str | int | Decimal | bool | date

FORMATS = ("pdf", "docx", "md", "eml")

RESERVED_NAMES = frozenset(
    """
    add all audiences build changes check completion doctor email export facts find format help import init install
    language list lock new open quotes readme register remove rename run schema seeds serve show source sources
    templates test themes update verify version watch
    """.split()  # noqa: SIM905
)
"""Commands that there are or that are planned: no template may take their names."""

RESERVED_OPTIONS = frozenset(
    """
    all as-of attach audience bcc cc contact date docx draft edition email eml final footer force format formats
    from help html install-completion json kind language manifest marking md name notes o open output pages params
    pdf printed-from printed-to quiet ref reply-to review review-author review-date seeds send show-completion
    status strict subject template texts theme title to valid-until verbose version workspace yes
    """.split()  # noqa: SIM905
)
"""Options that every template has or may get: no param may take their names."""

_PARAM = re.compile(r"[a-z][a-z0-9_]{0,31}")
_FENCE = re.compile(r"(---|\.\.\.)[ \t]*")


class ParamType(StrEnum):
    """What a param accepts."""

    TEXT = "str"
    WHOLE_NUMBER = "int"
    YES_OR_NO = "bool"
    NUMBER = "number"
    DAY = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Param:
    """A value that a template asks its user for; it becomes an option of the template's command.

    Attributes:
        name: as the template writes it after `params.`; the option has hyphens for underscores.
        default: None when the user must give a value.
        choices: of a `choice`.
    """

    name: str
    location: Location
    type: ParamType = ParamType.TEXT
    default: ParamValue | None = None
    help: str = ""
    choices: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The option's name without its dashes."""
        return self.name.replace("_", "-")

    def parse(self, text: str) -> ParamValue:
        """Read a value as a user writes it.

        Raises:
            ValueError: with a message fit for a user.
        """
        match self.type:
            case ParamType.TEXT:
                return one_line(text)
            case ParamType.WHOLE_NUMBER:
                if not re.fullmatch(r"[+-]?\d{1,15}", text.strip(), re.ASCII):
                    raise ValueError(f"{text!r} is not a whole number")
                return int(text)
            case ParamType.NUMBER:
                try:
                    number = Decimal(text.strip())
                except InvalidOperation:
                    number = Decimal("NaN")
                if not number.is_finite() or abs(number.adjusted()) > 20:
                    raise ValueError(f"{text!r} is not a number")
                return number
            case ParamType.YES_OR_NO:
                if text not in ("true", "false", "yes", "no"):
                    raise ValueError(f"{text!r} is neither true nor false")
                return text in ("true", "yes")
            case ParamType.DAY:
                try:
                    return date.fromisoformat(text.strip())
                except ValueError:
                    raise ValueError(f"{text!r} is not a day of the calendar; write 2026-11-21") from None
            case ParamType.CHOICE:
                if text not in self.choices:
                    raise ValueError(f"{text!r} is none of {', '.join(self.choices)}")
                return text


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """A template's front matter, read; its body, not yet.

    `title`, `to`, `sender`, `ref`, `contact`, `valid_until`, `footer` and `edition` may hold Jinja.

    Attributes:
        name: the file's name without its suffix: the command.
        body: the whole file with blank lines for the front matter, so that its lines keep their numbers.
        pages: the budget, or None.
        sender: the front matter's `from`.
        max_age: how old the evidence may be on the document's day, or None.
        allow: what its checks may find, and why that may stay.
        original: the file that this one is a translation of, or None.
        locations: key → where its value is written.
    """

    name: str
    path: Path
    location: Location
    body: str = field(repr=False)
    title: str
    kind: DocumentKind
    description: str = ""
    pages: int | None = None
    formats: tuple[str, ...] = ("pdf",)
    notes: NotePlacement = NotePlacement.ENDNOTES
    marking: Marking = Marking.CLEAR
    status: Status = Status.FINAL
    to: str | None = None
    sender: str | None = None
    ref: str | None = None
    contact: str | None = None
    valid_until: str | None = None
    footer: str | None = None
    edition: str | None = None
    theme: str | None = None
    audience: str | None = None
    language: str | None = None
    max_age: Age | None = None
    params: tuple[Param, ...] = ()
    allow: tuple[Allowance, ...] = ()
    original: Path | None = None
    locations: Mapping[str, Location] = field(default_factory=dict)

    def languages(self, translations: Iterable[str]) -> tuple[str, ...]:
        """What there are words in: the template's own language, and those that it is translated into."""
        return tuple(dict.fromkeys((language_of(self.language or "en"), *translations)))

    def values(self, given: Mapping[str, str | ParamValue]) -> dict[str, ParamValue]:
        """The params' values: what was given, else the defaults.

        Args:
            given: param name → value, as text or already of its type.

        Raises:
            UsageError: `unknown-param`, `wrong-param` or `missing-param`; every problem is in it.
        """
        problems = []
        names = [param.name for param in self.params]
        for name in given:
            if name not in names:
                hints = did_you_mean(name, names)
                message = f"the template `{self.name}` has no param `{name}`"
                problems.append(Problem("unknown-param", message, hints=hints))
        values: dict[str, ParamValue] = {}
        for param in self.params:
            value = given.get(param.name, param.default)
            if value is None:
                hint = f"give it with --{param.option}"
                problems.append(Problem("missing-param", f"`{param.name}` has no value", param.location, hints=(hint,)))
                continue
            try:
                values[param.name] = param.parse(value) if isinstance(value, str) else value
            except ValueError as error:
                problems.append(
                    Problem("wrong-param", f"--{param.option}: {error}", hints=(param.help,) if param.help else ())
                )
        if problems:
            raise UsageError(problems)
        return values


# ---- reading the front matter ----------------------------------------------------------------------------


def load_template(path: Path, problems: list[Problem]) -> TemplateSpec | None:
    """Read a template's front matter.

    Args:
        path: the file; its stem is the template's name and its command.
        problems: everything wrong is appended, with its place in the file.

    Returns:
        The template, or None when there was an error.
    """
    before = len(problems)
    original, _, language = path.stem.rpartition(".")
    if original and language in LANGUAGES:
        message = f"these would be the {LANGUAGE_NAMES[language]} words of a template {original}.md, but there is none"
        hint = "name the file as its template is named, and put it beside it"
        problems.append(Problem("wrong-name", message, Location(path), hints=(hint,)))
        return None
    parts = split_template(path, problems)
    if parts is None:
        return None
    head, body = parts
    if head is None:
        hint = "begin the file with a line `---`, then `title:` and `kind:`, then a line `---`"
        problems.append(Problem("no-front-matter", "there is no front matter", Location(path, 1), hints=(hint,)))
        return None
    record = parse_records(head, File(path, problems, line_offset=1))
    if record is None:
        if len(problems) == before:
            problems.append(Problem("missing-key", "the front matter is empty", Location(path, 1)))
        return None
    spec = _spec(record, path, body)
    record.done()
    return None if errors_in(problems[before:]) else spec


def split_template(path: Path, problems: list[Problem]) -> tuple[str | None, str] | None:
    """Part a template's file into front matter and body.

    Returns:
        The front matter, None where there is none; and the body with a blank line for each of the lines above it, so
        that its lines keep their numbers. None when there was an error.
    """
    text = read_text(path, problems)
    if text is None:
        return None
    lines = text.split("\n")
    ends = [number for number, line in enumerate(lines) if number and _FENCE.fullmatch(line)]
    has_head = re.fullmatch(r"---[ \t]*", lines[0]) is not None
    if has_head and not ends:
        hint = "write a line `---` behind it"
        problems.append(Problem("no-front-matter", "the front matter does not end", Location(path, 1), hints=(hint,)))
        return None
    if bad := FORBIDDEN.search(text):
        start = text.rfind("\n", 0, bad.start()) + 1
        place = Location(path, text.count("\n", 0, bad.start()) + 1, bad.start() - start + 1)
        message = f"the template holds the character U+{ord(bad[0]):04X}, which is not allowed"
        problems.append(Problem("forbidden-character", message, place, hints=("remove the character",)))
        return None
    start = ends[0] + 1 if has_head else 0
    body = "\n" * start + "\n".join(lines[start:])
    return "\n".join(lines[1 : start - 1]) if has_head else None, body if body.endswith("\n") else body + "\n"


def _spec(record: Record, path: Path, body: str) -> TemplateSpec:
    if not ID.fullmatch(path.stem):
        hint = "name the file with small letters, digits and hyphens"
        record.problem("wrong-name", f"{path.stem!r} cannot be a template's name", None, hint)
    elif path.stem in RESERVED_NAMES:
        record.problem("wrong-name", f"{path.stem!r} is a command of briefgen's own", None, "rename the file")
    formats = record.texts("formats")
    for name in formats:
        if name not in FORMATS:
            record.problem("wrong-value", f"`formats`: {name!r} is none of {', '.join(FORMATS)}", "formats")
    return TemplateSpec(
        name=path.stem,
        path=path,
        location=record.location,
        body=body,
        title=record.text("title", required=True, multiline=False) or "",
        kind=record.choice("kind", DocumentKind, required=True) or DocumentKind.BRIEF,
        description=record.text("description", multiline=False) or "",
        pages=record.integer("pages", 1, 500),
        formats=formats or ("pdf",),
        notes=record.choice("notes", NotePlacement) or NotePlacement.ENDNOTES,
        marking=record.parsed("marking", Marking.parse) or Marking.CLEAR,
        status=record.choice("status", Status) or Status.FINAL,
        to=record.text("to", multiline=False),
        sender=record.text("from", multiline=False),
        ref=record.text("ref", multiline=False),
        contact=record.text("contact", multiline=False),
        valid_until=record.text("valid_until", multiline=False),
        footer=record.text("footer", multiline=False),
        edition=record.text("edition", multiline=False),
        theme=record.parsed("theme", as_name),
        audience=record.parsed("audience", as_name),
        language=record.parsed("language", _language),
        max_age=record.parsed("max_age", Age.parse),
        params=_params(record),
        allow=read_allowances(record),
        locations=record.locations(),
    )


def _params(record: Record) -> tuple[Param, ...]:
    params = record.record("params") if "params" in record else None
    return () if params is None else tuple(_param(name, entry) for name, entry in params.children())


def _param(name: str, record: Record) -> Param:
    type = record.choice("type", ParamType)
    choices = record.texts("choices")
    if type is None:
        type = ParamType.CHOICE if choices else ParamType.TEXT
    param = Param(name, record.location, type, help=record.text("help", multiline=False) or "", choices=choices)
    if not _PARAM.fullmatch(name):
        hint = "use small letters, digits and underscores, beginning with a letter"
        record.problem("wrong-name", f"{name!r} cannot be a param's name", None, hint)
    elif param.option in RESERVED_OPTIONS:
        record.problem(
            "wrong-name", f"`{name}`: --{param.option} is an option of briefgen's own", None, "rename the param"
        )
    if type is ParamType.CHOICE and not choices:
        record.problem("missing-key", f"`{name}` is a choice, but `choices` is missing")
    if choices and type is not ParamType.CHOICE:
        record.problem("wrong-value", f"`{name}` has choices, but its type is {type}", "choices", "take out `type`")
    default = record.parsed("default", param.parse)
    record.done()
    return Param(name, record.location, type, default, param.help, choices)


def as_name(text: str) -> str:
    """The name of a theme or an audience; ValueError if it cannot be one's."""
    if not ID.fullmatch(text):
        raise ValueError(f"{text!r} is not a name: small letters, digits and hyphens")
    return text


def _language(text: str) -> str:
    if language_of(text) not in LANGUAGES:
        raise ValueError(f"there is no language {text!r}; expected one of {', '.join(LANGUAGES)}")
    return text


# ---- filling ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template: Markdown whose values are slots.

    Attributes:
        meta: of the document; `footer` is still empty (`read` makes it of the field `footer` here).
        text: Markdown with slots.
        places: for each line of `text`, where in which template it was written.
        texts: every file read, as far as Jinja saw it, to find columns in.
        folders: of templates, where pictures lie.
        given: what params, a title that the user gives and the audience's fields print, days apart: words that are
            nobody's here.
        days: what `as_of` and params of type date print, and what the caller's own names do.
        withheld: id → marking of evidence that was left out because the audience is not cleared for it.
    """

    meta: Meta
    text: str
    places: tuple[Location, ...]
    slots: Slots
    footer: str = ""
    footer_place: Location | None = None
    texts: Mapping[Path, str] = field(default_factory=dict)
    folders: tuple[Path, ...] = ()
    given: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    withheld: Mapping[str, Marking] = field(default_factory=dict)


def fill(
    template: TemplateSpec,
    library: Library,
    *,
    as_of: date,
    folders: Sequence[Path],
    audience: Audience | None = None,
    params: Mapping[str, str | ParamValue] | None = None,
    language: str | None = None,
    status: Status | None = None,
    fields: Mapping[str, str] | None = None,
    names: Mapping[str, object] | None = None,
) -> Filled:
    """Fill a template from the library.

    Args:
        as_of: the day that the document is of.
        folders: of templates: the workspace's, then the starter's.
        audience: for whom; None for nobody in particular (then nothing is withheld).
        params: name → value, as text or of its type.
        language: of the document; else the template's, else the audience's, else English.
        status: draft or final; else the template's.
        fields: `to`, `from`, `ref`, `contact`, `valid_until`, `title`, `edition` as given by the user, taken letter
            for letter.
        names: further plain values, by the names that the template knows them by.

    Raises:
        UsageError: a param is unknown, missing or wrong.
        BriefgenError: the template is wrong, with its place.
    """
    from briefgen.sandbox import Budget, Names, Sandbox  # Jinja: only when a template is filled

    values = template.values(params or {})
    tag = language or template.language or (audience.language if audience else None) or "en"
    locale = locale_for(tag)
    slots, budget = Slots(), Budget()
    desk = Desk(library, audience, as_of, locale, budget.spend)
    sandbox = Sandbox(slots, folders, locale, budget)

    def label(name: str, **given: object) -> Words:
        """`t("not stated")`: briefgen's fixed words in the reader's language."""
        try:
            words = locale.t(str(name))
        except BriefgenError as error:
            problem = error.problems[0]
            raise Mistake(problem.code, problem.message, *problem.hints[:1], needle=str(name)) from None
        wanted = re.findall(r"\{(\w+)\}", words)
        if sorted(wanted) != sorted(given):
            takes = ", ".join(f"{key}=…" for key in wanted) or "no values"
            raise Mistake("wrong-arguments", f"the label `{name}` takes {takes}", needle=str(name))
        return Words(words.format(**given), Origin.LABEL, str(name))

    asked = (desk.fact, desk.quote, desk.facts, desk.quotes, desk.series, desk.disagreements, desk.source, desk.cite)
    sandbox.offer({function.__name__: function for function in asked} | {"t": label})
    variables: dict[str, object] = {"params": Names("params", values), "as_of": as_of, **(names or {})}
    if audience is not None:
        variables["audience"] = _audience_names(audience)

    given = fields or {}

    def words(key: str, text: str | None) -> str:
        """A string of the front matter, filled to plain text."""
        if key in given:
            return given[key]
        filled = _filled_line(key, text)
        return SLOT.sub(lambda token: _plain(slots, token[1], key, template), filled)

    def _filled_line(key: str, text: str | None) -> str:
        if text is None:
            return ""
        place = template.locations[key]
        return LINE_MARK.sub("", sandbox.fill(place.path, "\n" * ((place.line or 1) - 1) + text, variables)).strip()

    for path in filter(None, (template.path, template.original)):
        sandbox.texts[path] = path.read_text("utf-8-sig") if path.is_file() else template.body
    title = words("title", template.title)
    named = [
        ("to", words("to", template.to)),
        ("from", words("from", template.sender)),
        ("ref", words("ref", template.ref)),
        ("valid_until", words("valid_until", template.valid_until)),
    ]
    meta = Meta(
        title=title,
        kind=template.kind,
        language=tag,
        as_of=as_of,
        marking=template.marking,
        status=status or template.status,
        placement=template.notes,
        pages=template.pages,
        description=template.description,
        audience=audience.label if audience else "",
        contact=words("contact", template.contact),
        edition=words("edition", template.edition),
        fields=tuple((key, text) for key, text in named if text),
    )
    footer = _filled_line("footer", template.footer)
    marked = sandbox.fill(template.path, template.body, variables)
    text, places = slots.unmarked(marked, Location(template.path, 1))
    return Filled(
        meta=meta,
        text=text,
        places=places,
        slots=slots,
        footer=footer,
        footer_place=template.locations.get("footer"),
        texts=dict(sandbox.texts),
        folders=tuple(folders),
        given=_given(values, audience, title=given.get("title", "") if template.title else ""),
        days=(
            locale.date(as_of),
            *(locale.date(value) for value in values.values() if isinstance(value, date)),
            *(str(value) for value in (names or {}).values() if value),
        ),
        withheld=dict(sorted(desk.withheld.items())),
    )


def _audience_names(audience: Audience) -> object:
    from briefgen.sandbox import Names

    values: dict[str, object] = {
        "name": audience.name,
        "label": audience.label,
        "description": audience.description,
        "topics": tuple(audience.topics),
        "reading_level": audience.reading_level.value,
        "clearance": audience.clearance.label,
        "recipients": tuple(map(str, audience.recipients)),
    }
    return Names("audience", values)


def _given(values: Mapping[str, ParamValue], audience: Audience | None, title: str) -> tuple[str, ...]:
    given = [value for value in values.values() if not isinstance(value, bool | date)]
    texts = [f"{value:f}" if isinstance(value, Decimal) else str(value) for value in given]
    if audience is not None:
        texts += [audience.name, audience.label, audience.description, *audience.topics]
        texts += map(str, audience.recipients)
    return tuple(dict.fromkeys(text for text in (*texts, title) if text))


def _plain(slots: Slots, token: str, key: str, template: TemplateSpec) -> str:
    slot = slots.values[slots.index(token)]
    if isinstance(slot, Words):
        return slot.text
    hint = "write it in the body, where it gets its note"
    message = f"`{key}` is plain text: evidence cannot be printed in it"
    raise BriefgenError(Problem("evidence-in-front-matter", message, template.locations[key], hints=(hint,)))
