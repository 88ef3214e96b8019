"""A template's document as its checks are given it, without the search for what fits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from briefgen.audiences import Audience
from briefgen.checks.documents import DocumentInspection
from briefgen.citations import cite
from briefgen.errors import BriefgenError, Problem
from briefgen.evidence import Library
from briefgen.reader import read
from briefgen.templates import fill, load_template
from briefgen.translations import load_translation
from tests.library import AS_OF, LIBRARY

TEMPLATES = Path(__file__).parents[1] / "templates"


def inspected(
    path: Path,
    library: Library = LIBRARY,
    *,
    as_of: date = AS_OF,
    readers: Audience | None = None,
    language: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> DocumentInspection:
    """The inspection of the document of a template, or of a translation of one, with everything optional in it.

    Args:
        fields: of the front matter, as a user gives them.

    Raises:
        BriefgenError: the template is wrong.
    """
    problems: list[Problem] = []
    name, dot, _ = path.stem.partition(".")
    spec = load_template(path.with_name(f"{name}.md"), problems)
    if spec is not None and dot:
        spec = load_translation(spec, path, problems)
    if spec is None:
        raise BriefgenError(problems)
    folders = (path.parent, TEMPLATES)
    filled = fill(spec, library, as_of=as_of, folders=folders, audience=readers, language=language, fields=fields)
    document = read(filled, problems)
    if document is None:
        raise BriefgenError(problems)
    clearance = readers.clearance if readers else None
    return DocumentInspection.of(filled, document, cite(document, library), spec, library, clearance)
