"""Workshops: the stories that are shown in a room, and what the room answers."""
