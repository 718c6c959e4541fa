"""Workshops: what a room sees, what phones are given, and what is left on paper."""
