"""Schema of the exchange context."""
