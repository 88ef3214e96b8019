"""Drafts as others read them: postal-mime (the parser of Cloudflare's mail workers), in Node."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from briefgen.mailboxes import Mailbox
from briefgen.message import Attachment
from briefgen.writers.eml import write
from tests.mail import message
from tests.program import Program
from tests.tools import require, require_folder, run

READ = """
import {createRequire} from "node:module";
import {readFileSync} from "node:fs";
const {default: PostalMime} = createRequire(process.argv[1])("postal-mime");
const mail = await PostalMime.parse(readFileSync(process.argv[2]), {attachmentEncoding: "base64"});
console.log(JSON.stringify(mail));
"""

pytestmark = pytest.mark.slow


def read(path: Path) -> dict[str, Any]:
    """A message as postal-mime reads it."""
    modules = require_folder("BRIEFGEN_NODE_MODULES")
    command = [require("node"), "--input-type=module", "-e", READ, str(modules / "here.js"), str(path)]
    found = json.loads(run(command))
    assert isinstance(found, dict)
    return found


def test_a_draft_of_each_language_is_read_whole(desk: Path, briefgen: Program) -> None:
    people = ["Trần Thị Bích <b@example.org>", '"Doe, Jane \\"JD\\"" <j@example.org>', "김철수 (부장) <k@example.org>"]
    options = [word for person in people for word in ("--to", person)]
    assert briefgen("investor", "--pdf", "-o", "brief.pdf").status == 0
    for language in ("en", "vi", "ko"):
        path = desk / f"{language}.eml"
        result = briefgen("email", "investor", "--language", language, "--docx", "--pdf", *options, "-o", path.name)
        assert result.status == 0, result.err
        found = read(path)
        assert [(one["name"], one["address"]) for one in found["to"]] == [
            ("Trần Thị Bích", "b@example.org"),
            ('Doe, Jane "JD"', "j@example.org"),
            ("김철수 (부장)", "k@example.org"),
        ]
        title = {"en": "Investor brief: Viet Nam–Korea", "vi": "Tóm lược cho", "ko": "투자자 브리프"}[language]
        assert found["subject"].startswith(title)
        assert title in found["text"]
        assert title in found["html"]
        assert found["text"].startswith("TLP:CLEAR\n\n")
        names = [file["filename"] for file in found["attachments"]]
        assert names == [f"investor.{language}.pdf", f"investor.{language}.docx"]
        starts = [b64decode(file["content"])[:4] for file in found["attachments"]]
        assert starts == [b"%PDF", b"PK\x03\x04"]
        assert [header["value"] for header in found["headers"] if header["key"] == "x-unsent"] == ["1"]


@pytest.mark.parametrize(
    "words", ["한국–베트남 " * 40 + ".", "=?utf-8?B?QmNj?=", "x" * 10_000, "🎉" * 500, "a\r\nBcc: e@x.org"]
)
def test_odd_words_are_read_as_they_were_meant(tmp_path: Path, words: str) -> None:
    name = words.replace("\r\n", "").replace("=?", "")[:190].strip()
    files = (Attachment("Báo cáo “Hàn” 2026; x.pdf", b"%PDF"), Attachment("보" * 110 + ".docx", b"PK"))
    contents = write(message(subject=words, to=(Mailbox("a@example.org", name),), attachments=files))
    (tmp_path / "odd.eml").write_bytes(contents)
    found = read(tmp_path / "odd.eml")
    assert " ".join(found["subject"].split()) == " ".join(words.split())
    assert [(one["name"], one["address"]) for one in found["to"]] == [(name, "a@example.org")]
    assert [file["filename"] for file in found["attachments"]] == [file.name for file in files]
    assert "bcc" not in found
