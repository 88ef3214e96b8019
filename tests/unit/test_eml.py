"""Drafts: what stands in the file, and that nothing a user writes can stand where it should not."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from briefgen.document import BulletList, Emphasis, Link, ListItem, Note, NoteMark, OrderedList, Paragraph, Strong, Text
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox
from briefgen.message import Attachment
from briefgen.summary import Bold, Figure, Summary
from briefgen.writers.eml import write
from briefgen.writers.eml.headers import encoded_words, field, plain_name
from tests.mail import mailboxes, message, parsed, subject, text

SUMMARY = Summary(
    title="Harbour brief: Portsmouth",
    headline=("The harbour grows", 1),
    as_of="As of 21 November 2026",
    marking="TLP:CLEAR",
    language="en",
    lead=(("Trade reached US$86.7 bn.", 1, 2, " It ", Bold("grows <fast>"), " & well."),),
    figures=(Figure("US$86.7 bn", ("Trade", 1), "2024"), Figure("12,000", ("Jobs", 2))),
    notes=("The Gazette, 6 May 2025.", "Our calculation: 1 + 1, from note 1."),
)


def body(kind: str, **changes: object) -> str:
    part = parsed(message(**changes)).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_draft_has_what_mail_programs_look_for() -> None:
    found = parsed(message(copies=(Mailbox("c@example.org"),), blind=(Mailbox("b@example.org"),)))
    assert found["X-Unsent"] == "1"
    assert found["From"] == "The desk <desk@example.org>"
    assert found["To"] == "Jane Doe <jane@example.org>"
    assert (found["Cc"], found["Bcc"]) == ("c@example.org", "b@example.org")
    assert found["Date"] == "Sat, 21 Nov 2026 09:00:00 +0000"
    assert found["Content-Language"] == "en"
    assert found["MIME-Version"] == "1.0"
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", found["Message-ID"])
    assert found.get_content_type() == "multipart/mixed"
    alternative, attachment = found.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == ["text/plain", "text/html"]
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_filename() == "harbour.pdf"
    assert attachment.get_content() == b"%PDF-1.7\n"


def test_a_draft_may_leave_sender_and_recipients_to_its_reader() -> None:
    found = parsed(message(sender=None, to=()))
    assert "From" not in found
    assert "To" not in found
    assert found["Message-ID"].endswith("@briefgen.invalid>")


def test_without_attachments_there_is_one_part_less() -> None:
    assert parsed(message(attachments=())).get_content_type() == "multipart/alternative"


def test_the_same_message_gives_the_same_bytes_and_another_another_id() -> None:
    assert write(message()) == write(message())
    ids = {
        parsed(changed)["Message-ID"]
        for changed in (
            message(),
            message(subject="Other"),
            message(attachments=()),
            message(text=text("Good evening,")),
            message(copies=(Mailbox("b@example.org"),)),
            message(attachments=(Attachment("harbour.pdf", b"%PDF-1.7 "),)),
        )
    }
    assert len(ids) == 6


def test_blind_copies_leave_no_trace_but_their_own_line() -> None:
    """Not in the Message-ID or a boundary either: who has the message could try out whom it was copied to."""
    blind = write(message(blind=(Mailbox("b@example.org"),)))
    assert blind.replace(b"Bcc: b@example.org\r\n", b"") == write(message())


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "Doe, Jane",
        'Jane "JD" Doe; \\ Co.',
        "J. Doe",
        "Trần Thị Bích, Hà Nội",
        "김철수 (부장)",
        "O’Neil 🎉👩🏽‍🔬",
        "名" * 200,
        "A" * 200,
        "=",
    ],
)
def test_names_come_back_as_they_were(name: str) -> None:
    contents = write(message(to=(Mailbox("a@example.org", name), Mailbox("b@example.org"))))
    assert mailboxes(contents, "To") == [(name, "a@example.org"), ("", "b@example.org")]


@pytest.mark.parametrize(
    "words",
    [
        "Harbour brief",
        "Tóm lược: Việt Nam – Hàn Quốc",
        "한국–베트남 " * 40 + ".",
        "=?utf-8?B?QmNjOiBldmlsQGV4YW1wbGUub3Jn?=",
        "x" * 10_000,
        "words " * 2_000 + ".",
        "🎉" * 500,
        "a\r\nBcc: evil@example.org",
        "a\0b\x1b[2J",
        "",
    ],
)
def test_subjects_come_back_as_they_were_and_are_one_field(words: str) -> None:
    contents = write(message(subject=words))
    assert subject(contents) == words
    assert "Bcc" not in parsed(contents)


@pytest.mark.parametrize("name", ["Báo cáo Hàn Quốc.pdf", "보고서.docx", 'a; b="c".pdf', "🎉.csv", "名" * 120, "x.pdf"])
def test_attachments_keep_their_names_and_have_plain_ones_for_old_programs(name: str) -> None:
    contents = write(message(attachments=(Attachment(name, b"x"),)))
    [attachment] = parsed(contents).iter_attachments()
    assert attachment.get_filename() == name
    assert str(attachment.get_param("name")) == plain_name(name)
    assert plain_name(name).isascii()


def test_plain_names_are_what_a_reader_would_write() -> None:
    assert plain_name("Báo cáo “Đà Nẵng”.pdf") == "Bao-cao-Da-Nang.pdf"
    assert plain_name("보고서.docx") == "attachment.docx"


def test_lines_are_short_and_ascii_and_end_as_mail_s_do() -> None:
    words = "한" * 5_000 + "\n" + "x" * 5_000 + "\n.\nFrom here"
    contents = write(message(text=text(words), subject="한" * 300, attachments=(Attachment("a.pdf", bytes(9_999)),)))
    assert contents.isascii()
    assert b"\n" not in contents.replace(b"\r\n", b"")
    assert b"\r" not in contents.replace(b"\r\n", b"")
    assert max(map(len, contents.split(b"\r\n"))) <= 78


def test_only_the_name_of_word_s_own_type_is_longer_than_a_line_should_be() -> None:
    """It is one word; a line may have 998 characters (RFC 5322 §2.1.1), and mail programs write it like this too."""
    contents = write(message(attachments=(Attachment("보" * 110 + ".docx", b"PK"),)))
    assert [line for line in contents.split(b"\r\n") if len(line) > 78] == [
        b"Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document;"
    ]


def test_encoded_words_are_no_longer_than_they_may_be_and_cut_no_letter() -> None:
    for word in encoded_words("a한🎉é" * 100):
        assert len(word) <= 75
        assert word.isascii()


@pytest.mark.parametrize("value", ["a\r\nBcc: b@example.org", "a\nb", "a\rb", "a\0", "é", "a\r\n\tb\r\nc"])
def test_a_field_that_would_begin_another_is_a_mistake_of_ours(value: str) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        field("Subject", value)


def test_the_plain_text_says_it_all() -> None:
    said = body("plain", summaries=(SUMMARY,), marking=Marking.AMBER)
    assert said == (
        "TLP:AMBER\n\nGood morning,\n\n----------------------------------------\n\n"
        "Harbour brief: Portsmouth\nAs of 21 November 2026 · TLP:CLEAR\n\nThe harbour grows [1]\n\n"
        "Trade reached US$86.7 bn. [1, 2] It grows <fast> & well.\n\n"
        "- Trade [1]: US$86.7 bn (2024)\n- Jobs [2]: 12,000\n\n"
        "Notes\n[1] The Gazette, 6 May 2025.\n[2] Our calculation: 1 + 1, from note 1.\n\n"
        "----------------------------------------\n\nTLP:AMBER\n"
    )


def test_lists_links_and_notes_of_the_text_in_plain_text() -> None:
    entries = tuple(ListItem((Paragraph((Text(word), NoteMark(1, False))),)) for word in ("one", "two"))
    link = Link("https://example.org/a", (Text("our page"),))
    address = Link("mailto:desk@example.org", (Text("desk@example.org"),))
    words = text("Dear all,")
    blocks = (
        *words.blocks,
        BulletList(entries),
        OrderedList(entries, start=3),
        Paragraph((Strong((Text("See "),)), Emphasis((link,)), Text(", "), address)),
    )
    letter = type(words)(words.meta, blocks, notes=(Note(1, (Text("The Gazette."),)),))
    said = body("plain", text=letter)
    assert (
        "- one [1]\n- two [1]\n\n3. one [1]\n4. two [1]\n\nSee our page <https://example.org/a>, desk@example.org"
        in said
    )
    assert said.endswith("Notes\n[1] The Gazette.\n\nTLP:CLEAR\n")


class _Page(HTMLParser):
    """The words of a page, its tags, and whatever leads elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.open: list[str] = []
        self.targets: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)
        assert tag not in ("img", "link", "script", "style", "iframe", "form", "input", "object")
        for name, value in attrs:
            assert not name.startswith("on")
            assert "url(" not in (value or "")
            assert name not in ("src", "background", "class")
            if name == "href":
                self.targets.append(value or "")
            if name == "id":
                self.ids.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def page(**changes: object) -> _Page:
    found = _Page()
    found.feed(body("html", **changes))
    found.close()
    assert not found.open
    return found


def test_the_html_says_the_same_and_fetches_nothing() -> None:
    found = page(summaries=(SUMMARY, SUMMARY), marking=Marking.RED, text=text("1 < 2 & <b>bold</b> “x”"))
    assert found.words.count("TLP:RED") == 2
    assert "<strong>grows &lt;fast&gt;</strong>" in body("html", summaries=(SUMMARY,))
    for words in (
        "1 < 2 & <b>bold</b> “x”",
        "It grows <fast> & well.",
        "Harbour brief: Portsmouth · As of 21 November 2026 · TLP:CLEAR",
        "US$86.7 bn",
        "The Gazette, 6 May 2025.",
    ):
        assert words in found.words
    assert {target.removeprefix("#") for target in found.targets} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids)) == 4


def test_a_document_without_a_headline_stands_under_its_title() -> None:
    found = body("html", summaries=(replace(SUMMARY, headline=()),))
    assert re.search(r"<h2 [^>]*>Harbour brief: Portsmouth</h2>", found)
    assert found.count("Portsmouth") == 1


def test_labels_have_the_protocol_s_colours() -> None:
    assert "#ffc000" in body("html", marking=Marking.AMBER)
    assert "#ff2b2b" in body("html", marking=Marking.RED)
