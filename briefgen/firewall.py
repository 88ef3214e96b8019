"""The marking firewall: nothing goes to somebody who may not see it.

A document is as restricted as the strictest evidence in it. Who may see how much is said by the user, in
`briefgen.yaml` for an address or a whole domain, or in an audience's file for those it names; of an address that
nobody speaks for, nothing is known, and it gets what everybody may have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefgen.audiences import Audience
from briefgen.errors import Location, Problem
from briefgen.evidence import Marking
from briefgen.mailboxes import Mailbox, distinct


@dataclass(frozen=True, slots=True)
class Clearance:
    """How much somebody may see, and who says so."""

    marking: Marking
    reason: str


def clearance_of(mailbox: Mailbox, clearances: Mapping[str, Marking], audiences: Iterable[Audience] = ()) -> Clearance:
    """How much a mailbox's owner may see: what is said of the address counts before what is said of its domain, and
    that before the audiences that name it, of which the least trusted counts.

    Args:
        clearances: address, or `@domain`, in small letters → marking.
        audiences: those whose recipients are known.
    """
    if mailbox.key in clearances:
        return Clearance(clearances[mailbox.key], "briefgen.yaml clears the address")
    labels = mailbox.domain.split(".")
    for start in range(len(labels) - 1):  # a domain speaks for those below it: @gov.vn for mofa.gov.vn
        domain = "@" + ".".join(labels[start:])
        if domain in clearances:
            return Clearance(clearances[domain], f"briefgen.yaml clears {domain}")
    naming = [audience for audience in audiences if any(mailbox.key == one.key for one in audience.recipients)]
    if naming:
        least = min(naming, key=lambda audience: audience.clearance)
        return Clearance(least.clearance, f"the audience `{least.name}` is cleared so far")
    return Clearance(Marking.CLEAR, "nothing clears the address for more")


def leaks(
    marking: Marking,
    recipients: Iterable[Mailbox],
    audience: Audience | None,
    clearances: Mapping[str, Marking],
    audiences: Iterable[Audience] = (),
) -> tuple[Problem, ...]:
    """Why a message must not go out, for each recipient and for its audience; empty if it may.

    Args:
        marking: of the message: the strictest of its documents and of its own words.
        recipients: everybody who would get it, copies and blind copies among them.
        audience: whom its documents were made for, if for anybody in particular.
        clearances: address, or `@domain`, → marking, as `briefgen.yaml` says.
        audiences: every audience there is.
    """
    known = tuple(audiences)
    found = []
    if audience is not None and audience.clearance < marking:
        message = (
            f"the message is {marking.label}; its audience `{audience.name}` is cleared for {audience.clearance.label}"
        )
        hint = "write for an audience that is cleared for it, or leave the evidence out that makes it so restricted"
        place = audience.locations.get("clearance", audience.location)
        found.append(Problem("recipient-not-cleared", message, place, hints=(hint,)))
    for mailbox in distinct(recipients):
        clearance = clearance_of(mailbox, clearances, known)
        if clearance.marking < marking:
            message = (
                f"the message is {marking.label}; {mailbox.address} is cleared for {clearance.marking.label} "
                f"({clearance.reason})"
            )
            hint = (
                f"if they may see it, say so in briefgen.yaml, under `mail:` and `clearances:`: "
                f"`{mailbox.key}: {marking.label}`"
            )
            found.append(Problem("recipient-not-cleared", message, _place(mailbox, known), hints=(hint,)))
    return tuple(found)


def _place(mailbox: Mailbox, audiences: Iterable[Audience]) -> Location | None:
    """Where an audience's file names the recipient, if one does."""
    naming = (one for one in audiences if any(mailbox.key == other.key for other in one.recipients))
    return next((audience.locations.get("recipients") for audience in naming), None)
