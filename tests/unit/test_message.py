"""Attachments: names that lead nowhere, and what is no document."""

from __future__ import annotations

import pytest

from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox
from briefgen.message import LONGEST_NAME, Attachment, file_name, marked_subject
from tests.mail import message


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("brief.pdf", "brief.pdf"),
        ("Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("C:\\brief.pdf", "brief.pdf"),
        ("..", "attachment"),
        ("", "attachment"),
        (".bashrc", "bashrc"),
        (" . hidden.pdf. ", "hidden.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nBcc: b@example.org.pdf", "aBcc- b@example.org.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ('a<b>:"|?*c.pdf', "a-b-c.pdf"),
        ("a\udcff.pdf", "a.pdf"),
        ("e\u0301.pdf", "é.pdf"),
    ],
)
def test_a_name_is_made_fit_to_be_saved(given: str, expected: str) -> None:
    assert file_name(given) == expected


def test_a_long_name_keeps_its_suffix() -> None:
    found = file_name("x" * 10_000 + ".docx")
    assert len(found) == LONGEST_NAME
    assert found.endswith("x.docx")


@pytest.mark.parametrize(
    ("name", "contents", "program"),
    [
        ("a.pdf", b"%PDF", False),
        ("a.docx", b"PK\x03\x04", False),
        ("setup.exe", b"", True),
        ("brief.pdf.EXE", b"", True),
        ("brief.pdf", b"MZ\x90", True),
        ("brief.pdf", b"\x7fELF", True),
        ("brief", b"#!/bin/sh\n", True),
        ("page.hta", b"", True),
    ],
)
def test_programs_are_known_by_their_suffix_or_their_beginning(name: str, contents: bytes, program: bool) -> None:
    assert Attachment(name, contents).is_program is program


def test_types_do_not_depend_on_the_machine() -> None:
    assert Attachment("a.PDF", b"").media_type == "application/pdf"
    assert Attachment("a.docx", b"").media_type.endswith("wordprocessingml.document")
    assert Attachment("a.unheard-of", b"").media_type == "application/octet-stream"


def test_a_subject_bears_the_label_once_and_only_where_it_means_something() -> None:
    assert marked_subject("Brief", Marking.CLEAR) == "Brief"
    assert marked_subject("Brief", Marking.AMBER_STRICT) == "TLP:AMBER+STRICT Brief"
    assert marked_subject("TLP:RED Brief", Marking.RED) == "TLP:RED Brief"


def test_everybody_gets_one() -> None:
    twice = Mailbox("jane@example.org")
    found = message(copies=(Mailbox("JANE@example.org"), Mailbox("c@example.org")), blind=(twice,))
    assert [mailbox.address for mailbox in found.recipients] == ["jane@example.org", "c@example.org"]
