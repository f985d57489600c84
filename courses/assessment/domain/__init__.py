"""Question types, marking and what they need: plain Python, no Django, no clock, no database."""
