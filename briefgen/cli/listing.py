"""`briefgen list`: what there is to build, for whom, and in which look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.printing import counted, print_json, print_table, shown
from briefgen.cli.session import Session
from briefgen.errors import Problem
from briefgen.templates import TemplateSpec, load_template


@dataclass(frozen=True, slots=True)
class _Entry:
    """A template, audience or theme; `problems` say why it is broken."""

    name: str
    path: Path
    description: str
    problems: tuple[Problem, ...]
    details: dict[str, object]
    languages: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        if self.problems:
            return f"(broken) {self.problems[0].message}"
        return f"{self.description} ({', '.join(self.languages)})" if len(self.languages) > 1 else self.description


def list_(
    session: Session, as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False
) -> int:
    """Templates, audiences and themes: the workspace's own and those that briefgen brings."""
    kinds = {"templates": _templates(session), "audiences": _audiences(session), "themes": _themes(session)}
    if as_json:
        print_json({kind: [_as_json(entry, session) for entry in entries] for kind, entries in kinds.items()})
        return 0
    for number, (kind, entries) in enumerate(kinds.items()):
        print(("\n" if number else "") + kind.capitalize())
        print_table([(entry.name, entry.line) for entry in entries] or [("none", "")])
    if broken := [entry.name for entries in kinds.values() for entry in entries if entry.problems]:
        print(f"\n{counted(len(broken), 'is', 'are')} broken; `briefgen check` says where")
    return 0


def _templates(session: Session) -> Sequence[_Entry]:
    entries = []
    for name, path in session.workspace.template_files().items():
        problems: list[Problem] = []
        template = load_template(path, problems)
        languages = template.languages(session.workspace.translations(path)) if template else ()
        description = template.description or template.title if template else ""
        details = _template_details(template, languages) if template else {}
        entries.append(_Entry(name, path, description, () if template else tuple(problems), details, languages))
    return entries


def _template_details(template: TemplateSpec, languages: Sequence[str]) -> dict[str, object]:
    params = [
        {
            "name": param.name,
            "type": param.type.value,
            "default": param.default if isinstance(param.default, bool | int | None) else str(param.default),
            "choices": list(param.choices),
            "help": param.help,
        }
        for param in template.params
    ]
    return {
        "kind": template.kind.value,
        "pages": template.pages,
        "formats": list(template.formats),
        "languages": list(languages),
        "params": params,
    }


def _audiences(session: Session) -> Sequence[_Entry]:
    from briefgen.audiences import load_audience

    entries = []
    for name, path in session.workspace.named("audiences", (".yaml", ".yml")).items():
        problems: list[Problem] = []
        audience = load_audience(path, problems)
        description = audience.description or audience.label if audience else ""
        entries.append(_Entry(name, path, description, tuple(problems) if audience is None else (), {}))
    return entries


def _themes(session: Session) -> Sequence[_Entry]:
    from briefgen.themes import load_theme

    named = session.workspace.named("themes", (".yaml", ".yml"))
    folders = [folder / "themes" for folder in session.workspace.templates]
    entries = []
    for name, path in named.items():
        problems: list[Problem] = []
        theme = load_theme(path, problems, folders)
        description = theme.description if theme else ""
        entries.append(_Entry(name, path, description, tuple(problems) if theme is None else (), {}))
    return entries


def _as_json(entry: _Entry, session: Session) -> dict[str, object]:
    return {
        "name": entry.name,
        "description": entry.description,
        "path": shown(entry.path, session.here),
        "broken": entry.problems[0].message if entry.problems else None,
        **entry.details,
    }
