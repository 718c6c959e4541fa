"""What the manifest says about each table of the built-in pack."""

from data.pack import TableNote

OGL = "Open Government Licence v3.0"
OGL_AND_OPL = f"{OGL}; MSOA names: Open Parliament Licence v3.0"
_OUTLINES = ("lsoa11-boundaries", "lsoa-changes", "new-lsoa-points")
_POSTCODES = ("postcode-lookup-may-2022", "onspd-nov-2025", "code-point-open")

NOTES = {
    "areas_lsoa21": TableNote(
        sources=(*_OUTLINES, "iod2025", "msoa-names", *_POSTCODES),
        licence=OGL_AND_OPL,
        vintage="LSOA 2021 on outlines of 2011 (simplified to 200 m); postcodes of November 2025",
        grain="One row is one LSOA of 2021.",
    ),
    "areas_msoa21": TableNote(
        sources=(*_OUTLINES, "iod2025", "msoa-names", *_POSTCODES),
        licence=OGL_AND_OPL,
        vintage="MSOA 2021 on outlines of LSOA 2011 (simplified to 200 m)",
        grain="One row is one MSOA of 2021, dissolved from its LSOAs.",
    ),
    "areas_district": TableNote(
        sources=(*_OUTLINES, "iod2025"),
        licence=OGL,
        vintage="Local authority districts of 2022 on outlines of LSOA 2011 (simplified to 200 m)",
        grain="One row is one of the ten districts, dissolved from its LSOAs.",
    ),
    "deprivation": TableNote(
        sources=("iod2025",),
        licence=OGL,
        vintage="English Indices of Deprivation 2025, reissued 13 November 2025; population of mid-2022",
        grain="One row is one LSOA of 2021.",
    ),
    "enterprise": TableNote(
        sources=("ons-business-demography",),
        licence=OGL,
        vintage="2017 to 2024, from the editions of 2022, 2023 and 2024",
        grain="One row is one area and year (for survival, the year in which the cohort was born).",
    ),
    "postcodes": TableNote(
        sources=(*_POSTCODES, "lsoa-changes", "new-lsoa-points"),
        licence=OGL,
        vintage="ONS Postcode Directory of November 2025; lookup of May 2022",
        grain="One row is one postcode of the ten districts that is in use.",
    ),
    "organisations": TableNote(
        sources=("organisations", *_POSTCODES, "lsoa-changes", "new-lsoa-points"),
        licence=f"Facts compiled from public sources, each named in its row; coordinates: {OGL}",
        vintage="As of the date in each row's as_at",
        grain="One row is one place where an organisation is or gives support.",
    ),
}
