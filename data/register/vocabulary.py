"""The words of the register: each list maps a key, which never changes, to what people read."""

SUPPORT_TYPES = {
    "growth_hub": "Growth service",
    "council_business_support": "Council business team",
    "start_up_programme": "Start-up programme",
    "bipc_library": "Business & IP Centre",
    "enterprise_centre": "Enterprise centre",
    "coworking": "Shared workspace",
    "innovation_centre": "Innovation centre",
    "incubator": "Incubator",
    "makerspace": "Makerspace",
    "market": "Market",
    "finance_cdfi": "Community lender",
    "credit_union": "Credit union",
    "bank": "Bank",
    "grant_programme": "Grant programme",
    "mentoring": "Mentoring",
    "employment_skills": "Jobs and skills service",
    "jobcentre": "Jobcentre",
    "chamber": "Chamber of commerce",
    "vcs_support": "Help for charities and community groups",
    "social_enterprise_support": "Help for social enterprises",
}

ALSO_SUPPORT = {
    "growth service": "growth_hub",
    "council business support": "council_business_support",
    "managed workspace": "enterprise_centre",
    "business centre": "enterprise_centre",
    "hot desk": "coworking",
    "co working": "coworking",
    "coworking space": "coworking",
    "community finance": "finance_cdfi",
    "cdfi": "finance_cdfi",
    "loan": "finance_cdfi",
    "loans": "finance_cdfi",
    "grants": "grant_programme",
    "grant": "grant_programme",
    "mentor": "mentoring",
    "business mentoring": "mentoring",
    "job centre": "jobcentre",
    "jobcentre plus": "jobcentre",
    "training": "employment_skills",
    "employment support": "employment_skills",
    "business network": "chamber",
    "start up support": "start_up_programme",
    "startup support": "start_up_programme",
    "start up": "start_up_programme",
    "maker space": "makerspace",
}

ANCHOR_TYPES = {
    "community_anchor_org": "Community anchor organisation",
    "cultural_anchor": "Arts or heritage organisation rooted in its place",
    "vcs_infrastructure": "Support body for local voluntary groups",
    "library": "Library",
    "community_centre": "Community centre",
    "community_hub": "Community hub",
    "faith_community_hub": "Faith building open to all",
    "council": "Council",
    "combined_authority": "Combined authority",
    "university": "University",
    "fe_college": "College",
    "sixth_form_college": "Sixth-form college",
    "nhs_trust": "NHS trust",
    "hospital": "Hospital",
    "housing_association": "Housing association",
    "other": "Other place",
}

ALSO_ANCHOR = {
    "community anchor": "community_anchor_org",
    "development trust": "community_anchor_org",
    "village hall": "community_centre",
    "community hall": "community_centre",
    "local authority": "council",
    "further education college": "fe_college",
    "fe college": "fe_college",
    "public library": "library",
    "church": "faith_community_hub",
    "mosque": "faith_community_hub",
    "museum": "cultural_anchor",
    "registered provider": "housing_association",
    "cvs": "vcs_infrastructure",
    "higher education": "university",
}

KINDS = SUPPORT_TYPES | ANCHOR_TYPES
ALSO_KINDS = ALSO_SUPPORT | ALSO_ANCHOR
"""What anything in the register may be."""

STAGES = {
    "pre_start": "Thinking of starting",
    "start_up": "Starting up (first three years)",
    "growth": "Growing",
    "established": "Established",
}
ALSO_STAGES = {
    "pre start": "pre_start",
    "idea": "pre_start",
    "startup": "start_up",
    "starting up": "start_up",
    "new business": "start_up",
    "scale up": "growth",
    "growing business": "growth",
    "existing business": "established",
    "starter": "start_up",
    "new": "start_up",
    "growing": "growth",
}
EVERY_STAGE = ("any", "any stage", "all", "all stages", "anyone", "everyone", "any business")

COSTS = {"free": "Free", "paid": "Paid for", "unknown": "Not known"}
ALSO_COSTS = {"no charge": "free", "no cost": "free", "fee": "paid", "chargeable": "paid", "0": "free", "0 00": "free"}

