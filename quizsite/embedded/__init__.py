"""Servers that come as wheels: Valkey for the embedded set-up, PostgreSQL for the tests."""
