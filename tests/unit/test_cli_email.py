"""`briefgen email`, as its users call it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import briefgen.build
import briefgen.delivery
from briefgen.delivery import Outcome
from briefgen.mail_settings import Server
from briefgen.mailboxes import Mailbox
from tests.mail import mailboxes, parsed, subject
from tests.program import Program
from tests.small import make_small_workspace

DATED = ("--as-of", "2026-11-21", "--date", "2026-11-21T09:00+07:00")
JANE = "Jane Doe <jane@example.org>"
MAIL = "mail:\n  from: The desk <desk@example.org>\n  server: localhost:8025\n  security: none\n"
AUDIENCE = """\
label: funds
clearance: TLP:AMBER
recipients: [Kim Min-su <kim@example.org>, office@example.org]
subject: "For funds: {{ title }}"
text: |
  Dear all, {{ fact("harbour-jobs") }}
"""


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small workspace with an audience, as the current folder."""
    root = make_small_workspace(tmp_path / "harbour")
    (root / "templates" / "audiences").mkdir()
    (root / "templates" / "audiences" / "funds.yaml").write_text(AUDIENCE, encoding="utf-8")
    monkeypatch.chdir(root)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    return root


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, Mailbox, list[Mailbox]]]:
    """What is handed to the mail server, which takes everything on but what goes to `nobody@`."""
    taken: list[tuple[bytes, Mailbox, list[Mailbox]]] = []

    def deliver(contents: bytes, sender: Mailbox, to: Sequence[Mailbox], server: Server, *_: object) -> list[Outcome]:
        assert str(server) == "localhost:8025"
        taken.append((contents, sender, list(to)))
        return [Outcome(one, not one.address.startswith("nobody"), "250 OK") for one in to]

    monkeypatch.setattr(briefgen.delivery, "deliver", deliver)
    return taken


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


# ---- drafts ----------------------------------------------------------------------------------------------


def test_a_draft_brings_the_document_with_the_audience_s_words(harbour: Path, briefgen: Program) -> None:
    result = briefgen("email", "harbour", "--pdf", "--docx", "--audience", "funds", "--to", JANE, *DATED)
    assert result.status == 0, result.err
    assert result.out.startswith(
        "output/harbour.eml  draft to 1 recipient, from nobody yet, TLP:CLEAR, with harbour.pdf and harbour.docx; "
        "1 page, 2 facts"
    )
    contents = (harbour / "output" / "harbour.eml").read_bytes()
    found = parsed(contents)
    assert mailboxes(contents, "To") == [("Jane Doe", "jane@example.org")]
    assert subject(contents) == "For funds: Harbour brief: Portsmouth"
    files = list(found.iter_attachments())
    assert [file.get_filename() for file in files] == ["harbour.pdf", "harbour.docx"]
    assert files[0].get_content().startswith(b"%PDF-")
    plain = found.get_body(("plain",))
    assert plain is not None
    assert "about\u00a012,000 people. [1]" in plain.get_content()
    assert not (harbour / "output" / "harbour.pdf").exists()


def test_the_same_draft_is_the_same_bytes(harbour: Path, briefgen: Program) -> None:
    drafts = []
    for name in ("a.eml", "b.eml"):
        assert briefgen("email", "harbour", "--to", JANE, *DATED, "-o", name).status == 0
        drafts.append((harbour / name).read_bytes())
    assert drafts[0] == drafts[1]


def test_the_audience_s_recipients_get_it_unless_others_are_named(harbour: Path, briefgen: Program) -> None:
    def to(*options: str) -> list[str]:
        assert briefgen("email", "harbour", "--audience", "funds", *options, "-o", "x.eml").status == 0
        return [address for _, address in mailboxes((harbour / "x.eml").read_bytes(), "To")]

    assert to() == ["kim@example.org", "office@example.org"]
    assert to("--to", "a@example.org; b@example.org", "--to", "c@example.org") == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]
    assert to("--to", "Audience; a@example.org") == ["a@example.org", "kim@example.org", "office@example.org"]
    assert to("--to", "audience", "--to", "OFFICE@example.org, a@example.org")[-2:] == [
        "a@example.org",
        "kim@example.org",
    ]


