"""`manage.py serve`: every process of the site, started, watched and stopped together."""
