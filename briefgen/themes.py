"""Theme files: `templates/themes/NAME.yaml` → `Theme`.

A theme may say `extends: OTHER` and then only what it changes. What is given is therefore first read as it stands,
each value with its place; then laid over the theme it extends; and only the whole is judged and made into a `Theme`.
A Word file that it names as its `reference` lies between the two: over the theme it extends, under what it says itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from briefgen.errors import BriefgenError, Location, Problem, errors_in
from briefgen.records import Record, read_records
from briefgen.theme import (
    FRAME_DEPTH,
    NAME_GAP,
    RULE_DEPTH,
    Colours,
    Density,
    FontSource,
    Letterhead,
    Logo,
    PageSetup,
    Reference,
    Rules,
    Spacing,
    StyleName,
    TextStyle,
    Theme,
    beside_depth,
    line_style,
)

if TYPE_CHECKING:
    from briefgen.reference import Given, Sender, Taken

T = TypeVar("T")

PAGE_SIZES: Mapping[str, tuple[float, float]] = {"A4": (595.28, 841.89), "Letter": (612, 792)}
"""Width and height in points (ISO 216; ANSI/ASME Y14.1)."""

STANDARD = "standard"
"""Name of the density that is the theme as designed."""

MINIMUM_CONTRAST = 4.5
"""Of text on white (WCAG 2.2, success criterion 1.4.3)."""

_READ_AT_LENGTH = frozenset(
    {
        StyleName.BODY,
        StyleName.LIST,
        StyleName.TABLE,
        StyleName.LEAD,
        StyleName.QUOTATION,
        StyleName.ADDRESS,
        StyleName.LABEL,
        StyleName.DECISION,
        StyleName.CALLOUT,
        StyleName.CODE,
    }
)
_WEIGHTS = re.compile(r"([1-9]00)( italic)?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NEAREST_EDGE = 28  # 1 cm: office printers leave about half of that white


def smallest(style: StyleName) -> float:
    """The size in points below which a style may never go, however full the page is."""
    if style is StyleName.MARKING:
        return 12  # TLP 2.0: "12 point or greater"
    return 9 if style in _READ_AT_LENGTH else 8


def contrast(colour: str, ground: str = "#FFFFFF") -> float:
    """The contrast ratio of two colours, 1 to 21.

    Args:
        colour, ground: #RRGGBB.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def load_theme(path: Path, problems: list[Problem], folders: Sequence[Path] = ()) -> Theme | None:
    """Read a theme.

    Args:
        path: the theme's file; its name without `.yaml` is the theme's name.
        problems: everything wrong with it is appended, each with its place.
        folders: where a theme that it extends is looked for after its own folder (the starter's themes).

    Returns:
        The theme, or None when there are errors.
    """
    found: list[Problem] = []
    given = _read(path, found, folders, ())
    theme = _resolve(path, given, found) if given is not None and not errors_in(found) else None
    problems += found
    return None if errors_in(found) else theme


# ---- what files say --------------------------------------------------------------------------------------


class _Value(NamedTuple):
    value: Any
    location: Location
    origin: str = ""  # what of the reference document it was taken from


_Fields = dict[str, _Value]
"""Name of a field → what was given for it."""


@dataclass(slots=True)
class _Step:
    """What a density changes."""

    styles: dict[StyleName, _Fields] = field(default_factory=dict)
    spacing: _Fields = field(default_factory=dict)


@dataclass(slots=True)
class _Given:
    """What a theme's file says, over what the theme it extends says."""

    location: Location
    files: list[Path] = field(default_factory=list)
    description: str = ""
    page: _Fields = field(default_factory=dict)
    fonts: dict[str, FontSource] = field(default_factory=dict)
    colours: _Fields = field(default_factory=dict)
    rules: _Fields = field(default_factory=dict)
    styles: dict[StyleName, _Fields] = field(default_factory=dict)
    spacing: _Fields = field(default_factory=dict)
    densities: dict[str, _Step] = field(default_factory=dict)
    letterhead: _Fields = field(default_factory=dict)
    logo: _Fields = field(default_factory=dict)
    reference: Reference | None = None


