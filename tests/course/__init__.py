"""Tests of what a course hands out."""
