"""Enrollment in plain Python: the roles and what each may do."""
