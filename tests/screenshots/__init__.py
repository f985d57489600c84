"""`make screenshots`: the main pages as they look, in docs/screenshots/."""
