"""The register: who is there and what they offer, kept true by the people who know."""