STANDINGS = {
    "active": "Open",
    "paused": "Closed for a while",
    "unknown": "Not confirmed to be open",
    "ended": "Ended",
}
ALSO_STANDINGS = {
    "open": "active",
    "inactive": "unknown",
    "closed": "ended",
    "defunct": "ended",
    "temporarily closed": "paused",
    "open but proposed to close": "active",
}

BASES = {
    "postcode": "By its postcode",
    "uprn": "By its property reference (UPRN)",
    "published_coords": "By published coordinates",
    "approximate": "Placed roughly",
    "accountable_body": "Address of the responsible body, not of the help",
}

EVIDENCE = {
    "A": "One source gives name and postcode",
    "B": "Two sources together",
    "C": "One weak source",
    "unverified": "Not yet checked",
}
"""Grades of evidence, as the list that the register begins with uses them."""

DELIVERY = {"in_person": "In person", "online": "Online", "phone": "By phone", "outreach": "At other places"}
ALSO_DELIVERY = {"face to face": "in_person", "venue": "in_person", "virtual": "online", "telephone": "phone"}

SIZES = {"any": "Any size", "sole": "Working alone", "micro": "Under 10 people", "small": "Under 50 people"}

UNITS = {"units": "units", "desks": "desks", "places_per_year": "places a year", "clients": "clients at a time"}

LEGAL_FORMS = {
    "charity": "Charity",
    "cio": "Charitable incorporated organisation (CIO)",
    "cic": "Community interest company (CIC)",
    "cbs": "Community benefit society",
    "company": "Company",
    "public_body": "Public body",
    "other": "Other",
}

USUAL_GROUPS = (
    "women",
    "ethnic minority communities",
    "disabled people",
    "young people",
    "people over 50",
    "unemployed people",
    "migrants",
    "people on low incomes",
    "former prisoners",
    "students",
    "graduates",
    "artists",
)
"""Groups often named by those who help; others may be typed."""

LANGUAGES = {
    "en": "English",
    "ur": "Urdu",
    "pa": "Punjabi",
    "bn": "Bengali",
    "gu": "Gujarati",
    "hi": "Hindi",
    "pl": "Polish",
    "ro": "Romanian",
    "sk": "Slovak",
    "cs": "Czech",
    "hu": "Hungarian",
    "lv": "Latvian",
    "lt": "Lithuanian",
    "ru": "Russian",
    "uk": "Ukrainian",
    "ar": "Arabic",
    "ku": "Kurdish",
    "fa": "Persian (Farsi, Dari)",
    "ps": "Pashto",
    "so": "Somali",
    "ti": "Tigrinya",
    "am": "Amharic",
    "sw": "Swahili",
    "yo": "Yoruba",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "de": "German",
    "el": "Greek",
    "tr": "Turkish",
    "zh": "Chinese",
    "vi": "Vietnamese",
    "th": "Thai",
    "bfi": "British Sign Language",
}
"""By ISO 639 code."""

ALSO_LANGUAGES = {"bsl": "bfi", "farsi": "fa", "dari": "fa", "cantonese": "zh", "mandarin": "zh", "mirpuri": "pa"}

MEASURES = {
    "living_wage": "Living Wage accredited",
    "fair_work_charter": "Fair Work Charter",
    "local_spend_pct": "Spent with local suppliers (%)",
    "sme_vcse_spend_pct": "Spent with small firms and the voluntary sector (%)",
    "apprentices": "Apprentices",
    "local_recruitment_pct": "Employees who live locally (%)",
    "community_space": "Space that the community can use",
    "skills_offer": "In-house skills it could offer",
    "level_employment": "Progression: employment (1 to 4)",
    "level_procurement": "Progression: procurement (1 to 4)",
    "level_environment_assets": "Progression: environment and assets (1 to 4)",
    "level_service_delivery": "Progression: service delivery (1 to 4)",
    "level_corporate_civic": "Progression: corporate and civic behaviour (1 to 4)",
}
"""What an anchor does for its place. The five dimensions of progression are those of the Leeds framework."""