def _read(path: Path, problems: list[Problem], folders: Sequence[Path], below: tuple[Path, ...]) -> _Given | None:
    before = len(problems)
    record = read_records(path, problems)
    if record is None:
        if len(problems) == before:
            problems.append(Problem("empty-theme", "the theme is empty", Location(path), hints=(_EXTENDS_HINT,)))
        return None
    given = _parent(record, path, problems, folders, (*below, path)) if "extends" in record else _Given(record.location)
    if given is None:
        return None
    given.location = record.location
    given.files.insert(0, path)
    given.description = record.text("description") or ""
    if fonts := record.record("fonts"):
        given.fonts |= dict(_read_fonts(fonts, path.parent))
    _read_reference(record, given, path, problems)
    if page := record.record("page"):
        given.page |= _read_page(page)
    if colours := record.record("colours"):
        given.colours |= _read_fields(colours, [f.name for f in fields(Colours)], _read_colour)
    if rules := record.record("rules"):
        given.rules |= _read_rules(rules)
    _read_changes(record, given.styles, given.spacing)
    if densities := record.record("densities"):
        for name, step in densities.children():
            known = given.densities.setdefault(name, _Step())
            _read_changes(step, known.styles, known.spacing)
            step.done()
    _read_letterhead(record, given, path.parent)
    record.done()
    return given


def _read_reference(record: Record, given: _Given, path: Path, problems: list[Problem]) -> None:
    """Lay the house style of a Word file over what is given so far."""
    name = record.text("reference", multiline=False)
    if name is None:
        return
    from briefgen.fonts import line_heights  # neither fonts nor XML are needed for other themes
    from briefgen.reference import HouseStyle, open_reference

    location, file, root = record.at("reference"), path.parent / name, _root(path)
    try:
        taken = HouseStyle(open_reference(file, location, root), line_heights(given.fonts, location)).take()
    except BriefgenError as error:
        problems += error.problems
        return
    given.reference = Reference(file, root, taken.drop, taken.header, taken.footer, location)
    _take(taken, given, file.name)


def _root(path: Path) -> Path:
    """The workspace of a theme in its place (`templates/themes/`), else the theme's own folder."""
    folder = path.absolute().parent
    return folder.parents[1] if folder.name == "themes" and len(folder.parents) > 1 else folder


def _font_of(family: str, given: _Given, location: Location) -> tuple[str, FontSource]:
    """The theme's font for a family of the reference: one of that name, one of that family, or the computer's own.

    What it lacks is taken from the font that text had so far, and from where that falls back.
    """
    from briefgen.fonts import source_among, source_of

    if found := source_among(given.fonts, family):
        return found
    before = given.styles.get(StyleName.BODY, {}).get("font")
    known = given.fonts.get(before.value) if before else None
    return family, source_of(family, location, (before.value, *known.fallback) if before and known else ())


def _take(taken: Taken, given: _Given, file: str) -> None:
    """Lay what a reference says over a theme; steps of tightness change only what it does not say, and white space."""
    assert given.reference is not None
    place = given.reference.location
    names: dict[str, str] = {}
    for family in taken.families:
        names[family], source = _font_of(family, given, place)
        given.fonts.setdefault(names[family], source)
    given.page |= {name: _Value(value.value, place, f"the page of {file}") for name, value in taken.page.items()}
    given.page["size"] = _Value(_size_name(given.page["width"].value, given.page["height"].value), place)
    parent = _Step(dict(given.styles), dict(given.spacing))
    for style, values in taken.styles.items():
        found = {
            key: _Value(names[str(value)] if key == "font" else value, place, f"“{origin}” of {file}")
            for key, (value, origin, _) in values.items()
        }
        given.styles[style] = given.styles.get(style, {}) | found
    _keep_proportions(parent, given, taken)
    colours = {name: given for name, given in taken.colours.items() if contrast(str(given.value)) >= MINIMUM_CONTRAST}
    for part, said in ((given.spacing, taken.spacing), (given.colours, colours)):
        part |= {name: _Value(value, place, f"“{origin}” of {file}") for name, (value, origin, _) in said.items()}
    steps = list(given.densities)
    for name in steps[: steps.index(STANDARD)] if STANDARD in steps else ():
        del given.densities[name]  # nothing is set more widely than the house has it
    given.densities.setdefault(STANDARD, _Step())
    given.densities.setdefault(TIGHT, _tight(place))
    given.densities = _house_steps(parent, given, taken)
    given.letterhead, given.logo = {}, {}
    if taken.letterhead:
        _take_letterhead(taken.letterhead, given, place)


