"""Formats of known sources: what their names mean; one module a source."""
