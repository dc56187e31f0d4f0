"""What single chapters compute beyond the quantities: one module a chapter."""
