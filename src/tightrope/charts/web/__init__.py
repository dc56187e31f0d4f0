"""The web: all payments between all parties at one scale, one loop lit, on any day."""
