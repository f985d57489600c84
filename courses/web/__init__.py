"""The pages that students, teachers and administrators see."""
