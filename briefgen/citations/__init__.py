"""Evidence in words, marks and notes: what turns a Document as read into one in which every word is final."""

from __future__ import annotations

from briefgen.citations.citing import cite, evidence_used

__all__ = ["cite", "evidence_used"]
