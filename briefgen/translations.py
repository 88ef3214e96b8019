"""A template's words in another language: `NAME.LANGUAGE.md` beside `NAME.md`.

It is the same document: what it is, how long it may be and what it asks its user for stand in `NAME.md` alone. The
translation has a body of its own and, in front matter that it may leave out, the words of the front matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefgen.allowances import read_allowances
from briefgen.errors import Location, Problem, errors_in
from briefgen.records import Origin, Record, parse_records
from briefgen.slots import did_you_mean
from briefgen.templates import Param, TemplateSpec, as_name, split_template

_WORDS = ("title", "description", "to", "ref", "contact", "valid_until", "footer", "edition")
_SAME = ("kind", "pages", "formats", "notes", "marking", "status", "audience", "language", "max_age")


def load_translation(template: TemplateSpec, path: Path, problems: list[Problem]) -> TemplateSpec | None:
    """Read a template's words in another language.

    Args:
        template: whose front matter counts where the translation says nothing.
        path: the file, `NAME.LANGUAGE.md`.
        problems: everything wrong is appended, with its place in the file.

    Returns:
        The template in that language, or None when there was an error.
    """
    before = len(problems)
    parts = split_template(path, problems)
    if parts is None:
        return None
    head, body = parts
    record = parse_records(head, Origin(path, problems, line_offset=1)) if head else None
    changes = _changes(template, record) if record else {}
    if errors_in(problems[before:]):
        return None
    place, language = Location(path, 1), path.stem.rpartition(".")[2]
    return replace(template, path=path, location=place, body=body, language=language, original=template.path, **changes)


def _changes(template: TemplateSpec, record: Record) -> dict[str, Any]:
    """What the translation's front matter says otherwise."""
    for key in _SAME:
        if key in record:
            hint = f"it stands in {template.path.name}; take it out here"
            record.problem("unknown-key", f"`{key}` is the same in every language", key, hint)
    words = {key: record.text(key, multiline=False) for key in _WORDS}
    words |= {"sender": record.text("from", multiline=False), "theme": record.parsed("theme", as_name)}
    changes: dict[str, Any] = {key: text for key, text in words.items() if text is not None}
    changes["params"] = tuple(_params(template, record))
    changes["allow"] = (*read_allowances(record), *template.allow)
    changes["locations"] = {**template.locations, **record.locations()}
    record.done()
    return changes


def _params(template: TemplateSpec, record: Record) -> Iterator[Param]:
    """The template's params, some with another default or help."""
    names = [param.name for param in template.params]
    said = record.record("params") if "params" in record else None
    entries = dict(said.children()) if said else {}
    for name in entries:
        if said and name not in names:
            hints = did_you_mean(name, names) or (f"a translation has the params of {template.path.name}",)
            said.problem("unknown-param", f"the template `{template.name}` has no param `{name}`", name, *hints)
    for param in template.params:
        entry = entries.get(param.name)
        if entry is None:
            yield param
            continue
        help, default = entry.text("help", multiline=False), entry.parsed("default", param.parse)
        entry.done()
        yield replace(
            param,
            help=param.help if help is None else help,
            default=param.default if default is None else default,
        )
