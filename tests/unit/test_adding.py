from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefgen.errors import Problem
from briefgen.seeds import load_library
from tests.program import Program
from tests.small import make_small_workspace

VIETNAMESE = "Kim ngạch thương mại hai nước đạt 93,7 tỷ USD trong 6 tháng đầu năm 2025, theo Bộ Công Thương.\n"
KOREAN = "지난해 두 나라의 교역액은 867억 달러로 늘었다. 이재명 대통령은 “협력을 넓히겠다”고 말했다.\n"


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program) -> Path:
    """A small workspace, locked, as the current folder."""
    root = make_small_workspace((tmp_path / "harbour").resolve())
    monkeypatch.chdir(root)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    assert briefgen("lock").status == 0
    return root


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changed(before: dict[str, bytes], root: Path) -> set[str]:
    after = files(root)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


# ---- sources ---------------------------------------------------------------------------------------------


def test_a_source_is_taken_over_with_its_text(harbour: Path, briefgen: Program) -> None:
    (harbour / "page.html").write_text(f"<p>{KOREAN}", encoding="utf-8")
    before = files(harbour)
    result = briefgen(
        "add", "source", "page.html", "--title", "교역 867억", "--publisher", "Yonhap", "--issued", "2025-08"
    )
    assert result.status == 0, result.err
    assert changed(before, harbour) == {"seeds/harbour.yaml", "seeds/texts/yonhap.txt"}
    library = load_library(harbour / "seeds", problems := list[Problem]())
    assert not problems
    source = library.sources["yonhap"]
    assert (source.title, source.publisher, str(source.issued)) == ("교역 867억", "Yonhap", "2025-08")
    assert (source.language, source.text) == ("ko", "yonhap.txt")
    assert (harbour / "seeds/texts/yonhap.txt").read_text(encoding="utf-8") == KOREAN
    line = result.out.splitlines()[0]
    assert line == f"seeds/harbour.yaml:{source.location.line}"


def test_nothing_is_guessed_of_a_source(harbour: Path, briefgen: Program) -> None:
    (harbour / "Trade 2024.txt").write_text("Trade grew in 2024, said The Gazette on 5 May 2025.\n")
    assert briefgen("add", "source", "Trade 2024.txt").status == 0
    source = load_library(harbour / "seeds", [])
    assert source.sources["trade-2024"].locations.keys() == {"text"}


def test_a_text_that_is_in_its_place_stays_there(harbour: Path, briefgen: Program) -> None:
    (harbour / "seeds/texts/2025").mkdir()
    (harbour / "seeds/texts/2025/own.txt").write_text("  Words as they are.\r\n\r\n\r\n", newline="")
    before = files(harbour)
    assert briefgen("add", "source", "seeds/texts/2025/own.txt", "--title", "Own").status == 0
    assert changed(before, harbour) == {"seeds/harbour.yaml"}
    assert load_library(harbour / "seeds", []).sources["own"].text == "2025/own.txt"
    again = briefgen("add", "source", "seeds/texts/2025/own.txt", "--title", "Own")
    assert again.status == 1
    assert "error[text-taken]" in again.err


def test_a_text_of_the_same_name_is_not_written_over(harbour: Path, briefgen: Program) -> None:
    (harbour / "seeds/texts/report.txt").write_text("Somebody else’s.\n", encoding="utf-8")
    (harbour / "report.txt").write_text("Mine.\n")
    assert briefgen("add", "source", "report.txt").status == 0
    assert load_library(harbour / "seeds", []).sources["report"].text == "report-2.txt"


def test_a_text_that_another_source_has_is_said(harbour: Path, briefgen: Program) -> None:
    (harbour / "copy.txt").write_bytes((harbour / "seeds/texts/gazette.txt").read_bytes().replace(b"\n", b"\n\n"))
    result = briefgen("add", "source", "copy.txt", "--id", "con")
    assert result.status == 0
    assert "word for word that of `gazette`" in result.out
    assert load_library(harbour / "seeds", []).sources["con"].text == "con-text.txt"  # con.txt is a device on Windows


