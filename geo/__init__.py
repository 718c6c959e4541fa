"""Pure geography: codes, coordinate systems, distances, shapes. No files, no SQL, no web."""
