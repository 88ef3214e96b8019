"""Addresses as files carry them."""

from __future__ import annotations

import pytest

from briefgen.addresses import as_uri


@pytest.mark.parametrize(
    ("written", "carried"),
    [
        ("https://example.org/a?b=1&c=(2)#d", "https://example.org/a?b=1&c=(2)#d"),
        ("https://example.org/%C4%91", "https://example.org/%C4%91"),
        ("https://example.org/đường?q=ê", "https://example.org/%C4%91%C6%B0%E1%BB%9Dng?q=%C3%AA"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/{a|b}", "https://example.org/%7Ba%7Cb%7D"),
        ("https://ví-dụ.example:8080/x", "https://xn--v-d-rma6749a.example:8080/x"),
        ("https://me@대한.example", "https://me@xn--vk1bp56d.example"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("mailto:jane@example.org", "mailto:jane@example.org"),
    ],
)
def test_an_address_is_written_in_ascii(written: str, carried: str) -> None:
    assert as_uri(written) == carried


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://",
            "https:///x",
            "http://?x",
            "https://:80/",
            "https://example.org:0/",
            "https://example.org:99999/",
        ),
        *("https://example.org:x/", "http://[::1/", "http://exa[mple.org/", "https://%5Bx/", f"https://{'ế' * 70}/"),
    ],
)
def test_what_no_program_can_follow_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="leads nowhere"):
        as_uri(address)
