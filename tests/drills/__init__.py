"""Drills: real processes, killed and starved, and what must hold all the same."""