def test_texts_go_into_the_folder_that_is_named(
    harbour: Path, briefgen: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    (harbour.parent / "articles").mkdir()
    monkeypatch.setenv("BRIEFGEN_TEXTS", str(harbour.parent / "articles"))
    (harbour / "report.txt").write_text("Words.\n")
    assert briefgen("add", "source", "report.txt").status == 0
    assert (harbour.parent / "articles/report.txt").is_file()
    assert not (harbour / "seeds/texts/report.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["none.txt"], 1, "file-not-found"),
        (["seeds"], 1, "unknown-format"),
        (["empty.txt"], 1, "no-text"),
        (["words.txt", "--issued", "15/08/2025"], 2, "wrong-date"),
        (["words.txt", "--url", "example.org"], 2, "wrong-value"),
        (["words.txt", "--marking", "SECRET"], 2, "wrong-value"),
        (["words.txt", "--type", "newspaper"], 2, "wrong-value"),
        (["words.txt", "--language", "Korean"], 2, "wrong-value"),
        (["words.txt", "--id", "Über"], 2, "wrong-id"),
        (["words.txt", "--id", "harbour-trade"], 2, "duplicate-id"),
        (["words.txt", "--title", "a\nb"], 2, "wrong-value"),
        (["words.txt", "--title", "bell\x07"], 2, "forbidden-character"),
        (["words.txt", "--file", "elsewhere.yaml"], 0, ""),
        (["words.txt", "--file", "../elsewhere.yaml"], 2, "wrong-file"),
        (["words.txt", "--file", "seeds/texts/x.yaml"], 2, "wrong-file"),
        (["words.txt", "--file", "seeds/x.txt"], 2, "wrong-file"),
    ],
)
def test_what_fails_leaves_nothing(
    arguments: list[str], status: int, code: str, harbour: Path, briefgen: Program
) -> None:
    (harbour / "empty.txt").touch()
    (harbour / "words.txt").write_text("Words.\n")
    before = files(harbour)
    result = briefgen("add", "source", *arguments)
    assert result.status == status, result.err
    if status:
        assert f"error[{code}]" in result.err
        assert not changed(before, harbour)


# ---- facts -----------------------------------------------------------------------------------------------


