"""The register as files for others: spreadsheets, maps, and Open Referral UK."""
