"""The Word writer: a Document and the Layout's decisions → a DOCX of real styles, notes, fields, tables and lists."""

from briefgen.writers.docx.writing import write

__all__ = ["write"]
