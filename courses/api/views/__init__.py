"""The views of the API: parse, authorise, call one service, answer."""
