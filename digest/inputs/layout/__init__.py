"""Plain text: titles, abstracts, names and boilerplate, recognised by their layout."""
