"""The pages of the site that readers see, one module a kind of page."""
