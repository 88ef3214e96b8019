"""The Document laid out on pages."""
