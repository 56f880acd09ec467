"""The map: what was seen, gathered by view and filter, as a map and as the same content in a list."""