_SMALL = (
    *(StyleName.TABLE, StyleName.TABLE_HEAD, StyleName.KEY_UNIT, StyleName.KEY_LABEL, StyleName.KEY_PERIOD),
    *(StyleName.NOTE, StyleName.SOURCE, StyleName.ATTRIBUTION, StyleName.ABOUT, StyleName.ADDRESS),
    StyleName.COVER_LINE,
)
"""Text that is smaller than what is read at length, and gets smaller with it."""


def _keep_proportions(parent: _Step, given: _Given, taken: Taken) -> None:
    """Where a house sets its text larger, set the bottom line no smaller, and small text larger by half as much."""
    body, before = given.styles[StyleName.BODY], parent.styles.get(StyleName.BODY, {})
    growth = math.sqrt(body["size"].value / before["size"].value) if "size" in before else 1.0
    if growth <= 1:
        return
    if "size" not in taken.styles[StyleName.LEAD] and given.styles[StyleName.LEAD]["size"].value < body["size"].value:
        given.styles[StyleName.LEAD] |= {key: body[key] for key in ("size", "leading")}
    for style in _SMALL:
        values = given.styles[style]
        if "size" in values and "size" not in taken.styles.get(style, {}):
            size = math.floor(values["size"].value * growth * 2) / 2
            leading = round(values["leading"].value / values["size"].value * size * 20) / 20
            values |= {"size": body["size"]._replace(value=size), "leading": body["size"]._replace(value=leading)}


def _house_steps(parent: _Step, given: _Given, taken: Taken) -> dict[str, _Step]:
    """The steps of the theme that is extended, made steps of the house style.

    They change what the house says only where that makes it smaller. The text, and with it the bottom line and all that
    is smaller, gives way last and by half points: a page is set as near the house's type as it can be.
    """
    text = next((n for n, step in given.densities.items() if "size" in step.styles.get(StyleName.BODY, {})), "")
    house, steps = _Step(given.styles, given.spacing), dict[str, _Step]()
    for name, step in given.densities.items():
        parent = _over(parent, step)
        gives_way = frozenset(_SMALL) | {StyleName.LEAD} if name == text else frozenset()
        changes = _Step(spacing=_smaller(step.spacing, house.spacing, taken.spacing))
        for style, values in house.styles.items():
            said, usual = step.styles.get(style, {}), parent.styles.get(style, {})
            if style is StyleName.LEAD and name != text and text not in steps:
                said = {key: value for key, value in said.items() if key not in ("size", "leading")}
            elif style in gives_way:
                said = {key: usual[key] for key in ("size", "leading") if key in usual} | said
            changes.styles[style] = _smaller(said, values, taken.styles.get(style, {}), usual)
        if name == text:
            steps |= _between(house, changes)
        steps[name] = changes
        house = _over(house, changes)
    return steps


def _smaller(step: _Fields, house: _Fields, taken: Mapping[str, Given], usual: _Fields | None = None) -> _Fields:
    """What a step changes of a house style: lengths, where it makes them smaller, and what the house does not say.

    Args:
        usual: the style at this step in the theme that is extended, whose line distance is one for its own size.
    """
    found: _Fields = {}
    for name, value in step.items():
        if name == "leading" and usual and "size" in usual:
            size = found.get("size", house["size"]).value
            value = value._replace(value=round(value.value / usual["size"].value * size * 20) / 20)
        least = max(value.value, taken[name].least) if name in _LENGTHS and name in taken else value.value
        if (name in ("size", "leading") or name in taken) and (name not in _LENGTHS or least >= house[name].value):
            continue
        found[name] = value._replace(value=least)
    return found


_LENGTHS = frozenset({"size", "leading", "before", "after", *(f.name for f in fields(Spacing))})


def _between(wide: _Step, changes: _Step) -> dict[str, _Step]:
    """Steps of half a point of text on the way to a step that makes it smaller."""
    if "size" not in changes.styles[StyleName.BODY]:
        return {}
    most, least = (styles[StyleName.BODY]["size"].value for styles in (wide.styles, changes.styles))
    steps = {}
    for halves in range(math.ceil(2 * most) - 1, math.floor(2 * least), -1):
        share = (most - halves / 2) / (most - least)
        steps[f"{halves / 2:g} points"] = _Step(
            {
                style: {
                    key: tight._replace(value=_part_way(wide.styles[style][key].value, tight.value, share, parts))
                    for key, parts in (("size", 2), ("leading", 20))
                    if (tight := said.get(key))
                }
                for style, said in changes.styles.items()
            }
        )
    return steps


