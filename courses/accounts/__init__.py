"""People: who signs in, and how they want to study."""
