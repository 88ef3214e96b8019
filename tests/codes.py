"""Every code that briefgen can give a problem, read from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import briefgen

PACKAGE = Path(briefgen.__file__).parent
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MAKERS = {"Problem", "Mistake", "between"}
"""Calls whose first argument is a code, besides methods and functions named `problem` or the like."""


def codes() -> dict[str, set[str]]:
    """Code → modules that use it."""
    found: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).with_suffix("").as_posix()
        for code in _in(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(code, set()).add(module)
    return found


def _in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args, keywords=keywords):
                if name in _MAKERS or "problem" in name or name in ("warn", "wrong", "located"):
                    yield from _texts(args[:1])
                yield from _texts([keyword.value for keyword in keywords if keyword.arg == "code"])
                if name == "parsed":
                    yield from _texts(args[2:3])
            case ast.Assign(targets=[ast.Name(id="code")], value=value):
                yield from _texts([value])
            case _:
                pass


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Constant(value=str(text)) if _CODE.fullmatch(text):
                yield text
            case ast.IfExp(body=body, orelse=orelse):
                yield from _texts([body, orelse])
            case _:
                pass
