"""Which coordinates are used where: metres to measure in, degrees only to draw."""

BNG = 27700
"""British National Grid, metres: every frame we hold, every distance and every area."""

WGS84 = 4326
"""Degrees of latitude and longitude: the last step before a web map, never for measuring."""
