"""Codes of finished files that are read again."""

from __future__ import annotations

from briefgen.explanations.explanation import ERROR, Explanation

EXPLANATIONS = (
    Explanation(
        "broken-manifest",
        ERROR,
        "the manifest that a file carries is damaged",
        "A file that briefgen built carries its manifest: an attached file in a PDF, custom XML in a Word file. It has "
        "been changed since, so nothing that it says can be relied on.",
        "the manifest that the file carries is damaged: `as_of` is missing",
        "build the document again, or take a copy that nobody has tampered with.",
    ),
    Explanation(
        "unknown-manifest",
        ERROR,
        "the manifest that a file carries is of another version of briefgen",
        "Manifests state the version of their form. One that this version does not know is refused, not guessed at.",
        "the file's manifest is of form 2; this version of briefgen knows form 1",
        "use the version of briefgen that built the file, or build the document again.",
    ),
)
