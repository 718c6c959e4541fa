"""The register, and any table of ours, as files for others: spreadsheets, maps, and Open Referral UK."""
