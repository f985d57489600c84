"""Draws the maps that questions ask places on. Run by hand, when a map is to change."""
