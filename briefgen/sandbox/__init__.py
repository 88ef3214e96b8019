"""A Jinja environment in which a template can print, repeat and choose, and nothing else, and not for ever.

Everything a template prints goes through `printed`, everything it repeats through `counted`, everything it calls
through `call`; the tree of a template is rewritten so that there is no way round. Each step and each character is
paid for from a budget, without clocks, alarms or threads, so the same template always ends at the same place.
Reviewed ways out, each closed in a module of its own: attribute walks and calls of anything not offered
(`environment`, `calls`), string formatting, repetition, powers and recursion (`environment`, `rewriting`), nested
lists that compare for ever (`budget`), filters that pad or join (`filters`), `include` and `extends` outside the
templates' folders (`folders`), and text that would become Markdown without passing a slot (`rewriting`). `missing` and
`mistakes` say what went wrong, and where.
"""

from __future__ import annotations

from briefgen.sandbox.budget import Budget
from briefgen.sandbox.environment import Sandbox
from briefgen.sandbox.values import Names

__all__ = ["Budget", "Names", "Sandbox"]
