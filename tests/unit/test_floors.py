"""Imports point down only: DESIGN's floors, read from the source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import briefgen

PACKAGE = Path(briefgen.__file__).parent

FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "explanations"),
    (
        *("records", "allowances", "periods", "evidence", "document", "theme", "folding", "quotations", "numerals"),
        *("derivation", "disagreement", "timeliness", "notation", "mailboxes", "context", "addresses"),
    ),
    (
        *("seeds", "matching", "lock", "slots", "locales", "audiences", "workspace", "firewall"),
        *("mail_settings", "passwords", "leftovers"),
        *("fonts", "opentype", "outlines", "themes", "reference", "extraction", "entries"),
    ),
    (
        "selection",
        "sandbox",
        "templates",
        "translations",
        "reader",
        "citations",
        "layout",
        "checks",
        "drafting",
        "searching",
        "schema",
    ),
    ("fit", "manifest", "summary", "covering", "message"),
    ("writers",),
    ("requests", "build", "enclosing", "mailing", "usage", "starter", "adding", "delivery", "carried", "reviewing"),
    ("cli", "__main__"),
)
"""A name stands for a module or for a package with all that is in it; a module may import its own floor and below."""

HEAVY = {
    "reportlab": ("writers",),
    "docx": ("writers", "extraction"),
    "lxml": ("writers", "extraction", "reference"),
    "pypdfium2": ("extraction", "carried"),
    "xlsxwriter": ("writers",),
    "PIL": ("layout", "writers"),
    "fontTools": ("fonts", "opentype", "outlines", "writers"),
    "jinja2": ("sandbox",),
    "markupsafe": ("sandbox",),
    "markdown_it": ("reader",),
    "mdit_py_plugins": ("reader",),
    "rapidfuzz": ("matching", "checks"),
    "yaml": ("records",),
    "typer": ("cli",),
    "keyring": ("passwords",),
}
"""Third-party package → the only parts that may import it."""


@cache
def modules() -> dict[str, Path]:
    """Dotted name below the package → file; the package itself is called ""."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                for name in names:  # `from briefgen.writers import pdf` imports a module of that package
                    submodule = f"{module}.{name.name}"
                    yield submodule if submodule.removeprefix("briefgen.") in modules() else module
            case ast.ImportFrom():
                pytest.fail(f"{path}: a relative import; write it out")
            case _:
                pass


def part_of(module: str) -> str:
    """The name in FLOORS that a module belongs to: the first part of its dotted name below the package."""
    return module.removeprefix("briefgen").removeprefix(".").split(".")[0]


def edges() -> dict[str, set[str]]:
    """Module → modules of ours that it imports."""
    known = modules()
    return {
        name: {
            target
            for found in imports(path)
            if (target := found.removeprefix("briefgen.")) != found and target in known and target != name
        }
        for name, path in known.items()
    }


def floor(module: str) -> int:
    return next((number for number, names in enumerate(FLOORS) if part_of(module) in names), len(FLOORS))


def test_every_module_has_a_floor() -> None:
    placed = {name for names in FLOORS for name in names}
    homeless = {part_of(module) for module in modules() if module} - placed
    assert not homeless, f"say in FLOORS, in DESIGN's table, on which floor these live: {sorted(homeless)}"


def test_imports_point_down_only() -> None:
    upward = [
        f"{module} (floor {floor(module)}) imports {target} (floor {floor(target)})"
        for module, targets in edges().items()
        for target in sorted(targets)
        if module and target and floor(target) > floor(module)
    ]
    assert not upward


def test_no_import_goes_in_a_circle() -> None:
    graph = edges()
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join([*way[way.index(module) :], module])
        if module not in done:
            for target in sorted(graph[module]):
                visit(target, (*way, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_heavy_packages_stay_where_they_belong() -> None:
    strays = [
        f"{module} imports {found}"
        for module, path in modules().items()
        for found in imports(path)
        if (homes := HEAVY.get(found.split(".")[0])) is not None and part_of(module) not in homes
    ]
    assert not strays
