"""Formats of known sources, and what their field names mean; one module per source."""
