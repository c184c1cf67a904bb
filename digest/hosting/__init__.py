"""Everything that knows where a site is published: examples, checks, and the hosts' own tools."""
