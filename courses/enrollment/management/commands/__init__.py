"""Commands about who takes part."""
