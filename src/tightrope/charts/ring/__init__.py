"""Rings: what one party pays its partners, clockwise, and what can come back to it, closed."""
