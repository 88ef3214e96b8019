"""The files that templates include and extend."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

from jinja2 import BaseLoader, Environment, TemplateNotFound

from briefgen.errors import Problem
from briefgen.records import read_text
from briefgen.slots import Mistake

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")


class Folders(BaseLoader):
    """Files below the folders of templates, and nothing else.

    Args:
        folders: the first that has a file wins.
        texts: takes each file's text, as Jinja sees it.
    """

    def __init__(self, folders: Sequence[Path], texts: dict[Path, str]) -> None:
        self.folders = folders
        self.texts = texts

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        parts = PurePosixPath(template).parts
        if "\\" in template or ":" in template or template.startswith("/") or ".." in parts or not parts:
            hint = "paths are relative to templates/, with `/` between folders"
            raise Mistake("template-outside", f"{template!r} does not lie below templates/", hint, needle=template)
        for folder in self.folders:
            path = folder.joinpath(*parts)
            if not path.is_file():
                continue
            if not path.resolve().is_relative_to(folder.resolve()):
                raise Mistake(
                    "template-outside", f"{template!r} is a link that leads out of templates/", needle=template
                )
            problems: list[Problem] = []
            text = read_text(path, problems)
            if text is None:
                raise Mistake("template-not-found", f"{template!r}: {problems[0].message}", needle=template)
            text = _without_front_matter(text) if len(parts) == 1 else text
            text = text if text.endswith("\n") else text + "\n"
            self.texts[path] = text
            return text, str(path), lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        return sorted(
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for path in folder.rglob("*.md")
            if path.name != "README.md"
        )


def _without_front_matter(text: str) -> str:
    """A template's text with blank lines for its front matter, so that its lines keep their numbers."""
    front = _FRONT_MATTER.match(text)
    return text if front is None else "\n" * front[0].count("\n") + text[front.end() :]
