"""`allow: {code: reason}`: warnings that somebody has decided to live with, and says why.

The same key stands on an entry of the library and in a template's front matter. It silences warnings and advice,
never an error: what would make a document lie cannot be allowed. The one exception is an error that rests on a reading
of an author's own words, since only the author can say that they claim nothing. Nothing is silenced unseen: `briefgen
check` counts what is, and names it with `--verbose`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from briefgen.errors import Allowance, Problem, Severity, Silenced
from briefgen.records import Record

_FORM = "write `allow: {passage-long: why it may stay}`"


def read_allowances(record: Record) -> tuple[Allowance, ...]:
    """Read the key `allow` of an entry or of front matter; what is wrong is added to the record's problems."""
    if "allow" not in record:
        return ()
    if not record.is_mapping("allow"):
        message = "`allow` gives no reason: expected the code of a warning, and why it may stay"
        record.problem("allow-without-reason", message, "allow", _FORM)
        return ()
    codes = record.record("allow")
    if codes is None:
        return ()
    found = []
    for code in codes.names():
        if codes.is_left_out(code) or (reason := codes.text(code)) is None:
            if codes.is_left_out(code):
                codes.problem("allow-without-reason", f"no reason is given for allowing `{code}`", code, _FORM)
            continue
        if _may_be_allowed(code, codes):
            found.append(Allowance(code, reason, codes.key_location(code)))
    return tuple(found)


def _may_be_allowed(code: str, codes: Record) -> bool:
    """Whether it is the code of a warning or of advice; if not, a problem is added."""
    from briefgen.explanations import EXPLANATIONS  # a long list, needed only where something is allowed

    where = codes.key_location(code)
    if (explanation := EXPLANATIONS.get(code)) is None:
        near = get_close_matches(code, EXPLANATIONS, n=1)
        hint = f"did you mean `{near[0]}`?" if near else "seeds/README.md lists the codes"
        message = f"no problem has the code `{code}`"
        codes.origin.problems.append(Problem("unknown-code", message, where, hints=(hint,)))
    elif explanation.severity is Severity.ERROR and not explanation.arguable:
        message = f"`{code}` is an error: only warnings and advice can be allowed"
        hint = f"`briefgen check --explain {code}` says what to do"
        codes.origin.problems.append(Problem("allow-of-error", message, where, hints=(hint,)))
    else:
        return True
    return False


def silence(
    problems: Iterable[Problem], allowances: Sequence[Allowance], judged: Collection[str] = ()
) -> tuple[tuple[Problem, ...], tuple[Silenced, ...]]:
    """Part problems into those that are reported and those that an allowance silences.

    Args:
        problems: of one template, or about one entry.
        allowances: that template's, or that entry's.
        judged: codes of the errors that may be allowed; all others are always reported.
    """
    allowed = {allowance.code: allowance for allowance in allowances}
    kept: list[Problem] = []
    silenced: list[Silenced] = []
    for problem in problems:
        allowance = allowed.get(problem.code)
        if allowance is None or (problem.severity is Severity.ERROR and problem.code not in judged):
            kept.append(problem)
        else:
            silenced.append(Silenced(problem, allowance))
    return tuple(kept), tuple(silenced)
