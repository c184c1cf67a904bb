"""Plain text: what a reader sees as titles, abstracts, names and furniture."""
