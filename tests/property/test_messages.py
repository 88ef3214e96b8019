"""Messages from any words: they come back as they were, and nothing in them becomes a field of its own."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefgen.mailboxes import Mailbox, parse_mailbox, parse_mailboxes
from briefgen.message import LONGEST_NAME, Attachment, file_name
from briefgen.workspace import is_device_name
from briefgen.writers.eml import write
from tests.mail import mailboxes, message, parsed, subject, text

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=400)
NASTY = st.lists(
    st.sampled_from(
        [
            *(
                "\r\nBcc: x@example.org",
                "\r",
                "\n",
                "\0",
                "=?utf-8?B?QQ==?=",
                "=?",
                "?=",
                '"',
                "\\",
                "<",
                ">",
                ",",
                ";",
                "@",
            ),
            *("../", "..\\", "C:", "con", ".", " ", "\u202e", "\ufeff", "한", "Trần", "🎉", "x" * 90, "%0d%0a", "*0*="),
        ]
    ),
    max_size=12,
).map("".join)
FIELDS = {
    *("x-unsent", "from", "to", "subject", "date", "message-id", "content-language", "mime-version"),
    "content-type",
}


@given(WORDS | NASTY)
@settings(max_examples=150)
def test_a_subject_comes_back_and_adds_no_field(words: str) -> None:
    contents = write(message(subject=words, attachments=()))
    assert subject(contents) == words
    assert {name.lower() for name in parsed(contents)} == FIELDS


@given(WORDS | NASTY)
@settings(max_examples=150)
def test_a_name_is_refused_or_comes_back(name: str) -> None:
    try:
        mailbox = parse_mailbox(f"{name} <jane@example.org>")
    except ValueError:
        return
    contents = write(message(to=(mailbox, Mailbox("b@example.org", "B")), attachments=()))
    assert mailboxes(contents, "To") == [(mailbox.name, "jane@example.org"), ("B", "b@example.org")]
    assert {field.lower() for field in parsed(contents)} == FIELDS


@given(NASTY)
def test_a_list_of_mailboxes_is_refused_or_holds_only_what_it_names(words: str) -> None:
    try:
        found = parse_mailboxes(f"a@example.org, {words}")
    except ValueError:
        return
    contents = write(message(to=found, attachments=()))
    assert [address for _, address in mailboxes(contents, "To")] == [one.address for one in found]


@given(WORDS | NASTY | st.text(st.characters(), max_size=60))
@example("\udcff.pdf")
@example("x" * 10_000)
@settings(max_examples=200)
def test_an_attachment_s_name_leads_nowhere_and_comes_back(words: str) -> None:
    name = file_name(words)
    assert 0 < len(name) <= LONGEST_NAME + 1
    assert not re.search(r'[\x00-\x1f\x7f/\\<>:"|?*\u202a-\u202e\u2066-\u2069]', name)
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert not is_device_name(name)
    assert file_name(name) == name
    [attachment] = parsed(write(message(attachments=(Attachment(name, b"x"),)))).iter_attachments()
    assert attachment.get_filename() == name


@given(WORDS | NASTY)
def test_text_comes_back_and_lines_stay_short(words: str) -> None:
    words = re.sub(r"\r\n?", "\n", words).replace("\0", "")
    contents = write(message(text=text(words), attachments=()))
    body = parsed(contents).get_body(("plain",))
    assert body is not None
    assert words in str(body.get_payload(decode=True), "utf-8").replace("\r\n", "\n")
    assert contents.isascii()
    assert max(map(len, contents.split(b"\r\n"))) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", contents)
