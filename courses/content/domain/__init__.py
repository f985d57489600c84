"""Plain Python of the content context: dates, drafts, vector pictures."""