def test_a_fact_is_taken_up_by_its_words(harbour: Path, briefgen: Program) -> None:
    (harbour / "seeds/texts/gazette.txt").write_text(
        (harbour / "seeds/texts/gazette.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    before = files(harbour)
    arguments = ("--claim", "The authority says that trade reached $86.7 billion in 2024.", "--topics", "trade,people")
    result = briefgen("add", "fact", "gazette", "Trade through the harbour reached $86.7 billion in 2024", *arguments)
    assert result.status == 0, result.err
    assert changed(before, harbour) == {"seeds/harbour.yaml", "seeds/evidence.lock"}
    text = (harbour / "seeds/harbour.yaml").read_text(encoding="utf-8")
    assert text.startswith(before["seeds/harbour.yaml"].decode().partition("\nquotes:")[0])
    assert text.endswith("\nquotes:" + before["seeds/harbour.yaml"].decode().partition("\nquotes:")[2])
    fact = load_library(harbour / "seeds", []).facts["authority-says-trade-reached"]
    assert fact.claim == "The authority says that trade reached {value} in 2024."
    assert str(fact.as_of) == "2024"
    assert fact.topics == ("trade", "people")
    assert fact.value == load_library(harbour / "seeds", []).facts["harbour-trade"].value
    checked = json.loads(briefgen("check", "harbour", "--json").out)
    assert not [problem for problem in checked["problems"] if problem["severity"] == "error"]
    assert "lock-stale" not in checked["summary"]["codes"]
    assert result.out.splitlines()[0] == f"seeds/harbour.yaml:{fact.location.line}"


def test_a_draft_of_the_claim_is_marked_as_one(harbour: Path, briefgen: Program) -> None:
    result = briefgen("add", "fact", "gazette", "It employs about 12,000 people", "--id", "jobs")
    assert result.status == 0, result.err
    assert "claim: It employs {value} people.  # a draft" in "".join(result.out)
    assert "proposed  claim: the passage’s own words; say it in yours" in result.out
    assert "proposed  value: about 12,000 people" in result.out


def test_a_dry_run_prints_the_entry_alone_and_writes_nothing(harbour: Path, briefgen: Program) -> None:
    before = files(harbour)
    result = briefgen("add", "fact", "gazette", "It employs about 12,000 people", "--dry-run")
    assert result.status == 0
    assert not changed(before, harbour)
    (harbour / "seeds/more.yaml").write_text(result.out, encoding="utf-8")
    problems: list[Problem] = []
    library = load_library(harbour / "seeds", problems)
    assert not problems
    assert len(library.facts) == 3


@pytest.mark.parametrize(
    ("text", "words", "value", "as_of"),
    [
        (VIETNAMESE, "đạt 93,7 tỷ USD trong 6 tháng đầu năm 2025", "93700000000", "2025-H1"),
        (KOREAN, "교역액은 867억 달러", "86700000000", None),
    ],
    ids=["vi", "ko"],
)
def test_facts_in_other_languages(
    text: str, words: str, value: str, as_of: str | None, harbour: Path, briefgen: Program
) -> None:
    (harbour / "article.txt").write_text(text, encoding="utf-8")
    assert briefgen("add", "source", "article.txt", "--id", "article").status == 0
    result = briefgen("add", "fact", "article", words, "--file", "trade.yaml")
    assert result.status == 0, result.err
    [fact] = [
        fact for fact in load_library(harbour / "seeds", []).facts.values() if "article" in fact.passages[0].source
    ]
    assert fact.value is not None
    assert (f"{fact.value.amount:f}", fact.value.unit.name) == (value, "USD")
    assert (str(fact.as_of) if fact.as_of else None) == as_of
    assert fact.location.path == harbour / "seeds/trade.yaml"
    assert briefgen("check", "harbour").status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["nowhere", "words"], 2, "unknown-source"),
        (["gazette", "Trade reached $86.7 billion"], 1, "passage-not-found"),
        (["gazette", "6.7 billion in 2024"], 1, "passage-cut"),
        (["gazette", "employs about 12,000", "--value", "12,000 people"], 1, "qualifier-changed"),
        (["gazette", "12,000 people"], 1, "number-cut"),
        (["gazette", "about 12,000 people", "--value", "about 13,000 people"], 2, "wrong-braces"),
        (["gazette", "about 12,000 people", "--value", "13 people", "--claim", "{value}."], 1, "value-not-in-passage"),
        (["gazette", "about 12,000 people", "--value", "many"], 2, "wrong-value"),
        (["gazette", "about 12,000 people", "--kind", "guess"], 2, "wrong-value"),
        (["gazette", "about 12,000 people", "--weight", "9"], 2, "wrong-value"),
        (["gazette", "about 12,000 people", "--kind", "event"], 2, "missing-key"),
        (["gazette", "about 12,000 people", "--claim", "{people} work."], 2, "wrong-braces"),
        (["gazette", "about 12,000 people", "--id", "gazette"], 2, "duplicate-id"),
    ],
)
def test_what_is_wrong_with_a_fact_leaves_nothing(
    arguments: list[str], status: int, code: str, harbour: Path, briefgen: Program
) -> None:
    before = files(harbour)
    result = briefgen("add", "fact", *arguments)
    assert result.status == status, result.err
    assert f"error[{code}]" in result.err
    assert not changed(before, harbour)


def test_a_source_without_its_text_at_hand(harbour: Path, briefgen: Program) -> None:
    (harbour / "seeds/texts/gazette.txt").unlink()
    result = briefgen("add", "fact", "gazette", "about 12,000 people")
    assert result.status == 1
    assert "error[text-missing]" in result.err
    assert "seeds/harbour.yaml:7:11" in result.err