def _part_way(wide: float, tight: float, share: float, parts: int) -> float:
    """A length part of the way from one to another, in steps that Word can set."""
    return round((wide + (tight - wide) * share) * parts) / parts


TIGHT = "tight"
"""The last step of a theme with a reference: house styles are wide, and not drawn for a full page."""


def _tight(place: Location) -> _Step:
    styles: Mapping[StyleName, Mapping[str, float]] = {
        StyleName.TITLE: {"size": 17, "leading": 20.8, "after": 3.25},
        StyleName.LEAD: {"after": 6.5},
        StyleName.KEY_VALUE: {"size": 17, "leading": 20.8, "after": 1.6},
        StyleName.QUOTATION: {"size": 11, "leading": 13.65},
        StyleName.HEADING: {"after": 1.6},
        StyleName.ABOUT: {"after": 6.5},
    }
    spacing = {"section": 6.5, "paragraph": 3.25, "item": 1, "key_bottom": 3.25}
    return _Step(
        {style: {name: _Value(value, place) for name, value in values.items()} for style, values in styles.items()},
        {name: _Value(value, place) for name, value in spacing.items()},
    )


def _size_name(width: float, height: float) -> str:
    for name, (wide, high) in PAGE_SIZES.items():
        if abs(width - wide) < 1 and abs(height - high) < 1:
            return name
    return f"{width:g} × {height:g}"


_NAME_EMS = 0.55
"""How wide letters are reckoned to be, where a sender's lines are broken before they can be measured."""


def _take_letterhead(sender: Sender, given: _Given, place: Location) -> None:
    """The sender's logo and lines, as many as there is room for above the first page's text."""
    page, rule = given.page, given.rules["top"].value if "top" in given.rules else 0.0
    measure = page["width"].value - page["left"].value - page["right"].value
    room = page["top"].value + RULE_DEPTH + (given.reference.drop if given.reference else 0.0)
    room -= page["header"].value + rule
    gap = min(9.75, room / 6)
    depth, styles = room - gap, given.styles
    width = measure * 0.62
    if depth < 32.5:
        return  # too flat for a name and the marking one above the other
    if sender.logo:
        shown, contents = sender.logo
        height = min(shown.height, depth, measure * 0.4 * shown.height / max(1.0, shown.width))
        description = shown.description or (sender.lines[0] if sender.lines else "Logo")
        values = {"file": Path(shown.part), "description": description, "height": height, "contents": contents}
        given.logo = {name: _Value(value, place) for name, value in values.items()}
        width -= height * shown.width / max(1.0, shown.height) + 9.75
    name_size, line_size = (styles[style]["size"].value for style in (StyleName.LETTERHEAD, StyleName.FOOTER))
    first, *rest = sender.lines or ("",)
    if len(first) * name_size * _NAME_EMS > width:
        first, rest = "", [first, *rest]
    lines = [piece for line in rest for piece in wrap(line, max(8, int(width / line_size / _NAME_EMS)))]
    count = int((depth - (styles[StyleName.LETTERHEAD]["leading"].value if first else 0)) / (line_size * 1.25))
    line_depth = line_size * 1.25
    beside_count = max(0, int((depth - FRAME_DEPTH - 2 * NAME_GAP - line_depth) / line_depth))
    widest = max((len(line) for line in sender.beside), default=0) * line_size * _NAME_EMS
    beside = sender.beside[:beside_count] if widest < measure / 2 else ()
    head = {"name": first, "lines": tuple(lines[:count]), "beside": beside, "depth": depth, "gap": gap}
    if first or given.logo:
        given.letterhead = {name: _Value(value, place) for name, value in head.items()}
    else:
        given.letterhead = {}


_EXTENDS_HINT = "to change only a few things of another theme, begin with `extends: default`"


def _parent(
    record: Record, path: Path, problems: list[Problem], folders: Sequence[Path], below: tuple[Path, ...]
) -> _Given | None:
    name = record.text("extends", multiline=False)
    if name is None:
        return None
    places = [folder / f"{name}.yaml" for folder in (path.parent, *folders)]
    for place in places:
        if place not in below and place.is_file():
            return _read(place, problems, folders, below)
    if any(place in below for place in places):
        record.problem("circular-theme", f"the theme `{name}` extends itself", "extends")
    else:
        others = sorted({p.stem for folder in (path.parent, *folders) for p in folder.glob("*.yaml")} - {path.stem})
        hint = f"themes here: {', '.join(others)}" if others else "there is no other theme here"
        record.problem("unknown-theme", f"there is no theme `{name}` to extend", "extends", hint)
    return None


