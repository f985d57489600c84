"""A tour of the main pages: the site with its demo people, for tools that look at it."""
