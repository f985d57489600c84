"""Reads a course folder into a course, with every mistake in it."""

from courses.exchange.parsing.course import ParsedFolder, parse_folder

__all__ = ["ParsedFolder", "parse_folder"]
