"""What every problem's code means: a paragraph, an example, the remedy. `briefgen check --explain CODE` prints it.

The explanations are data, one file a subject. A test holds that every code in briefgen's source has one, and that the
table in `seeds/README.md` says the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.explanations.against_sources import EXPLANATIONS as AGAINST_SOURCES
from briefgen.explanations.commands import EXPLANATIONS as COMMANDS
from briefgen.explanations.documents import EXPLANATIONS as DOCUMENTS
from briefgen.explanations.entries import EXPLANATIONS as ENTRIES
from briefgen.explanations.explanation import Explanation
from briefgen.explanations.finished_files import EXPLANATIONS as FINISHED_FILES
from briefgen.explanations.looks import EXPLANATIONS as LOOKS
from briefgen.explanations.mail import EXPLANATIONS as MAIL
from briefgen.explanations.templates import EXPLANATIONS as TEMPLATES

SUBJECTS: Mapping[str, tuple[Explanation, ...]] = {
    "Evidence against its sources": AGAINST_SOURCES,
    "Evidence files": ENTRIES,
    "Documents": DOCUMENTS,
    "Templates": TEMPLATES,
    "Themes, fonts, pictures and pages": LOOKS,
    "Commands": COMMANDS,
    "Messages": MAIL,
    "Finished files, read again": FINISHED_FILES,
}
"""Subject → explanations, in the order of the table."""

EXPLANATIONS: Mapping[str, Explanation] = {one.code: one for known in SUBJECTS.values() for one in known}
"""Code → explanation."""
