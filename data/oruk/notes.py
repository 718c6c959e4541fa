"""What a document lost on its way in, as plain sentences."""

from data.oruk.gathered import Gathered
from data.oruk.slots import text_of
from data.register.mend import short, some


def sentences(document: object, gathered: Gathered) -> list[str]:
    """One sentence for each kind of thing that was not understood or not kept."""
    losses = gathered.losses
    told = [_pages(document), *(_counted(len(losses.seen[name]), *said) for name, said in _SAID.items())]
    for kind, slots in losses.left.items():
        parts = [f"{name} ({len(ids):,})" for name, ids in slots.items()]
        told.append(f"Not kept of {kind}, as the register has no field for it: {some(parts, 12)}.")
    if losses.terms:
        names = [f"“{short(term)}”" for term in losses.terms]
        told.append(f"{_count(len(names), 'category was', 'categories were')} not kept: {some(names)}.")
    if any(name.startswith("contact") for slots in losses.left.values() for name in slots):
        told.append("The names of contacts are people's names, which the register never keeps.")
    return [sentence for sentence in told if sentence]


_SCHEDULES = "schedules that were not kept: they do not say on which days of every week, and from when to when."
_SAID = {
    "unclear": ("entry was", "entries were", "not understood: not a service, an organisation or a place."),
    "without id": ("record has", "records have", "no id, and so was given one that follows from what it says."),
    "without organisation": (
        "service names",
        "services name",
        "no organisation that is in the file: each stands under an organisation of its own name.",
    ),
    "schedules": ("service has", "services have", _SCHEDULES),
    "schedules of places": ("place has", "places have", _SCHEDULES),
    "without place": (
        "service is",
        "services are",
        "at no place of the file: taken to be given where the organisation is.",
    ),
    "places of nobody": ("place was", "places were", "not kept: no organisation or service in the file is there."),
    "places not there": ("place is", "places are", "named as an organisation's, but not in the file."),
}
"""By what is counted: the words for one, for several, and the rest of the sentence."""


def _counted(count: int, one: str, several: str, rest: str) -> str:
    return f"{_count(count, one, several)} {rest}" if count else ""


def _count(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def _pages(document: object) -> str:
    """Says that there are more pages than this one, if so."""
    if not isinstance(document, dict):
        return ""
    pages = text_of(document.get("total_pages")) or text_of(document.get("totalPages"))
    if not pages.isdecimal() or len(pages) > 9 or int(pages) < 2:
        return ""
    return f"This is one page of {int(pages):,}: bring the others too to have all of the directory."
