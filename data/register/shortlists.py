"""Shortlists: neighbourhoods that officers chose, kept by name with their reasons and the question that chose them.

A shortlist's code follows from its name. The register so never holds two of one name, whoever saves at the same
moment and whatever is undone; saving a list under another name gives it another code.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from data.register.book import Register
from data.register.changes import ConflictError, Step, key_of
from data.register.kinds import SEPARATOR, FieldError
from data.register.mend import short
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
    texts["id"] = _code_of(from_text(Shortlist, texts).name)
    made: Shortlist = from_text(Shortlist, texts)
    seen = {key_of(made): 0}
    removes = []
    if replacing is not None:
        seen[key_of(replacing)] = _version_of(register, replacing)
        removes = [key_of(replacing)] if replacing.id != made.id else []
    try:
        register.change([made], removes, by=by, what=f"Saved the shortlist {made.name}", seen=seen)
    except ConflictError as error:
        other = error.theirs.get(key_of(made))
        if isinstance(other, Shortlist) and (replacing is None or replacing.id != made.id):
            raise RecordError({"name": FieldError(_taken(other))}) from error
        raise
    return made


def remove(register: Register, shortlist: Shortlist, *, by: Actor) -> Step:
    """Take a shortlist out.

    Raises
    ------
    NotAllowedError
        If `by` may not change the register.
    ConflictError
        If someone else has changed or removed it since it was read. Nothing is written.
    """
    require_editor(by)
    seen = {key_of(shortlist): _version_of(register, shortlist)}
    return register.change([], list(seen), by=by, what=f"Removed the shortlist {shortlist.name}", seen=seen)


def kept(register: Register) -> list[Shortlist]:
    """All shortlists, newest first: by day, and within a day by when they were last saved."""
    held = [(each, version) for each, version in register.records(Shortlist.table) if isinstance(each, Shortlist)]
    held.sort(key=lambda pair: (pair[0].made_on or "", pair[1]), reverse=True)
    return [each for each, _ in held]


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


def _code_of(name: str) -> str:
    """The code of the shortlist of a name: the same for names that differ only in case, in spaces or in form."""
    same = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return f"l-{hashlib.sha256(same.encode()).hexdigest()[:12]}"


def _taken(other: Shortlist) -> str:
    count = "1 neighbourhood" if len(other.codes) == 1 else f"{len(other.codes):,} neighbourhoods"
    return (
        f"“{short(other.name)}” is the name of another shortlist ({count}, saved on {other.made_on}). "
        "Give this one another name, or save it in the place of that one."
    )


def _version_of(register: Register, shortlist: Shortlist) -> int:
    """The version at which the register holds a shortlist as it was read; one that stops any change if it does not."""
    held = register.records(Shortlist.table, [shortlist.id])
    return held[0][1] if held and held[0][0] == shortlist else -1
