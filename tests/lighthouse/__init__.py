"""`make lighthouse`: what Lighthouse says of the main pages on a phone, kept in docs/."""
