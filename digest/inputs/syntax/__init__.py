"""Parsing and repair of JSON, XML, tables, tagged lines and BibTeX, of whatever source."""
