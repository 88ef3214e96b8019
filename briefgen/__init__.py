"""briefgen: one-page briefs, memos and dossiers from a library of facts that can prove themselves."""

__version__ = "0.1.0"
