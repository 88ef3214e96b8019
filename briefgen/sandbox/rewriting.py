"""A template's tokens and its tree, as the sandbox wants them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateAssertionError, nodes
from jinja2.lexer import Token, TokenStream

from briefgen.errors import Location
from briefgen.records import FORBIDDEN
from briefgen.slots import RESERVED, Slots


def line_marked(stream: TokenStream, slots: Slots, path: Path) -> Iterator[Token]:
    """Put a mark at the start of each line of a template's own text, so that the reader knows where it came from."""
    line = 0  # of the end of what came before
    for token in stream:
        if token.type != "data":
            if token.type == "variable_begin" and token.lineno > line:
                yield Token(token.lineno, "data", slots.line_mark(Location(path, token.lineno)))
            line = token.lineno
            yield token
            continue
        first, *rest = token.value.split("\n")
        parts = [slots.line_mark(Location(path, token.lineno)) + first if token.lineno > line else first]
        parts += [slots.line_mark(Location(path, token.lineno + n)) + part for n, part in enumerate(rest, 1)]
        line = token.lineno + len(rest)
        yield Token(token.lineno, "data", "\n".join(parts))


class Rewriting:
    """Puts the sandbox's own calls into a template's tree.

    Args:
        environment: whose methods are called.
        place: gives a place the number under which `printed` finds it.
        source: the template's text.
        path: of its file.
        name: what Jinja knows it by.
    """

    def __init__(
        self,
        environment: Environment,
        place: Callable[[Location], int],
        source: str,
        path: Path,
        name: str | None,
    ) -> None:
        self.environment = environment
        self.place = place
        self.path = path
        self.name = name
        self.openings = [[found.start() for found in re.finditer(r"\{\{", line)] for line in source.split("\n")]

    def all(self, node: nodes.Node) -> None:
        """Rewrite everything below a node, in the order of the source."""
        for child in node.iter_child_nodes():
            self.all(child)
        match node:
            case nodes.Output():
                node.nodes = [self.output(child) for child in node.nodes]
            case nodes.For():
                node.iter = self.call("counted", [node.iter])
            case nodes.Compare():
                node.expr = self.call("compared", [node.expr])
                for operand in node.ops:
                    operand.expr = self.call("compared", [operand.expr])
            case nodes.List():
                node.items = [self.call("element", [child]) for child in node.items]
            case nodes.Tuple() if node.ctx == "load":
                node.items = [self.call("element", [child]) for child in node.items]
            case nodes.Dict():
                for pair in node.items:
                    pair.key, pair.value = self.call("element", [pair.key]), self.call("element", [pair.value])
            case nodes.Const(value=str() as text) if RESERVED.search(text) or FORBIDDEN.search(text):
                raise TemplateAssertionError(
                    "a text holds a character that is not allowed", node.lineno, self.name, str(self.path)
                )
            case nodes.ScopedEvalContextModifier() | nodes.FilterBlock():
                what = "autoescape" if isinstance(node, nodes.ScopedEvalContextModifier) else "filter"
                self.refuse(f"`{{% {what} %}}` is not offered", node)
            case nodes.AssignBlock() if node.filter is not None:
                self.refuse("a `set` block takes no filter", node)
            case _:
                pass
        for field_name, value in node.iter_fields():
            if isinstance(value, nodes.Concat):
                setattr(node, field_name, self.call("joined", value.nodes, value.lineno))
            elif isinstance(value, list):
                value[:] = [
                    self.call("joined", child.nodes, child.lineno) if isinstance(child, nodes.Concat) else child
                    for child in value
                ]

    def output(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            return self.call("written", [nodes.Const(node.data)], node.lineno)
        column = None
        if 0 < node.lineno <= len(self.openings) and self.openings[node.lineno - 1]:
            column = self.openings[node.lineno - 1].pop(0) + 1
        place = nodes.Const(self.place(Location(self.path, node.lineno, column)))
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return self.call("authored", [node, place], node.lineno)
        if isinstance(node, nodes.Concat):
            node = self.call("joined", node.nodes, node.lineno)
        return self.call("printed", [node, place], node.lineno)

    def call(self, name: str, arguments: list[Any], line: int | None = None) -> nodes.Call:
        line = line or arguments[0].lineno
        function = nodes.EnvironmentAttribute(name, lineno=line)
        call = nodes.Call(function, arguments, [], None, None, lineno=line)
        return call.set_environment(self.environment)  # type: ignore[return-value]

    def refuse(self, message: str, node: nodes.Node) -> None:
        raise TemplateAssertionError(message, node.lineno, self.name, str(self.path))
