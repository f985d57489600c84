"""Rules that hold for the whole code, read from the code itself."""
