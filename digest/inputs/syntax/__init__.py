"""Parsing and repair of JSON, XML, tables, tagged lines and BibTeX; nothing here knows a source."""
