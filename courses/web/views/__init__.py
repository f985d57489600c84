"""Views: parse, authorise, call one service, respond."""
