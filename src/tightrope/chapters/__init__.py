"""What a chapter computes beyond the quantities, one module a chapter."""
