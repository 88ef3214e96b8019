"""Finished files in a message: what they are called, who may see them, and what their sender should know first."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from briefgen.build import OpenLibrary, open_library
from briefgen.carried import carried_manifest
from briefgen.enclosing import Enclosure, enclose_files
from briefgen.errors import BriefgenError, UsageError
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox
from briefgen.mailing import Composed, Envelope, compose
from briefgen.manifest import ATTACHMENT
from briefgen.workspace import Workspace, open_workspace
from tests.program import Program
from tests.small import make_small_workspace

DAY = date(2026, 11, 21)
JANE, KIM, LAM = (Mailbox(f"{name}@example.org") for name in ("jane", "kim", "lam"))
FUNDS = "label: funds\nrecipients: [kim@example.org]\ntext: Dear funds, here is “{{ title }}”.\n"


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small workspace with an audience, as the current folder."""
    root = make_small_workspace(tmp_path / "harbour")
    (root / "templates" / "audiences").mkdir()
    (root / "templates" / "audiences" / "funds.yaml").write_text(FUNDS, encoding="utf-8")
    monkeypatch.chdir(root)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    return root


@pytest.fixture
def built(harbour: Path, briefgen: Program) -> Path:
    """A brief for the audience, as it came from the press."""
    assert briefgen("harbour", "--docx", "--audience", "funds", "-o", "brief.docx").status == 0
    return harbour / "brief.docx"


@pytest.fixture
def foreign(built: Path) -> Callable[..., Path]:
    """A PDF of somebody's with the brief's manifest, changed."""
    manifest = carried_manifest(built)
    assert manifest is not None

    def make(**changes: Any) -> Path:
        path = built.with_name("foreign.pdf")
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.attachments[ATTACHMENT] = json.dumps({**manifest.tree, **changes}).encode()
            pdf.save(path)
        return path

    return make


def workspace(root: Path) -> Workspace:
    return open_workspace(None, root, {})


def opened(root: Path) -> OpenLibrary:
    return open_library(workspace(root), DAY)


def enclosed(*paths: Path, library: bool = True) -> Enclosure:
    root = paths[0].parent
    return enclose_files(paths, workspace(root), DAY, library=opened(root).library if library else None)


def sent(enclosure: Enclosure, root: Path, **envelope: Any) -> Composed:
    return compose(enclosure, Envelope(datetime(2026, 11, 21, tzinfo=UTC), **envelope), workspace(root), opened(root))


def codes(enclosure: Enclosure) -> list[str]:
    return [problem.code for problem in enclosure.problems]


def restrict(root: Path) -> None:
    """Mark a fact of the brief, after it was built."""
    path = root / "seeds" / "harbour.yaml"
    words = path.read_text("utf-8").replace("topics: [people]", "topics: [people]\n    marking: TLP:AMBER")
    path.write_text(words, encoding="utf-8")


def commented(path: Path) -> Path:
    """The same file after somebody has commented on it in Word."""
    document = docx.Document(str(path))
    document.add_comment(document.paragraphs[0].runs[:1], "Is this so?", "Kim")
    copy = path.with_name("commented.docx")
    document.save(str(copy))
    return copy


# ---- what a file says of itself is words, and no more ----------------------------------------------------


@pytest.mark.parametrize("title", ["", " ", "A\r\nBcc: x@example.org", "A\u2028B", "a\0b", "\x1b[2J", "x" * 301])
def test_a_title_that_is_no_line_of_words_is_none(title: str, foreign: Callable[..., Path]) -> None:
    assert enclosed(foreign(title=title)).titles == ("foreign.pdf",)


@pytest.mark.parametrize("language", ["en-\r\nBcc: x@example.org", "xx", "", "../en"])
def test_a_language_that_there_is_not_is_none(language: str, foreign: Callable[..., Path]) -> None:
    assert enclosed(foreign(language=language)).language == "en"


def test_parameters_are_lines_of_words(foreign: Callable[..., Path]) -> None:
    given = {"city": "Hue", "other": "A\nB", "a b": "x", "number": 5, "hidden": "\ue000"}
    assert [param.name for param in enclosed(foreign(parameters=given)).params] == ["city"]


def test_a_marking_is_not_lowered_by_its_file(foreign: Callable[..., Path]) -> None:
    restricted = [{"id": "harbour-trade", "marking": "TLP:RED"}]
    assert enclosed(foreign(marking="TLP:CLEAR", evidence=restricted)).marking is Marking.RED


def test_evidence_that_has_been_restricted_since_counts_as_it_is_now(built: Path) -> None:
    assert enclosed(built).marking is Marking.CLEAR
    restrict(built.parent)
    found = enclosed(built)
    assert (found.marking, codes(found)) == (Marking.AMBER, ["marking-raised"])
    assert "`harbour-jobs` is TLP:AMBER" in found.problems[0].message
    assert enclosed(built, library=False).marking is Marking.CLEAR
    with pytest.raises(BriefgenError) as caught:
        sent(found, built.parent, to=(JANE,), with_audience=False)
    assert {problem.code for problem in caught.value.problems} == {"marking-raised", "recipient-not-cleared"}


