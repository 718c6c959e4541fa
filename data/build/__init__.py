"""`python -m data.build` makes the built-in pack from data/figures and the build's packages."""
