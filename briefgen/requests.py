"""What is asked for, and what follows from it: the audience, theme, language and fields that a document is made with.

What is said closest to the document counts: the command's option, then the audience that was asked for, then the
template, then the template's own audience, then the workspace's settings. A template with words in several languages
leaves it to these last two in which of them it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from briefgen.audiences import Audience, load_audience
from briefgen.document import Status
from briefgen.errors import BriefgenError, Location, Problem, UsageError
from briefgen.locales import LANGUAGES, language_of
from briefgen.records import one_line
from briefgen.slots import did_you_mean
from briefgen.templates import ParamValue, TemplateSpec
from briefgen.theme import Theme
from briefgen.themes import load_theme
from briefgen.translations import load_translation
from briefgen.workspace import SETTINGS_FILE, Workspace

YAML = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Whose comments a review copy has, and of when."""

    author: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """One document that is asked for.

    Attributes:
        as_of: the day that it is of.
        formats: names in `writers.WRITERS`; empty for those of the template, or, with `review`, for none.
        audience, theme, language: by name, or None for what the template and the workspace say.
        params: name → value, as text or of the param's type.
        fields: `to`, `from`, `ref`, `contact`, `valid_until`, taken letter for letter.
        embed_fonts: whether a Word file carries its fonts; None for what the workspace says.
        review: for a review copy beside the document; None for none.
    """

    template: TemplateSpec
    as_of: date
    formats: tuple[str, ...] = ()
    audience: str | None = None
    theme: str | None = None
    language: str | None = None
    params: Mapping[str, str | ParamValue] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    status: Status | None = None
    embed_fonts: bool | None = None
    review: Reviewer | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a request comes to in its workspace.

    Attributes:
        template: the request's, with its words in the document's language where there is a file of them.
    """

    template: TemplateSpec
    audience: Audience | None
    theme: Theme
    language: str
    fields: Mapping[str, str]


def choose(request: Request, workspace: Workspace) -> Chosen:
    """Find and read the audience and theme of a request, and settle its language, words and fields.

    Raises:
        UsageError: the request names an audience, theme or language that there is not.
        BriefgenError: the template, the audience or the settings do, or the file of one is wrong.
    """
    template, settings = request.template, workspace.settings
    problems: list[Problem] = []
    by_template = ("template", template.audience, template.locations.get("audience"))
    by_settings = (SETTINGS_FILE, settings.audience, settings.location)
    path = _named("audience", [("", request.audience, None), by_template, by_settings], workspace)
    audience = load_audience(path, problems) if path else None

    asked = request.audience is not None
    said = {
        key: ("audience", getattr(audience, key), audience.locations.get(key)) if audience else ("", None, None)
        for key in ("theme", "language")
    }

    def in_order(key: str, option: str | None) -> list[_Saying]:
        """Who says something of the theme or the language, the closest first."""
        first, last = (said[key], ("", None, None)) if asked else (("", None, None), said[key])
        by_template = ("template", getattr(template, key), template.locations.get(key))
        by_settings = (SETTINGS_FILE, getattr(settings, key), settings.location)
        return [("", option, None), first, by_template, last, by_settings]

    words = workspace.translations(template.path)
    language = _language(_heard(in_order("language", request.language), words))
    if translation := words.get(language_of(language)):
        template = load_translation(template, translation, problems) or template
    path = _named("theme", [*in_order("theme", request.theme), ("default", "default", None)], workspace)
    assert path is not None
    theme = load_theme(path, problems, [folder / "themes" for folder in workspace.templates])
    if theme is None or problems:
        raise BriefgenError(problems)
    if audience is not None:
        audience = audience.in_language(language)
    return Chosen(template, audience, theme, language, _fields(template, request, workspace))


_Saying = tuple[str, str | None, Location | None]
"""Who says it ("" is the command), what is said, and where."""


def _named(kind: str, sayings: Sequence[_Saying], workspace: Workspace) -> Path | None:
    """The file of the first audience or theme that is named."""
    for who, name, location in sayings:
        if name is None:
            continue
        known = workspace.named(f"{kind}s", YAML)
        if name in known:
            return known[name]
        hints = (*did_you_mean(name, list(known)), f"there are: {', '.join(known) or 'none'}")
        problem = Problem(f"unknown-{kind}", f"there is no {kind} {name!r}", location, hints=hints)
        raise BriefgenError(problem) if who else UsageError(problem)
    return None


def _heard(sayings: Sequence[_Saying], words: Collection[str]) -> list[_Saying]:
    """Who says something of the language, in the order in which they are heard.

    A template says what its words are in, not what they should be in: an audience or workspace behind it that names a
    language it has words in is heard before it.
    """
    option, asked, by_template, *behind = sayings
    written = {language_of(tag) for tag in (by_template[1], *words) if tag}
    before = [saying for saying in behind if saying[1] and language_of(saying[1]) in written]
    return [option, asked, *before, by_template, *behind, ("default", "en", None)]


def _language(sayings: Sequence[_Saying]) -> str:
    for who, tag, location in sayings:
        if tag is None:
            continue
        if language_of(tag) in LANGUAGES:
            return tag
        hint = f"there are: {', '.join(LANGUAGES)}"
        problem = Problem("unknown-language", f"there is no language {tag!r}", location, hints=(hint,))
        raise BriefgenError(problem) if who else UsageError(problem)
    raise AssertionError("the last saying always names a language")


def _fields(template: TemplateSpec, request: Request, workspace: Workspace) -> dict[str, str]:
    """The request's fields, and the workspace's sender and contact where the template has none of its own.

    Raises:
        UsageError: a field is no line of plain words.
    """
    problems = []
    for key, words in request.fields.items():
        try:
            one_line(words)
        except ValueError as error:
            problems.append(Problem("wrong-value", f"the document's `{key}`: {error}"))
    if problems:
        raise UsageError(problems)
    defaults = {"from": (template.sender, workspace.settings.sender)}
    defaults["contact"] = (template.contact, workspace.settings.contact)
    ours = {key: words for key, (own, words) in defaults.items() if own is None and words is not None}
    return ours | dict(request.fields)
