"""From rendered pages to files in place: the Markdown, the finished site, the search index."""
