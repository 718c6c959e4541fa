"""Lists that people bring: opened as they are, and turned into text that can be checked."""
