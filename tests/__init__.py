"""The tests, in folders named after the contexts they are about."""