def _read_fields(record: Record, names: Sequence[str], read: Callable[[Record, str], object]) -> _Fields:
    """The fields that are there, each through `read(record, name)`."""
    found = {
        name: _Value(value, record.at(name))
        for name in names
        if name in record and (value := read(record, name)) is not None
    }
    record.done()
    return found


_LONGEST = 1584
"""22 inches, in points: Word opens no file with a length beyond that."""


def _read_number(record: Record, name: str) -> float | None:
    return record.number(name, 0, _LONGEST)


def _read_colour(record: Record, name: str) -> str | None:
    def parse(text: str) -> str:
        if not _COLOUR.fullmatch(text):
            raise ValueError(f'{text!r} is not a colour; write six hexadecimal digits, in quotes: "#0B4F6C"')
        return text.upper()

    return record.parsed(name, parse, "wrong-colour")


def _read_named_colour(record: Record, name: str) -> str | None:
    """A colour, or the name of one; names are resolved when all of the theme is known."""
    names = [f.name for f in fields(Colours)]

    def parse(text: str) -> str:
        if text in names:
            return text
        if not _COLOUR.fullmatch(text):
            raise ValueError(f'{text!r} is neither one of {", ".join(names)} nor six hexadecimal digits ("#0B4F6C")')
        return text.upper()

    return record.parsed(name, parse, "wrong-colour")


def _read_page(record: Record) -> _Fields:
    def read(record: Record, name: str) -> object:
        if name != "size":
            return _read_number(record, name)

        def parse(text: str) -> str:
            if text not in PAGE_SIZES:
                raise ValueError(f"{text!r} is none of {', '.join(PAGE_SIZES)}; for others give `width` and `height`")
            return text

        return record.parsed(name, parse)

    found = _read_fields(record, [f.name for f in fields(PageSetup)], read)
    if "size" in found:
        for side, length in zip(("width", "height"), PAGE_SIZES[found["size"].value], strict=True):
            if side in found:
                record.problem("wrong-value", f"`{side}` is given as well as `size`", side, "remove one of them")
            found[side] = _Value(length, found["size"].location)
    elif "width" in found and "height" in found:
        found["size"] = _Value(f"{found['width'].value:g} × {found['height'].value:g}", found["width"].location)
    elif "width" in found or "height" in found:
        record.problem("missing-key", "`width` and `height` belong together", None, "or write `size: A4`")
    return found


def _read_rules(record: Record) -> _Fields:
    def read(record: Record, name: str) -> object:
        return _read_named_colour(record, name) if name == "top_colour" else _read_number(record, name)

    return _read_fields(record, [f.name for f in fields(Rules)], read)


def _read_fonts(record: Record, folder: Path) -> Iterator[tuple[str, FontSource]]:
    for name, font in record.children():
        family = font.text("family", required=True, multiline=False)
        package = font.text("package", multiline=False)
        files = font.text_map("files")
        for weight in files:
            if not _WEIGHTS.fullmatch(weight):
                font.problem(
                    "wrong-value", f'`files`: {weight!r} is not a weight; write "400", "400 italic", "600"…', "files"
                )
        if package and files:
            font.problem("wrong-value", "`package` and `files` are both given", "files", "remove one of them")
        italics = font.text("italics", multiline=False)
        fallback = font.texts("fallback")
        font.done()
        if family is not None:
            paths = {weight: str(folder / path) for weight, path in files.items()}
            yield name, FontSource(family, font.location, package, paths, italics, fallback)


NO_LETTERHEAD = "none"
"""What a theme says for `letterhead` that takes away the one of the theme it extends."""


def _read_letterhead(record: Record, given: _Given, folder: Path) -> None:
    def read(record: Record, name: str) -> object:
        match name:
            case "name":
                return record.text(name, multiline=False)
            case "lines" | "beside":
                return record.texts(name)
            case "ground":
                return _read_colour(record, name)
            case "logo":
                logo = record.record(name)
                given.logo |= _read_fields(logo, LOGO_KEYS, read_logo) if logo else {}
                if logo and "file" in logo:
                    given.logo.pop("contents", None)
                return None
            case _:
                return record.number(name, 0, 300)

    def read_logo(record: Record, name: str) -> object:
        match name:
            case "file":
                path = record.text(name, multiline=False)
                return None if path is None else folder / path
            case "description":
                return record.text(name, multiline=False)
            case _:
                return record.number(name, 1, 300)

    if record.is_text("letterhead") and record.text("letterhead") == NO_LETTERHEAD:
        given.letterhead, given.logo = {}, {}
    elif (head := record.record("letterhead")) is not None:
        given.letterhead |= _read_fields(head, LETTERHEAD_KEYS, read)
        given.letterhead.setdefault("name", _Value("", head.location))