def test_a_manifest_that_names_less_is_found_out_by_the_bookmarks_beside_it(built: Path) -> None:
    manifest = carried_manifest(built)
    assert manifest is not None
    poorer = json.dumps({**manifest.tree, "evidence": [], "sources": []})
    with zipfile.ZipFile(built) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(built, "w") as package:
        for name, contents in parts.items():
            changed = re.sub(rb"(?s)(<json>).*(</json>)", lambda old: old[1] + poorer.encode() + old[2], contents)
            package.writestr(name, changed)
    restrict(built.parent)
    assert (found := carried_manifest(built)) is not None
    assert not found.evidence
    assert enclosed(built).marking is Marking.AMBER


def test_the_message_is_called_after_its_documents_and_not_after_what_comes_along(built: Path) -> None:
    (annex := built.with_name("annex.csv")).write_text("a,b\n", encoding="utf-8")
    both = sent(enclosed(annex, built), built.parent, marking=Marking.CLEAR).message
    assert both.subject == "Harbour brief: Portsmouth"
    alone = sent(enclosed(annex), built.parent, marking=Marking.CLEAR).message
    assert alone.subject == "annex.csv"


# ---- review copies, comments, changes --------------------------------------------------------------------


def test_a_review_copy_goes_to_the_organisation_alone(built: Path, briefgen: Program) -> None:
    assert briefgen("harbour", "--review", "--audience", "funds", "-o", "review.docx").status == 0
    copy = built.with_name("review.docx")
    found = enclosed(copy)
    assert (found.marking, codes(found)) == (Marking.AMBER_STRICT, ["review-copy"])
    with pytest.raises(BriefgenError) as caught:
        sent(found, copy.parent, to=(JANE,))
    assert [problem.code for problem in caught.value.problems] == ["review-copy", "recipient-not-cleared"]
    (copy.parent / "briefgen.yaml").write_text('mail: {clearances: {"@example.org": TLP:AMBER+STRICT}}\n')
    message = sent(found, copy.parent, to=(JANE,)).message
    assert message.subject == "TLP:AMBER+STRICT Harbour brief: Portsmouth (review copy)"
    assert message.to == (JANE,), "what it is made for is not who gets it"
    assert not found.audiences, "nor are its words for them"


def test_a_review_copy_stays_one_when_others_have_saved_it(built: Path, briefgen: Program) -> None:
    assert briefgen("harbour", "--review", "-o", "review.docx").status == 0
    copy = built.with_name("review.docx")
    document = docx.Document(str(copy))
    document.save(str(copy))
    assert codes(enclosed(copy)) == ["review-copy"]


def test_comments_and_changes_are_told_of(built: Path) -> None:
    found = enclosed(commented(built))
    assert (found.marking, codes(found)) == (Marking.CLEAR, ["comments-attached"])
    assert "holds 1 comment, which" in found.problems[0].message
    assert codes(enclosed(built)) == []


def test_warnings_about_files_count_with_strict(built: Path, briefgen: Program) -> None:
    path = commented(built)
    result = briefgen("email", "--attach", path.name, "--to", "jane@example.org", "-o", "x.eml")
    assert result.status == 0
    assert "commented.docx: warning[comments-attached]" in result.err
    result = briefgen("email", "--attach", path.name, "--to", "jane@example.org", "-o", "y.eml", "--strict")
    assert result.status == 1
    assert not (built.parent / "y.eml").exists()
    result = briefgen("email", "harbour", "--attach", path.name, "--to", "jane@example.org", "-o", "x.eml")
    assert "commented.docx: warning[comments-attached]" in result.err


def test_a_document_and_a_file_for_the_same_audience_go_together(built: Path, briefgen: Program) -> None:
    result = briefgen("email", "harbour", "--audience", "funds", "--attach", "brief.docx", "-o", "x.eml")
    assert result.status == 0, result.err
    assert "draft to 1 recipient, from nobody yet, TLP:CLEAR, with harbour.pdf and brief.docx" in result.out


# ---- who gets it -----------------------------------------------------------------------------------------


def test_everybody_gets_it_once(built: Path) -> None:
    again = Mailbox("JANE@example.org", "Jane")
    message = sent(enclosed(built), built.parent, to=(JANE,), copies=(again, LAM), blind=(KIM, again, LAM)).message
    assert (message.to, message.copies, message.blind) == ((JANE, KIM), (LAM,), ())


def test_an_audience_s_recipients_that_are_asked_for_must_be_there(built: Path) -> None:
    audience = built.parent / "templates" / "audiences" / "funds.yaml"
    assert sent(enclosed(built), built.parent, audience_named=True).message.to == (KIM,)
    audience.write_text("label: funds\n", encoding="utf-8")
    assert sent(enclosed(built), built.parent).message.to == ()
    with pytest.raises(UsageError, match="the audience `funds` names none"):
        sent(enclosed(built), built.parent, audience_named=True)


def test_the_same_file_is_attached_once(built: Path, briefgen: Program) -> None:
    files = ("--attach", "brief.docx", "--attach", "./brief.docx", "--attach", "seeds/../brief.docx")
    result = briefgen("email", *files, "-o", "x.eml")
    assert result.out.endswith("with brief.docx\n"), result.err
