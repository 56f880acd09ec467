"""Where: the districts as polygons, which one a position lies in, and how to load one's own."""
