"""How fast the flow measures are; `make bench` runs it, `make test` does not."""
