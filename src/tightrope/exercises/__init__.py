"""Exercises and quizzes of the chapters: records in YAML, read, checked and written as cells."""
