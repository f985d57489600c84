"""Makers of rows for the tests, a module per context."""
