"""An invented register, as large as it may get: 10,000 organisations and 15,000 services at real postcodes.

Every name is of words that mean nothing. The same seed makes the same list each time.
"""

import io
import random
from collections.abc import Sequence

import pandas as pd
from xlsxwriter import Workbook

from data.register.book import Entry
from data.register.records import Location, Organisation, Service
from data.register.vocabulary import ANCHOR_TYPES, DELIVERY, LANGUAGES, STAGES, SUPPORT_TYPES, USUAL_GROUPS

ORGANISATIONS, SERVICES = 10_000, 15_000
_PROVIDERS = 8_000
"""Organisations that offer something; the others are only anchors."""

_SYLLABLES = (
    *("ba", "bre", "cal", "dor", "el", "fen", "gar", "hol", "im", "jor", "kel", "lun", "mor"),
    *("nev", "os", "pel", "quil", "ras", "sten", "tav", "ur", "ves", "wic", "yar", "zel"),
)
_ENDINGS = ("Trust", "Centre", "Works", "Hub", "Enterprise", "Community Association", "CIC", "Network")
_DAYS = ("Mo-Fr", "Mo-Th", "Tu-Sa", "Mo,We,Fr", "Tu,Th", "Mo-Su")
_SPOKEN = tuple(LANGUAGES)[1:]
_AREAS = ("whole region", "Leeds", "Bradford", "Kirklees", "Wakefield", "Calderdale", "York")


def postcodes(store_answer: pd.DataFrame) -> list[dict[str, object]]:
    """One postcode for each organisation, in no order, from the pack's answer to "postcodes"."""
    return store_answer.sample(ORGANISATIONS, random_state=1).to_dict(orient="records")


def entries(places: Sequence[dict[str, object]]) -> list[Entry]:
    """The whole list; each organisation stands at one of `places`."""
    dice = random.Random(1)
    lexicon = sorted({"".join(dice.choices(_SYLLABLES, k=dice.choice((2, 3)))) for _ in range(2_500)})
    providers = [*range(_PROVIDERS), *dice.choices(range(_PROVIDERS), k=SERVICES - _PROVIDERS)]
    of: dict[int, list[Service]] = {}
    for each in providers:
        of.setdefault(each, []).append(_service(dice, lexicon, f"inv{each:05d}", len(of.get(each, []))))
    return [_entry(dice, lexicon, i, place, tuple(of.get(i, ()))) for i, place in enumerate(places)]


def messy(listed: Sequence[Entry]) -> bytes:
    """A workbook of the same organisations as another body might keep it: its own headings, words and slips."""
    dice, out = random.Random(2), io.BytesIO()
    headings = ["Organisation", "Type", "Address 1", "Post Code", "What is offered", "Opening times", "Price"]
    headings += ["Languages spoken", "Tel", "E-mail", "Aimed at", "Remarks"]
    with Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Directory")
        sheet.write_string(0, 0, "Directory of support, please tell us of changes")
        sheet.write_row(2, 0, headings)
        for i, entry in enumerate(listed, start=3):
            sheet.write_row(i, 0, _messy_row(dice, entry))
    return out.getvalue()


def _entry(
    dice: random.Random, lexicon: Sequence[str], at: int, place: dict[str, object], services: tuple[Service, ...]
) -> Entry:
    own = f"inv{at:05d}"
    anchor = dice.choice(list(ANCHOR_TYPES)) if not services or dice.random() < 0.25 else None
    organisation = Organisation(
        id=own,
        name=f"{_words(dice, lexicon, 2).title()} {dice.choice(_ENDINGS)}",
        description=_sentence(dice, lexicon, 18),
        anchor_type=anchor,
        website=f"{own}.example.org",
        email=f"hello@{own}.example.org",
        phone=f"0113 496 {at % 10_000:04d}",
        status=dice.choices(("active", "unknown", "paused"), (85, 12, 3))[0],
        verification=dice.choices(("A", "B", "C"), (60, 25, 15))[0],
        source="An invented list",
        as_at="2026-11",
        confirmed_on=f"2026-{dice.randint(1, 11):02d}-{dice.randint(1, 28):02d}",
    )
    location = Location(
        id=own,
        organisation_id=own,
        address=f"{dice.randint(1, 200)} {_words(dice, lexicon, 1).title()} Street",
        town=_words(dice, lexicon, 1).title(),
        postcode=str(place["postcode"]),
        basis="postcode",
        easting=int(str(place["easting"])),
        northing=int(str(place["northing"])),
        lsoa21cd=str(place["lsoa21cd"]),
        district=str(place["district"]),
        opening_hours=_hours(dice) if dice.random() < 0.7 else None,
    )
    return Entry(organisation, (location,), services, (), (), {})


