from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefgen.audiences import Audience
from briefgen.errors import Location
from briefgen.evidence import Marking
from briefgen.firewall import clearance_of, leaks
from briefgen.mailboxes import Mailbox

JANE, KIM = Mailbox("jane@mofa.gov.vn", "Jane"), Mailbox("kim@example.kr")


def audience(clearance: Marking, *recipients: Mailbox, name: str = "readers") -> Audience:
    place = Location(Path(f"{name}.yaml"), 3, 1)
    return Audience(name, "readers", place, clearance=clearance, recipients=recipients, locations={"recipients": place})


def test_of_whom_nobody_speaks_nothing_is_known() -> None:
    assert clearance_of(JANE, {}).marking is Marking.CLEAR
    assert leaks(Marking.CLEAR, [JANE], None, {}) == ()
    assert leaks(Marking.GREEN, [JANE], None, {}) != ()


def test_the_address_counts_before_its_domain_and_the_domain_before_audiences() -> None:
    listed = audience(Marking.RED, JANE)
    said = {"jane@mofa.gov.vn": Marking.GREEN, "@mofa.gov.vn": Marking.AMBER}
    assert clearance_of(JANE, said, [listed]).marking is Marking.GREEN
    assert clearance_of(Mailbox("x@mofa.gov.vn"), said, [listed]).marking is Marking.AMBER
    assert clearance_of(JANE, {}, [listed]).marking is Marking.RED


def test_a_domain_speaks_for_those_below_it_and_for_no_others() -> None:
    said = {"@gov.vn": Marking.AMBER}
    assert clearance_of(JANE, said).marking is Marking.AMBER
    assert clearance_of(Mailbox("x@notgov.vn"), said).marking is Marking.CLEAR
    assert clearance_of(Mailbox("x@gov.vn.example.org"), said).marking is Marking.CLEAR


def test_of_several_audiences_that_name_somebody_the_least_trusted_counts() -> None:
    both = [audience(Marking.RED, JANE), audience(Marking.GREEN, Mailbox("JANE@mofa.gov.vn"), name="press")]
    assert clearance_of(JANE, {}, both).marking is Marking.GREEN


def test_every_recipient_who_may_not_see_it_is_named() -> None:
    problems = leaks(Marking.AMBER, [JANE, KIM, replace(JANE, name="")], None, {"@example.kr": Marking.AMBER})
    assert [problem.code for problem in problems] == ["recipient-not-cleared"]
    assert "jane@mofa.gov.vn is cleared for TLP:CLEAR" in problems[0].message
    assert "jane@mofa.gov.vn: TLP:AMBER" in problems[0].hints[0]


def test_the_audience_must_be_cleared_too() -> None:
    ministers = audience(Marking.GREEN)
    (problem,) = leaks(Marking.AMBER, [], ministers, {})
    assert "audience `readers` is cleared for TLP:GREEN" in problem.message
    assert leaks(Marking.GREEN, [], ministers, {}) == ()


def test_a_recipient_whom_a_file_names_is_refused_at_its_place() -> None:
    (problem,) = leaks(Marking.AMBER, [JANE], None, {}, [audience(Marking.GREEN, JANE, name="friends")])
    assert problem.location == Location(Path("friends.yaml"), 3, 1)
