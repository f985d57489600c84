"""Commands of the exchange context."""