LETTERHEAD_KEYS = ("name", "lines", "beside", "logo", "depth", "padding", "gap", "ground")
LOGO_KEYS = ("file", "description", "height")
_LOGO_TYPES = (".png", ".jpg", ".jpeg")


def _read_changes(record: Record, styles: dict[StyleName, _Fields], spacing: _Fields) -> None:
    if (given := record.record("styles")) is not None:
        for style in StyleName:
            if style.value in given and (changes := given.record(style.value)) is not None:
                styles[style] = styles.get(style, {}) | _read_style(changes)
        given.done()
    if (gaps := record.record("spacing")) is not None:
        spacing |= _read_fields(gaps, [f.name for f in fields(Spacing)], _read_number)


def _read_style(record: Record) -> _Fields:
    def read(record: Record, name: str) -> object:
        match name:
            case "font":
                return record.text(name, multiline=False)
            case "weight":
                return record.integer(name, 100, 900)
            case "italic":
                return record.flag(name)
            case "colour":
                return _read_named_colour(record, name)
            case "size":
                return record.parsed(name, lambda text: _in_steps(text, 2, "half points"))
            case "leading":
                return record.parsed(name, lambda text: _in_steps(text, 20, "twentieths of a point"))
            case _:
                return _read_number(record, name)

    return _read_fields(record, [f.name for f in fields(TextStyle)], read)


