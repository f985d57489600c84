"""Courses as folders of files: import and export."""
