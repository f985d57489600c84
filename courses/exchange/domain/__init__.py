"""The folder format in plain Python: reading, checking and writing its files."""
