"""Checks, one file a subject; each returns problems."""