def _service(dice: random.Random, lexicon: Sequence[str], own: str, number: int) -> Service:
    kind = dice.choice(list(SUPPORT_TYPES))
    return Service(
        id=f"{own}-s{number}",
        organisation_id=own,
        name=f"{_words(dice, lexicon, 1).title()} {SUPPORT_TYPES[kind].lower()}",
        support_type=kind,
        description=_sentence(dice, lexicon, 20),
        stages=_some(dice, tuple(STAGES), 0.8),
        eligibility=_sentence(dice, lexicon, 10) if dice.random() < 0.8 else None,
        priority_groups=_some(dice, USUAL_GROUPS, 0.6),
        cost=dice.choices(("free", "paid", "unknown"), (60, 25, 15))[0],
        languages=("en", *(_some(dice, _SPOKEN, 0.6) or ())),
        delivery=_some(dice, tuple(DELIVERY), 0.9),
        opening_hours=_hours(dice) if dice.random() < 0.6 else None,
        serves=(dice.choice(_AREAS),) if dice.random() < 0.7 else None,
        wait_days=dice.choice((None, 0, 7, 14)),
        status="active",
    )


def _messy_row(dice: random.Random, entry: Entry) -> list[str]:
    told, place = entry.organisation, entry.locations[0]
    offered = entry.services[0] if entry.services else None
    kind = SUPPORT_TYPES[offered.support_type or ""] if offered else ANCHOR_TYPES[told.anchor_type or ""]
    hours = place.opening_hours or ""
    if dice.random() < 0.2:
        hours = hours.replace("Mo-Fr", "Monday to Friday").replace("09:00", "9am") or "by arrangement"
    spoken = (offered.languages or ()) if offered else ()
    return [
        told.name.upper() if dice.random() < 0.1 else f"{told.name} ",
        _misspelt(dice, kind) if dice.random() < 0.05 else dice.choice((kind, kind.lower())),
        place.address or "",
        _messy_postcode(dice, place.postcode or ""),
        (offered.description if offered else told.description) or "",
        hours,
        dice.choice(("Free", "free", "No charge", "Fee", "")) if offered else "",
        ", ".join(LANGUAGES[code].partition(" (")[0] for code in spoken),
        told.phone or "",
        told.email or "",
        "; ".join(offered.priority_groups or ()) if offered else "",
        dice.choice(("", "", "checked by phone", "n/a")),
    ]


def _messy_postcode(dice: random.Random, postcode: str) -> str:
    written = dice.choices(("as is", "small", "closed up", "slip", "elsewhere"), (60, 18, 20, 1, 1))[0]
    slip = postcode[:-3] + postcode[-3:].replace("0", "O").replace("1", "I")
    other = {"small": postcode.lower(), "closed up": postcode.replace(" ", ""), "slip": slip, "elsewhere": "SW1A 1AA"}
    return other.get(written, postcode)


def _misspelt(dice: random.Random, word: str) -> str:
    at = dice.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _words(dice: random.Random, lexicon: Sequence[str], count: int) -> str:
    return " ".join(dice.choices(lexicon, k=count))


def _sentence(dice: random.Random, lexicon: Sequence[str], about: int) -> str:
    return f"{_words(dice, lexicon, dice.randint(about // 2, about)).capitalize()}."


def _some(dice: random.Random, choices: tuple[str, ...], said: float) -> tuple[str, ...] | None:
    """A few of several words in their order, or nothing: what is said of about so many."""
    if dice.random() > said:
        return None
    picked = set(dice.sample(choices, dice.choice((1, 1, 2))))
    return tuple(each for each in choices if each in picked)


def _hours(dice: random.Random) -> str:
    weekly = f"{dice.choice(_DAYS)} {dice.randint(7, 11):02d}:{dice.choice(('00', '30'))}-{dice.randint(13, 21)}:00"
    return f"{weekly}; Sa 10:00-{dice.randint(12, 16)}:00" if dice.random() < 0.3 else weekly
