"""`briefgen schema`: the JSON Schema of evidence files."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from briefgen.cli.printing import shown
from briefgen.cli.session import Session


def schema(
    session: Session,
    output: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="A file to write it to.")] = None,
) -> int:
    """Print the JSON Schema of evidence files, by which editors complete and check them while they are written.

    In VS Code, with the extension YAML by Red Hat, it is turned on by the first line of an evidence file:
    # yaml-language-server: $schema=schema.json
    """
    from briefgen.build import save
    from briefgen.schema import evidence_schema

    text = json.dumps(evidence_schema(), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        print(text, end="")
        return 0
    path = session.here / output
    save({path: text.encode("utf-8")})
    print(shown(path, session.here))
    return 0
