"""Who gets what at which route, written by hand."""