def test_options_of_the_template_and_of_the_message(harbour: Path, briefgen: Program) -> None:
    options = ("--city", "Hải Phòng", "--cc", "c@example.org", "--bcc", "b@example.org", "--reply-to", "r@example.org")
    result = briefgen(
        "email", "harbour", "--from", "Me <me@example.org>", *options, "--printed-to", "You", "-o", "x.eml"
    )
    assert result.status == 0, result.err
    contents = (harbour / "x.eml").read_bytes()
    found = parsed(contents)
    assert found["From"] == "Me <me@example.org>"
    assert (found["Cc"], found["Bcc"], found["Reply-To"]) == ("c@example.org", "b@example.org", "r@example.org")
    assert subject(contents) == "Harbour brief: Hải Phòng"
    assert "To" not in found


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["email"], "nothing-to-send"),
        (["email", "--to", JANE, "harbour"], "misplaced-option"),
        (["email", "harbuor"], "unknown-command"),
        (["email", "harbour", "--to", "jane"], "wrong-mailbox"),
        (["email", "harbour", "--to", "j@example.org\r\nBcc: x@example.org"], "wrong-mailbox"),
        (["email", "harbour", "--to", "\0 <j@example.org>"], "wrong-mailbox"),
        (["email", "harbour", "--to", "=?utf-8?B?QQ==?= <j@example.org>"], "wrong-mailbox"),
        (["email", "harbour", "--cc", "n" * 10_000 + " <j@example.org>"], "wrong-mailbox"),
        (["email", "harbour", "--from", "me"], "wrong-mailbox"),
        (["email", "harbour", "--subject", "a\r\nBcc: x@example.org"], "wrong-subject"),
        (["email", "harbour", "--subject", "a\0"], "wrong-subject"),
        (["email", "harbour", "--subject", " "], "wrong-subject"),
        (["email", "harbour", "--marking", "secret"], "wrong-value"),
        (["email", "harbour", "--city", "Hue\r\nBcc: x@example.org"], "wrong-param"),
        (["email", "harbour", "--city", "Hue\u2028Bcc: x@example.org"], "wrong-param"),
        (["email", "harbour", "--printed-to", "You\nBcc: x@example.org"], "wrong-value"),
        (["email", "harbour", "--contact", "\x1b[2J"], "wrong-value"),
        (["email", "harbour", "--language", "en-/../../x"], "unknown-language"),
        (["email", "harbour", "--language", "en-\r\nBcc: x@example.org"], "unknown-language"),
        (["email", "harbour", "--date", "today"], "wrong-date"),
        (["email", "harbour", "--date", "1899-12-31"], "wrong-date"),
        (["email", "harbour", "--to", "audience"], "no-recipient"),
        (["email", "harbour", "-o", "x.pdf"], "wrong-output"),
        (["email", "harbour", "-o", "seeds/x.eml"], "wrong-output"),
        (["email", "harbour", "--yes"], "nothing-to-send"),
        (["email", "harbour", "--send", "--to", JANE], "no-mail-server"),
        (["email", "--attach", "port.txt", "--to", JANE], "unmarked-file"),
        (["email", "--attach", "port.txt", "--marking", "TLP:CLEAR", "--audience", "nobody"], "unknown-audience"),
        (["email", "--attach", "port.txt", "--marking", "TLP:CLEAR", "--language", "xx"], "unknown-language"),
    ],
)
def test_wrong_usage_writes_nothing(harbour: Path, briefgen: Program, arguments: list[str], code: str) -> None:
    (harbour / "port.txt").write_text("words", encoding="utf-8")
    result = briefgen(*arguments)
    assert (result.status, f"error[{code}]" in result.err) == (2, True), result.err
    assert not list(harbour.rglob("*.eml"))


def test_a_message_that_servers_may_not_take_is_said_to_be_large(harbour: Path, briefgen: Program) -> None:
    (harbour / "annex.txt").write_bytes(b"x" * 15_000_000)
    options = ("--marking", "TLP:CLEAR", "--to", JANE, "-o", "x.eml")
    result = briefgen("email", "--attach", "annex.txt", *options)
    assert result.status == 0
    assert "warning[large-message]: the message has 21 MB" in result.err


