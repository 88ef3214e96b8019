"""The manifest: what a finished file says of itself, so that it can prove every number and quotation.

JSON, UTF-8, keys in order: the same document gives the same bytes. Passages are W3C Web Annotation selectors
(https://www.w3.org/TR/annotation-model/#selectors), sources are CSL-JSON (citationstyles.org, schema 1.0.2).
Nothing of a source's text beyond the passages is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from briefgen import __version__
from briefgen.citations import evidence_used
from briefgen.document import Document, Facet, Printed, walk
from briefgen.evidence import Evidence, Fact, Library, Quantity, Quote, Source
from briefgen.fit import Fitted
from briefgen.lock import Verification
from briefgen.periods import Period
from briefgen.summary import Summary, as_tree

FORMAT = 1
"""The version of the manifest's form; a reader refuses one that it does not know."""

ATTACHMENT = "manifest.json"
"""The manifest's file name where it is attached to a document."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a document was made from.

    Attributes:
        template, audience, theme: their names; an audience may be absent ("").
        parameters: name → value, as printed.
        inputs: file → SHA-256 in hexadecimal of its bytes; paths relative to the workspace, with slashes.
    """

    template: str
    audience: str
    theme: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)


def make_manifest(
    recipe: Recipe, fitted: Fitted, library: Library, verification: Verification, summary: Summary | None = None
) -> bytes:
    """Write down what a document says, and what each word of evidence in it rests on.

    Args:
        recipe: what the document was made from.
        fitted: the cited document, its layout, and what was left out.
        library: holds all evidence that the document uses.
        verification: where each passage stands in its source, and what was verified against.
        summary: the document in short, for a message that brings it.

    Returns:
        JSON as UTF-8, ending with a line feed.
    """
    document = fitted.document
    used = [evidence for id in evidence_used(document) if (evidence := library.evidence(id)) is not None]
    sources = dict.fromkeys(id for evidence in used for id in library.sources_of(evidence))
    sources.update(dict.fromkeys(id for note in document.notes for id in note.sources))
    printed = _printed(document)
    tree = {
        "format": FORMAT,
        "briefgen": __version__,
        "title": document.meta.title,
        "template": recipe.template,
        "audience": recipe.audience,
        "theme": recipe.theme,
        "language": document.meta.language,
        "parameters": dict(recipe.parameters),
        "as_of": document.meta.as_of.isoformat(),
        "marking": document.meta.marking.label,
        "status": document.meta.status.value,
        "inputs": dict(recipe.inputs),
        "verified": verification.basis,
        "fit": _fit(fitted),
        "evidence": [_evidence(one, printed.get(one.id, []), document, library, verification) for one in used],
        "sources": [_source(library.sources[id], verification) for id in sources],
    }
    if summary is not None:
        tree["summary"] = as_tree(summary)
    return (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def make_properties(recipe: Recipe, document: Document, library: Library) -> dict[str, str | int | date]:
    """The manifest in a few words, for whoever looks at a file's properties; what is not said is left out.

    Args:
        document: cited.
        library: holds all evidence that the document uses.
    """
    used = [evidence for id in evidence_used(document) if (evidence := library.evidence(id)) is not None]
    quotations = sum(isinstance(evidence, Quote) for evidence in used)
    sources = {id for evidence in used for id in library.sources_of(evidence)}
    said: dict[str, str | int | date] = {
        "Template": recipe.template,
        "Audience": recipe.audience,
        "Theme": recipe.theme,
        "As of": document.meta.as_of,
        "Marking": document.meta.marking.label,
        "Status": document.meta.status.value,
        "Facts": len(used) - quotations,
        "Quotations": quotations,
        "Sources": len(sources),
        "briefgen": __version__,
    }
    return {name: value for name, value in said.items() if value != ""}


def _fit(fitted: Fitted) -> dict[str, Any]:
    left_out = []
    for part in fitted.left_out:
        assert part.optional is not None
        left_out.append({"evidence": list(part.optional.evidence), "weight": part.optional.weight})
    return {
        "density": fitted.density,
        "pages": len(fitted.layout.pages),
        "budget": fitted.document.meta.pages,
        "filled": round(fitted.filled, 3),
        "left_out": left_out,
    }


def _printed(document: Document) -> dict[str, list[dict[str, str]]]:
    """Evidence's id → its words as printed, each once, in reading order."""
    found: dict[str, dict[Printed, None]] = {}
    for node in walk((document.blocks, document.notes)):
        if isinstance(node, Printed) and node.facet is not Facet.SOURCE:
            found.setdefault(node.evidence, {}).setdefault(node)
    return {id: [_words(printed) for printed in words] for id, words in found.items()}


def _words(printed: Printed) -> dict[str, str]:
    words = {"facet": printed.facet.value, "text": printed.text}
    return words if printed.language is None else {**words, "language": printed.language}


def _evidence(
    evidence: Evidence,
    printed: list[dict[str, str]],
    document: Document,
    library: Library,
    verification: Verification,
) -> dict[str, Any]:
    tree: dict[str, Any] = {
        "id": evidence.id,
        "printed": printed,
        "notes": [note.number for note in document.notes if evidence.id in note.evidence],
        "marking": library.marking_of(evidence).label,
        "passages": list(_passages(evidence, verification)),
    }
    match evidence:
        case Fact():
            tree["kind"] = evidence.kind.value
            tree["values"] = {name: _quantity(quantity) for name, quantity in evidence.values.items()}
            if evidence.as_of is not None:
                tree["as_of"] = str(evidence.as_of)
            if evidence.derivation is not None:
                derivation = evidence.derivation
                tree["derived"] = {"formula": derivation.formula, "inputs": dict(derivation.inputs)}
        case Quote():
            tree["kind"] = "quote"
            tree["speaker"] = evidence.speaker
            tree["text"] = evidence.text
    return tree


def _passages(evidence: Evidence, verification: Verification) -> Iterator[dict[str, Any]]:
    """Web Annotation targets: a source, and what is selected in it; positions in code points of its text."""
    for number, passage in enumerate(evidence.passages):
        selectors: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": passage.exact}]
        target: dict[str, Any] = {"source": passage.source, "selector": selectors}
        place = verification.place(evidence.id, number)
        if place is not None:
            selectors.append({"type": "TextPositionSelector", "start": place.span.start, "end": place.span.end})
            target["verified"] = place.basis.value
        yield target


def _quantity(quantity: Quantity) -> dict[str, Any]:
    """A number exactly: decimals as text, since JSON's numbers are floats to most readers."""
    tree: dict[str, Any] = {
        "number": f"{quantity.low:f}",
        "exponent": quantity.exponent,
        "unit": {"kind": quantity.unit.kind.value, "name": quantity.unit.name},
    }
    if quantity.high is not None:
        tree["to"] = f"{quantity.high:f}"
    if quantity.qualifier is not None:
        tree["qualifier"] = quantity.qualifier.value
    return tree


def _source(source: Source, verification: Verification) -> dict[str, Any]:
    """CSL-JSON; what a source does not state is absent. Its text's hash and marking stand under `custom`."""
    custom = {"marking": source.marking.label}
    if source.id in verification.sources:
        custom["sha256"] = verification.sources[source.id]
    tree: dict[str, Any] = {"id": source.id, "type": source.type, "language": source.language, "custom": custom}
    stated = {"title": source.title, "publisher": source.publisher, "URL": source.url, "note": source.note}
    tree |= {name: words for name, words in stated.items() if words is not None}
    if source.author is not None:
        tree["author"] = [{"literal": source.author}]
    if source.issued is not None:
        tree["issued"] = _date(source.issued)
    if source.accessed is not None:
        tree["accessed"] = _date(source.accessed)
    return tree


def _date(period: Period) -> dict[str, Any]:
    if period.quarter or period.half:
        return {"literal": str(period)}
    return {"date-parts": [[part for part in (period.year, period.month, period.day) if part is not None]]}