def _in_steps(text: str, parts: int, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1 <= value <= 400:
        raise ValueError(f"{text!r} is not a number of points from 1 to 400")
    if abs(value * parts - round(value * parts)) > 1e-6:
        raise ValueError(
            f"{text} is not in {what}, the steps that Word can set; write {round(value * parts) / parts:g}"
        )
    return value


# ---- the whole -------------------------------------------------------------------------------------------

_Report = Callable[..., None]
"""Takes a problem's code, message, location and hints."""


def _resolve(path: Path, given: _Given, problems: list[Problem]) -> Theme | None:
    said: set[tuple[str, Location, str]] = set()

    def wrong(code: str, message: str, location: Location, *hints: str, style: str = "") -> None:
        if (code, location, style) not in said or code.startswith("missing"):  # not again for each density
            problems.append(Problem(code, message, location, hints=hints))
        said.add((code, location, style))

    for part, needed in (("page", PageSetup), ("colours", Colours)):
        absent = [f.name for f in fields(needed) if f.name not in getattr(given, part)]
        if absent:
            wrong("missing-key", f"`{part}` lacks {', '.join(absent)}", given.location, _EXTENDS_HINT)
    needed_of_style = ("font", "size", "leading")
    for style in StyleName:
        absent = [name for name in needed_of_style if name not in given.styles.get(style, {})]
        if len(absent) == len(needed_of_style):
            wrong("missing-style", f"the style `{style}` is missing", given.location, _EXTENDS_HINT)
        elif absent:
            place = next(iter(given.styles[style].values())).location
            wrong("missing-key", f"the style `{style}` lacks {', '.join(absent)}", place)
    for name, font in given.fonts.items():
        if font.italics is not None and font.italics not in given.fonts:
            message = f"`{name}` takes its italics from `{font.italics}`, which is not under `fonts`"
            wrong("unknown-font", message, _at(font, given))
        for other in font.fallback:
            if other not in given.fonts:
                wrong("unknown-font", f"`{name}` falls back on `{other}`, which is not under `fonts`", _at(font, given))
    if errors_in(problems):
        return None

    colours = _build(Colours, given.colours)
    page = _build(PageSetup, given.page)
    steps, standard = _steps(given)
    densities = tuple(
        Density(
            name,
            {style: _style(step.styles[style], colours) for style in StyleName},
            _build(Spacing, step.spacing),
        )
        for name, step in steps
    )
    for name, step in steps:
        for style in StyleName:
            _judge_style(style, step.styles[style], given, colours, name, wrong)
    _judge_fonts(given, steps, wrong)
    _judge_page(page, given.page, wrong)
    letterhead = _letterhead(given, wrong)
    if letterhead:
        _judge_letterhead(letterhead, densities, given, wrong)
    rules = _build(Rules, given.rules)
    rules = replace(rules, top_colour=_colour(rules.top_colour, colours))
    return Theme(
        name=path.stem,
        page=page,
        fonts=given.fonts,
        colours=colours,
        rules=rules,
        densities=densities,
        standard=standard,
        description=given.description,
        letterhead=letterhead,
        reference=given.reference,
        files=(*given.files, *_others(given.reference, letterhead)),
        location=Location(path),
    )


def _others(reference: Reference | None, letterhead: Letterhead | None) -> Iterator[Path]:
    """The files that a theme is made of beside its own."""
    if letterhead and letterhead.logo and letterhead.logo.contents is None:
        yield Path(letterhead.logo.path)
    if reference:
        yield reference.path


def _steps(given: _Given) -> tuple[list[tuple[str, _Step]], int]:
    """Each density with all of its values, and which is the standard one.

    From the standard outwards, in both directions, each step adds its changes to those of the step before.
    """
    names = list(given.densities)
    if STANDARD not in names:
        names.insert(0, STANDARD)
    standard = names.index(STANDARD)
    designed = _over(_Step(given.styles, given.spacing), given.densities.get(STANDARD, _Step()))
    whole = {STANDARD: designed}
    for direction in (names[:standard][::-1], names[standard + 1 :]):
        so_far = designed
        for name in direction:
            whole[name] = so_far = _over(so_far, given.densities[name])
    return [(name, whole[name]) for name in names], standard


def _over(base: _Step, changes: _Step) -> _Step:
    styles = {style: given | changes.styles.get(style, {}) for style, given in base.styles.items()}
    return _Step(styles, base.spacing | changes.spacing)


def _build(kind: type[T], given: _Fields) -> T:
    return kind(**{name: value.value for name, value in given.items()})


def _style(given: _Fields, colours: Colours) -> TextStyle:
    style = _build(TextStyle, given)
    return replace(style, colour=_colour(style.colour if "colour" in given else "ink", colours))


def _colour(name: str, colours: Colours) -> str:
    return name if name.startswith("#") else str(getattr(colours, name))


def _judge_style(
    name: StyleName, given: _Fields, theme: _Given, colours: Colours, density: str, wrong: _Report
) -> None:
    style = _style(given, colours)
    at = {key: value.location for key, value in given.items()}
    if style.font not in theme.fonts:
        hint = f"fonts: {', '.join(theme.fonts)}" if theme.fonts else "add it under `fonts`"
        wrong("unknown-font", f"the style `{name}` asks for the unknown font `{style.font}`", at["font"], hint)
    if style.size < smallest(name):
        message = f"the style `{name}` is {style.size:g} points at the density `{density}`; at least {smallest(name)}"
        hints = (*_origin(given["size"]), "a tighter page leaves something out instead")
        wrong("below-floor", message + " are needed", at["size"], *hints, style=name)
    if style.leading < style.size:
        message = f"the style `{name}` has lines of {style.leading:g} points for letters of {style.size:g}"
        hints = (*_origin(given["leading"]), f"give it at least {style.size:g}")
        wrong("below-floor", message, at["leading"], *hints, style=name)
    if name is not StyleName.MARKING and (ratio := contrast(style.colour)) < MINIMUM_CONTRAST:
        message = f"the style `{name}` has a contrast of {ratio:.1f} on white; text needs {MINIMUM_CONTRAST}"
        legible = f'styles: {{{name}: {{colour: "{_darkened(style.colour)}"}}}}'
        hints = (*_origin(given.get("colour")), f"choose a darker colour, such as {legible}")
        wrong("low-contrast", message, at.get("colour", theme.location), *hints, style=name)


def _darkened(colour: str) -> str:
    """The nearest colour of the same hue that can be read on white."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    shades = (f"#{''.join(f'{channel * share // 100:02X}' for channel in channels)}" for share in range(100, -1, -1))
    return next(shade for shade in shades if contrast(shade) >= MINIMUM_CONTRAST)


def _origin(value: _Value | None) -> tuple[str, ...]:
    """Where a value is from, if it is from a Word file, for a hint."""
    return (f"it is {value.origin}; change it there, or say otherwise in the theme",) if value and value.origin else ()


def _judge_fonts(given: _Given, steps: Sequence[tuple[str, _Step]], wrong: _Report) -> None:
    """Whether the fonts that a reference asks for are to be had: its pages are measured by them."""
    if given.reference is None:
        return
    from briefgen.fonts import SAME_WIDTHS, line_height

    users: dict[str, list[str]] = {}
    for values in (values for _, step in steps for values in step.styles.values()):
        asked, origin = values["font"].value, values["font"].origin.partition("”")[0].lstrip("“")
        if origin not in users.setdefault(asked, []):
            users[asked].append(origin)
    for name, styles in users.items():
        font = given.fonts.get(name)
        if font is None or font.location != given.reference.location:
            continue
        try:
            line_height(font)
        except BriefgenError:
            whose = f"{given.reference.path.name} (styles: {', '.join(style for style in styles if style)})"
            message = f"the font {name!r} of {whose} is not installed on this computer"
            twins = [twin.title() for twin in SAME_WIDTHS.get(name.lower(), ())]
            hints = [f"install it, or a free font of the same widths: {' or '.join(twins)}" if twins else "install it"]
            hints.append(f'or say in the theme what stands for it: fonts: {{"{name}": {_STAND_IN}}}')
            wrong("font-not-found", message, font.location, *hints, style=name)


_STAND_IN = "{family: Source Serif Pro, package: font-source-serif-pro}"
"""A font that briefgen brings, as a theme names it."""


def _judge_page(page: PageSetup, given: _Fields, wrong: _Report) -> None:
    for side in ("left", "right", "top", "bottom"):
        if getattr(page, side) < _NEAREST_EDGE:
            message = f"the margin `{side}` is {getattr(page, side):g} points; printers need {_NEAREST_EDGE}"
            wrong("below-floor", message, given[side].location)
    if page.measure < 200 or page.depth < 200:
        message = f"the margins leave {page.measure:g} × {page.depth:g} points for text; at least 200 × 200 are needed"
        wrong("wrong-value", message, given["width"].location)
    elif page.label_column > page.measure / 2:
        wrong("wrong-value", "the label column takes more than half of the measure", given["label_column"].location)


def _letterhead(given: _Given, wrong: _Report) -> Letterhead | None:
    if not given.letterhead:
        return None
    location = given.letterhead["name"].location
    logo = None
    if given.logo:
        place = next(iter(given.logo.values())).location
        absent = [key for key in LOGO_KEYS if key not in given.logo]
        if absent:
            wrong("missing-key", f"`logo` lacks {', '.join(absent)}", place)
        else:
            file, description, height = (given.logo[key].value for key in LOGO_KEYS)
            at = given.logo["file"].location
            contents = given.logo["contents"].value if "contents" in given.logo else None
            logo = Logo(str(file), description, height, at, contents)
            if contents is not None:
                pass
            elif not file.is_file():
                message = f"there is no file {file.name} for the logo"
                wrong("image-not-readable", message, at, f"it was looked for as {file}")
            elif file.suffix.lower() not in _LOGO_TYPES:
                wrong("wrong-value", f"a logo is a PNG or JPEG file, and {file.name} is not named as one", at)
    elif not given.letterhead["name"].value:
        wrong("missing-key", "the letterhead has neither `name` nor `logo`", location, "or write `letterhead: none`")
    return replace(_build(Letterhead, given.letterhead), logo=logo, location=location)


def _judge_letterhead(head: Letterhead, densities: Sequence[Density], given: _Given, wrong: _Report) -> None:
    at = given.letterhead
    for styles in (density.styles for density in densities):
        needed = styles[StyleName.LETTERHEAD].leading + len(head.lines) * line_style(styles).leading
        beside = beside_depth(head, styles) + FRAME_DEPTH + NAME_GAP + line_style(styles).leading if head.beside else 0
        deepest = max(needed, beside, head.logo.height if head.logo else 0)
        if head.depth < deepest:
            message = f"the letterhead is {head.depth:g} points deep; what stands in it takes {deepest:g}"
            wrong("wrong-value", message, at.get("depth", at["name"]).location)
        for style in (StyleName.LETTERHEAD, StyleName.HEADER, StyleName.FOOTER):
            ratio = contrast(styles[style].colour, head.ground or "#FFFFFF")
            if ratio < MINIMUM_CONTRAST:
                message = f"the style `{style}` has a contrast of {ratio:.1f} on the letterhead; text needs"
                hint = "choose a lighter ground"
                wrong("low-contrast", f"{message} {MINIMUM_CONTRAST}", at.get("ground", at["name"]).location, hint)


def _at(font: FontSource, given: _Given) -> Location:
    return font.location or given.location


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
