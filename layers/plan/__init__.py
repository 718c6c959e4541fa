"""Where help is missing and where to put it: need, reach, gaps, targets, sites. Derived, all of it, and called so."""
