"""Whose money it is: who paid when, how much of it is external, and who lends behind it."""
