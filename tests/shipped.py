"""Every template that is shipped, in every theme and language that there is, as of one day."""

from __future__ import annotations

from datetime import date
from functools import cache

from briefgen.build import Built, OpenLibrary, build, open_library
from briefgen.requests import Request
from briefgen.templates import load_template
from briefgen.workspace import open_workspace
from tests.sheet import REPOSITORY

WORKSPACE = open_workspace(str(REPOSITORY), REPOSITORY, {})
TODAY = date(2026, 11, 21)
THEMES = sorted(WORKSPACE.named("themes", (".yaml",)))


def shipped() -> list[tuple[str, str, str]]:
    """Template, theme, language."""
    return [
        (name, theme, language)
        for name, path in sorted(WORKSPACE.template_files().items())
        for language in ("en", *sorted(WORKSPACE.translations(path)))
        for theme in THEMES
    ]


@cache
def library() -> OpenLibrary:
    return open_library(WORKSPACE, TODAY)


def built(name: str, theme: str, language: str, *formats: str, embed_fonts: bool = True) -> Built:
    """One of them."""
    template = load_template(WORKSPACE.template_files()[name], [])
    assert template is not None
    chosen = None if language == "en" else language
    request = Request(template, TODAY, formats, theme=theme, language=chosen, embed_fonts=embed_fonts)
    return build(request, WORKSPACE, library())