def test_a_text_that_changed_since_it_was_locked_is_not_locked_anew(harbour: Path, briefgen: Program) -> None:
    text = harbour / "seeds/texts/gazette.txt"
    text.write_text(text.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    before = files(harbour)
    result = briefgen("add", "fact", "gazette", "It employs about 12,000 people", "--id", "jobs")
    assert result.status == 1
    assert "error[text-changed]" in result.err
    assert not changed(before, harbour)


def test_a_broken_library_elsewhere_does_not_stop_it_and_a_broken_file_does(harbour: Path, briefgen: Program) -> None:
    (harbour / "seeds/other.yaml").write_text("facts:\n  x: {clam: y}\n")
    assert briefgen("add", "fact", "gazette", "It employs about 12,000 people", "--id", "jobs").status == 0
    (harbour / "seeds/bad.yaml").write_text("facts:\n  x: [\n")
    before = files(harbour)
    result = briefgen("add", "fact", "gazette", "It employs about 12,000 people", "--file", "bad.yaml")
    assert result.status == 1
    assert "seeds/bad.yaml:3:1: error[yaml-syntax]" in result.err
    assert not changed(before, harbour)


@pytest.mark.parametrize("contents", ["facts: {}\n", "quotes: {}\n...\n", "facts: [x]\n"])
def test_a_file_that_cannot_take_an_entry_is_left_alone(contents: str, harbour: Path, briefgen: Program) -> None:
    (harbour / "seeds/odd.yaml").write_text(contents)
    before = files(harbour)
    result = briefgen("add", "fact", "gazette", "It employs about 12,000 people", "--file", "odd.yaml")
    assert result.status in (1, 2)
    assert "error[" in result.err
    assert not changed(before, harbour)


def test_windows_line_ends_and_comments_stay(harbour: Path, briefgen: Program) -> None:
    path = harbour / "seeds/harbour.yaml"
    old = "\ufeff# Ours.\n" + path.read_text(encoding="utf-8").replace(
        "\nquotes:", "  # more to come\n\n# Words.\nquotes:"
    )
    path.write_bytes(old.replace("\n", "\r\n").encode())
    before = path.read_bytes()
    assert briefgen("add", "fact", "gazette", "It employs about 12,000 people", "--id", "jobs").status == 0
    after = path.read_bytes()
    assert b"\n" not in after.replace(b"\r\n", b"")
    start = after.index(b"  jobs:")
    end = after.index(b"\r\n", after.index(b"      - {source", start)) + 2
    assert after[:start] + after[end:] == before
    assert after[:start].endswith(b"# more to come\r\n")


# ---- quotations ------------------------------------------------------------------------------------------


def test_a_quotation_is_taken_up_by_itself(harbour: Path, briefgen: Program) -> None:
    before = files(harbour)
    arguments = ("--speaker", "jane-doe", "--occasion", "a visit", "--topics", "trade", "--id", "business")
    result = briefgen("add", "quote", "gazette", '"We are open […] business,"', *arguments)
    assert result.status == 0, result.err
    quote = load_library(harbour / "seeds", []).quotes["business"]
    assert quote.text == "We are open […] business,"
    assert quote.speaker == "jane-doe"
    assert changed(before, harbour) == {"seeds/harbour.yaml", "seeds/evidence.lock"}
    assert briefgen("check", "harbour").status == 0


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (["We are closed for business", "--speaker", "jane-doe"], 1, "passage-not-found"),
        (["We are open for business", "--speaker", "jane"], 2, "dangling-id"),
        (["We are open for business"], 2, ""),
    ],
)
def test_what_is_wrong_with_a_quotation_leaves_nothing(
    arguments: list[str], status: int, code: str, harbour: Path, briefgen: Program
) -> None:
    before = files(harbour)
    result = briefgen("add", "quote", "gazette", *arguments)
    assert result.status == status, result.err
    assert not code or f"error[{code}]" in result.err
    assert not changed(before, harbour)


def test_adding_works_without_any_lock_and_not_with_a_broken_one(harbour: Path, briefgen: Program) -> None:
    (harbour / "seeds/evidence.lock").write_text("{")
    assert "error[lock-broken]" in briefgen("add", "fact", "gazette", "It employs about 12,000 people").err
    (harbour / "seeds/evidence.lock").unlink()
    assert briefgen("add", "fact", "gazette", "It employs about 12,000 people").status == 0
    assert briefgen("check", "harbour").status == 0
