"""Shortlists: neighbourhoods that officers chose, kept by name with their reasons and the question that chose them."""

import re
from collections.abc import Iterable

from data.register.book import Register
from data.register.changes import Step
from data.register.kinds import SEPARATOR, FieldError
from data.register.mend import short
from data.register.named import code_of, keep, newest_first, take_out
from data.register.records import RecordError, Shortlist, from_text
from data.register.rights import Actor, require_editor

_LSOA = re.compile(r"[EW]01[0-9]{6}")


def save(
    register: Register,
    *,
    by: Actor,
    name: str,
    reasons: str,
    owner: str,
    link: str,
    pack: str,
    codes: Iterable[str],
    today: str,
    replacing: Shortlist | None = None,
) -> Shortlist:
    """Keep neighbourhoods as a shortlist, as one step; it keeps the register's version from before that step.

    Parameters
    ----------
    name : no other shortlist may have it; case and spaces make no difference.
    owner : a role or an organisation.
    link : the page's query, that is the question that chose them.
    pack : the version of the figures.
    codes : LSOA codes, in order; each is kept once.
    today : a day as 2026-11-21.
    replacing : the shortlist, as it was read, whose place this one takes, under its own name or another.

    Raises
    ------
    NotAllowedError
        If `by` may not change the register.
    RecordError
        If no neighbourhood is chosen, if another shortlist has the name, or if something cannot be kept.
    ConflictError
        If someone else has changed or removed `replacing` since it was read. Nothing is written.
    """
    require_editor(by)
    texts = {"id": "new", "name": " ".join(name.split()), "reasons": reasons, "owner": owner, "made_on": today}
    texts |= {"link": link, "pack": pack, "register_version": str(register.version)}
    texts["codes"] = f"{SEPARATOR} ".join(_chosen(codes))
    texts["id"] = code_of("l", from_text(Shortlist, texts).name)
    made: Shortlist = from_text(Shortlist, texts)
    keep(register, made, by=by, what=f"Saved the shortlist {made.name}", replacing=replacing, taken=_taken)
    return made


def remove(register: Register, shortlist: Shortlist, *, by: Actor) -> Step:
    """Take a shortlist out, as `named.take_out` does."""
    return take_out(register, shortlist, by=by)


def kept(register: Register) -> list[Shortlist]:
    """All shortlists, newest first: by day, and within a day by when they were last saved."""
    return newest_first(register, Shortlist)


def _chosen(codes: Iterable[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(codes))
    if not chosen:
        raise RecordError({"codes": FieldError("No neighbourhood is chosen. Choose at least one, then save the list.")})
    odd = [code for code in chosen if not _LSOA.fullmatch(code)]
    if odd:
        words = (
            f"{len(odd):,} of {len(chosen):,} cannot be the code of a neighbourhood (LSOA), first “{short(odd[0])}”. "
            "Such a code is E01 and six digits: take those of the table."
        )
        raise RecordError({"codes": FieldError(words)})
    return chosen


def _taken(other: Shortlist) -> str:
    count = "1 neighbourhood" if len(other.codes) == 1 else f"{len(other.codes):,} neighbourhoods"
    return (
        f"“{short(other.name)}” is the name of another shortlist ({count}, saved on {other.made_on}). "
        "Give this one another name, or save it in the place of that one."
    )