def test_a_broken_template_says_what_is_wrong_with_it(harbour: Path, briefgen: Program) -> None:
    (harbour / "templates" / "broken.md").write_text("---\nkind: novel\n---\n", encoding="utf-8")
    result = briefgen("email", "broken", "--to", JANE)
    assert result.status == 1
    assert "templates/broken.md:2" in result.err


def test_a_full_disk_leaves_what_was_there(harbour: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    assert briefgen("email", "harbour", "--to", JANE, *DATED).status == 0
    path = harbour / "output" / "harbour.eml"
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = briefgen("email", "harbour", "--to", "other@example.org", *DATED)
    assert result.status == 1
    assert "error[cannot-write]" in result.err
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["harbour.eml"]


# ---- the marking -----------------------------------------------------------------------------------------


def test_nobody_gets_what_they_are_not_cleared_for(harbour: Path, briefgen: Program) -> None:
    template = harbour / "templates" / "harbour.md"
    template.write_text(template.read_text("utf-8").replace("pages: 1", "pages: 1\nmarking: TLP:AMBER"), "utf-8")
    result = briefgen("email", "harbour", "--to", JANE, "--bcc", "spy@example.com")
    assert result.status == 1
    assert result.err.count("error[recipient-not-cleared]") == 2
    assert not list(harbour.rglob("*.eml"))
    result = briefgen("email", "harbour", "--audience", "funds", "-o", "x.eml")
    assert result.status == 0, result.err
    assert subject((harbour / "x.eml").read_bytes()) == "TLP:AMBER For funds: Harbour brief: Portsmouth"


def test_the_words_alone_can_be_too_much(harbour: Path, briefgen: Program) -> None:
    evidence = harbour / "seeds" / "harbour.yaml"
    evidence.write_text(
        evidence.read_text("utf-8").replace("topics: [people]", "topics: [people]\n    marking: TLP:AMBER"), "utf-8"
    )
    (harbour / "templates" / "plain.md").write_text(
        "---\ntitle: Plain\nkind: brief\n---\nWords of our own.\n", encoding="utf-8"
    )
    assert briefgen("email", "plain", "--to", JANE, "-o", "x.eml").status == 0
    result = briefgen("email", "plain", "--audience", "funds", "--to", JANE)
    assert result.status == 1
    assert "the message is TLP:AMBER; jane@example.org is cleared for TLP:CLEAR" in result.err


def test_a_marking_that_is_asked_for_raises_and_never_lowers(harbour: Path, briefgen: Program) -> None:
    assert briefgen("email", "harbour", "--marking", "TLP:GREEN", "--to", JANE).status == 1
    template = harbour / "templates" / "harbour.md"
    template.write_text(template.read_text("utf-8").replace("pages: 1", "pages: 1\nmarking: TLP:AMBER"), "utf-8")
    result = briefgen("email", "harbour", "--audience", "funds", "--marking", "TLP:GREEN")
    assert result.status == 2
    assert "error[marking-lowered]" in result.err


# ---- finished files --------------------------------------------------------------------------------------


def test_a_finished_file_goes_out_with_what_its_manifest_says(harbour: Path, briefgen: Program) -> None:
    for suffix in ("pdf", "docx"):
        options = ("--audience", "funds", "--city", "Hue", "--as-of", "2026-11-21")
        assert briefgen("harbour", f"--{suffix}", *options, "-o", f"edited.{suffix}").status == 0
        result = briefgen("email", "--attach", f"edited.{suffix}", "--date", "2026-11-21", "-o", "x.eml")
        assert result.status == 0, result.err
        assert result.out == f"x.eml  draft to 2 recipients, from nobody yet, TLP:CLEAR, with edited.{suffix}\n"
        contents = (harbour / "x.eml").read_bytes()
        assert subject(contents) == "For funds: Harbour brief: Hue"
        plain = parsed(contents).get_body(("plain",))
        assert plain is not None
        for words in ("Dear all,", "Harbour brief: Hue\r\nAs of 21", "The harbour grows"):
            assert words.replace("\r\n", "\n") in plain.get_content().replace("\r\n", "\n")


def test_the_strictest_of_several_files_counts(harbour: Path, briefgen: Program) -> None:
    template = harbour / "templates" / "harbour.md"
    assert briefgen("harbour", "--pdf", "-o", "open.pdf").status == 0
    template.write_text(template.read_text("utf-8").replace("pages: 1", "pages: 1\nmarking: TLP:AMBER"), "utf-8")
    assert briefgen("harbour", "--docx", "-o", "closed.docx").status == 0
    result = briefgen("email", "--attach", "open.pdf", "--attach", "closed.docx", "--to", JANE)
    assert result.status == 1
    assert "the message is TLP:AMBER" in result.err
    result = briefgen(
        "email", "--attach", "open.pdf", "--attach", "closed.docx", "--to", "kim@example.org", "-o", "x.eml"
    )
    assert result.status == 0, result.err


def test_files_of_others_need_a_word_about_who_may_see_them(harbour: Path, briefgen: Program) -> None:
    (harbour / "Báo cáo.txt").write_text("words", encoding="utf-8")
    (harbour / "a").mkdir()
    (harbour / "a" / "Báo cáo.txt").write_text("more", encoding="utf-8")
    files = ("--attach", "Báo cáo.txt", "--attach", "a/Báo cáo.txt")
    result = briefgen("email", *files, "--marking", "TLP:CLEAR", "--to", JANE, "-o", "x.eml")
    assert result.status == 0, result.err
    contents = (harbour / "x.eml").read_bytes()
    assert [file.get_filename() for file in parsed(contents).iter_attachments()] == ["Báo cáo.txt", "Báo cáo-2.txt"]
    assert subject(contents) == "Báo cáo.txt and Báo cáo-2.txt"


def test_a_template_s_document_may_bring_files_along(harbour: Path, briefgen: Program) -> None:
    (harbour / "annex.csv").write_text("a,b\n", encoding="utf-8")
    assert briefgen("email", "harbour", "--attach", "annex.csv", "--to", JANE).status == 2
    result = briefgen(
        "email", "harbour", "--attach", "annex.csv", "--to", JANE, "--marking", "TLP:CLEAR", "-o", "x.eml"
    )
    assert result.status == 0, result.err
    files = parsed((harbour / "x.eml").read_bytes()).iter_attachments()
    assert [file.get_filename() for file in files] == ["harbour.pdf", "annex.csv"]


@pytest.mark.parametrize(
    ("name", "contents", "code"),
    [
        ("setup.exe", b"MZ", "program-attached"),
        ("brief.pdf", b"#!/bin/sh\n", "program-attached"),
        ("brief.exe\u202e", b"x", "program-attached"),
        ("brief.pdf", b"%PDF-1.7 broken", "broken-file"),
        ("brief.docx", b"PK\x03\x04", "broken-file"),
    ],
)
def test_what_cannot_be_attached_is_refused(
    harbour: Path, briefgen: Program, name: str, contents: bytes, code: str
) -> None:
    (harbour / name).write_bytes(contents)
    result = briefgen("email", "--attach", name, "--marking", "TLP:CLEAR", "--to", JANE, "-o", "x.eml")
    assert result.status == 1
    assert code in result.err
    assert not (harbour / "x.eml").exists()


@pytest.mark.skipif(os.name == "nt", reason="no file can be called so on Windows")
def test_a_draft_is_not_called_what_no_file_should_be(harbour: Path, briefgen: Program) -> None:
    (harbour / "a\x1b[2J\nb.txt").write_text("words", encoding="utf-8")
    result = briefgen("email", "--attach", "a\x1b[2J\nb.txt", "--marking", "TLP:CLEAR", "--to", JANE)
    assert result.out.startswith("output/a[2Jb.eml  draft to 1 recipient"), result.err
    assert "\x1b" not in result.out


def test_a_missing_file_is_said_to_be(harbour: Path, briefgen: Program) -> None:
    for name, code in (("nothing.pdf", "file-not-found"), ("seeds", "not-a-file")):
        result = briefgen("email", "--attach", name, "--marking", "TLP:CLEAR", "--to", JANE)
        assert (result.status, f"error[{code}]" in result.err) == (1, True), result.err


def test_outside_a_workspace_a_file_goes_out_too(
    tmp_path: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BRIEFGEN_WORKSPACE", raising=False)
    (tmp_path / "words.txt").write_text("words", encoding="utf-8")
    options = ("--marking", "TLP:CLEAR", "--to", JANE, "-o", "x.eml")
    result = briefgen("email", "--attach", "words.txt", *options)
    assert result.status == 0, result.err


# ---- sending ---------------------------------------------------------------------------------------------


def test_it_is_sent_without_asking_only_when_told_so(
    harbour: Path, briefgen: Program, sent: list[tuple[bytes, Mailbox, list[Mailbox]]]
) -> None:
    (harbour / "briefgen.yaml").write_text(MAIL, encoding="utf-8")
    assert briefgen("email", "harbour", "--to", JANE, "--send").status == 2
    assert not sent
    result = briefgen("email", "harbour", "--to", JANE, "--bcc", "b@example.org", "--send", "--yes")
    assert result.status == 0, result.err
    assert result.out.splitlines()[1:] == [f"{JANE}  250 OK", "b@example.org  250 OK"]
    [(contents, sender, to)] = sent
    assert contents == (harbour / "output" / "harbour.eml").read_bytes()
    assert sender == Mailbox("desk@example.org", "The desk")
    assert [mailbox.address for mailbox in to] == ["jane@example.org", "b@example.org"]


@pytest.mark.parametrize(
    ("answer", "goes"), [("y\n", True), ("Yes\n", True), ("\n", False), ("no\n", False), ("", False)]
)
def test_on_a_terminal_it_shows_everything_and_asks_once(
    harbour: Path,
    briefgen: Program,
    sent: list[tuple[bytes, Mailbox, list[Mailbox]]],
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    goes: bool,
) -> None:
    (harbour / "briefgen.yaml").write_text(MAIL, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    result = briefgen("email", "harbour", "--to", JANE, "--cc", "c@example.org", "--send", "--subject", "Tàu")
    assert result.status == (0 if goes else 1)
    assert bool(sent) is goes
    for words in (
        "The desk <desk@example.org>",
        JANE,
        "c@example.org",
        "Tàu",
        "TLP:CLEAR",
        "harbour.pdf  ",
        "localhost",
    ):
        assert words in result.out
    assert result.out.count("Send it?") == 1
    assert (harbour / "output" / "harbour.eml").exists()


def test_whoever_did_not_get_it_is_named_and_the_draft_is_kept(
    harbour: Path, briefgen: Program, sent: list[tuple[bytes, Mailbox, list[Mailbox]]]
) -> None:
    (harbour / "briefgen.yaml").write_text(MAIL, encoding="utf-8")
    result = briefgen("email", "harbour", "--to", f"{JANE}, nobody@example.org", "--send", "--yes")
    assert result.status == 1
    assert "nobody@example.org  not delivered: 250 OK" in result.out
    assert "accepted for 1 of 2 recipients; the draft is kept" in result.err
    assert sent
    assert (harbour / "output" / "harbour.eml").exists()


@pytest.mark.parametrize(
    ("settings", "options", "code"),
    [
        (MAIL.replace("  from: The desk <desk@example.org>\n", ""), ("--to", JANE), "no-sender"),
        (MAIL, (), "no-recipient"),
    ],
)
def test_what_cannot_be_sent_is_not_drafted_either(
    harbour: Path,
    briefgen: Program,
    sent: list[tuple[bytes, Mailbox, list[Mailbox]]],
    settings: str,
    options: tuple[str, ...],
    code: str,
) -> None:
    (harbour / "briefgen.yaml").write_text(settings, encoding="utf-8")
    result = briefgen("email", "harbour", *options, "--send", "--yes")
    assert result.status == 2
    assert f"error[{code}]" in result.err
    assert not sent


# ---- check -----------------------------------------------------------------------------------------------


def test_check_reads_the_words_of_every_audience(harbour: Path, briefgen: Program) -> None:
    audiences = harbour / "templates" / "audiences"
    template = harbour / "templates" / "harbour.md"
    assert "audiences" not in briefgen("check").err
    (audiences / "idle.yaml").write_text(
        "label: idle\nsubject: '{{ params.anything }}'\ntext: |\n  {{ fact('gone') }}\n", encoding="utf-8"
    )
    result = briefgen("check")
    assert "templates/audiences/idle.yaml:4:12: error[unknown-id]" in result.err
    assert "idle.yaml:2" not in result.err  # a template may have such a param
    template.write_text(template.read_text("utf-8").replace("pages: 1", "pages: 1\naudience: idle"), "utf-8")
    result = briefgen("check", "harbour")
    assert "`params` has no `anything`" in result.err
