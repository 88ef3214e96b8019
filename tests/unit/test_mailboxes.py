from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.mailboxes import Mailbox, distinct, parse_domain, parse_mailbox, parse_mailboxes


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("jane@example.org", Mailbox("jane@example.org")),
        ("<jane@example.org>", Mailbox("jane@example.org")),
        ("Trần Thị Bích <bich@mofa.gov.vn>", Mailbox("bich@mofa.gov.vn", "Trần Thị Bích")),
        ('"Doe, Jane" <j.doe+briefs@example.org>', Mailbox("j.doe+briefs@example.org", "Doe, Jane")),
        ('"The \\"Desk\\"" <d@example.org>', Mailbox("d@example.org", 'The "Desk"')),
        ("홍길동 <hong@한국.kr>", Mailbox("hong@xn--3e0b707e.kr", "홍길동")),
    ],
)
def test_a_mailbox_is_read_as_people_write_it(text: str, mailbox: Mailbox) -> None:
    assert parse_mailbox(text) == mailbox


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not a mail address"),
        ("jane", "not a mail address"),
        ("jane@localhost", "not a mail domain"),
        ("jane@example..org", "not a mail domain"),
        ("jane@-example.org", "not a mail domain"),
        ("jane@straße.example", "ß may stand for two domains"),
        ("trần@example.org", "unaccented letters"),
        ("jane doe@example.org", "cannot stand before the @"),
        (".jane@example.org", "cannot stand before the @"),
        ("x" * 65 + "@example.org", "cannot stand before the @"),
        ("jane@" + "a." * 130 + "org", "not a mail"),
        ("Jane <jane@example.org", "write `Name <address>`"),
        ("Jane <jane@example.org> Doe", "write `Name <address>`"),
        ("J" * 10_000 + " <jane@example.org>", "longer than 200"),
        ("Jane\r\nBcc: all@example.org <jane@example.org>", "not seen (U+000D)"),
        ("jane@example.org\0", "not seen (U+0000)"),
        ("Jane \u202egro.elpmaxe@enaj <x@example.org>", "not seen (U+202E)"),
        ("=?utf-8?q?Jane?= <jane@example.org>", "plain letters"),
    ],
)
def test_what_is_no_mailbox_is_refused_and_said_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse_mailbox(text)
    assert why in str(refused.value)
    assert len(str(refused.value)) < 300
    assert "\n" not in str(refused.value)


def test_commas_and_semicolons_part_mailboxes_unless_they_are_of_a_name() -> None:
    text = '"Doe, Jane" <j@example.org>; Kim <kim@example.kr>, plain@example.org;'
    assert [mailbox.address for mailbox in parse_mailboxes(text)] == [
        "j@example.org",
        "kim@example.kr",
        "plain@example.org",
    ]


def test_an_address_counts_once_and_keeps_the_name_that_somebody_gave_it() -> None:
    found = distinct(parse_mailboxes("J@example.org, k@example.org, Jane <j@EXAMPLE.org>"))
    assert found == (Mailbox("j@example.org", "Jane"), Mailbox("k@example.org"))


@given(st.text(max_size=60))
def test_whatever_passes_for_a_mailbox_can_stand_in_a_header(text: str) -> None:
    try:
        mailbox = parse_mailbox(f"{text} <a@example.org>")
    except ValueError:
        return
    assert mailbox.address == "a@example.org"
    assert not {category(letter) for letter in mailbox.name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(max_size=40))
def test_a_domain_is_ascii_or_refused(text: str) -> None:
    try:
        domain = parse_domain(text)
    except ValueError:
        return
    assert domain.isascii()
    assert domain == domain.lower()
    assert "." in domain
