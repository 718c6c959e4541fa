"""Records that officers keep under a name: never two of one name, and never one written over unseen.

The code of such a record follows from its name. The register so never holds two of one name, whoever saves at the same
moment and whatever is undone; saving one under another name gives it another code.
"""

import hashlib
import unicodedata
from collections.abc import Callable
from typing import TypeVar

from data.register.book import Register
from data.register.changes import ConflictError, Step, key_of
from data.register.kinds import FieldError
from data.register.records import RecordError
from data.register.rights import Actor, require_editor
from data.register.works import Work

W = TypeVar("W", bound=Work)


def code_of(letter: str, name: str) -> str:
    """The code of what goes by a name: the same for names that differ only in case, in spaces or in form."""
    same = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return f"{letter}-{hashlib.sha256(same.encode()).hexdigest()[:12]}"


def keep(register: Register, made: W, *, by: Actor, what: str, replacing: W | None, taken: Callable[[W], str]) -> Step:
    """Keep a record under its name, as one step.

    Parameters
    ----------
    what : kept in the log.
    replacing : the record, as it was read, whose place this one takes, under its own name or another.
    taken : says which record has the name already.

    Raises
    ------
    NotAllowedError
        If `by` may not change the register.
    RecordError
        If another record has the name.
    ConflictError
        If someone else has changed or removed `replacing` since it was read. Nothing is written.
    """
    require_editor(by)
    seen, removes = {key_of(made): 0}, []
    if replacing is not None:
        seen[key_of(replacing)] = _version_of(register, replacing)
        removes = [key_of(replacing)] if replacing.id != made.id else []
    try:
        return register.change([made], removes, by=by, what=what, seen=seen)
    except ConflictError as error:
        other = error.theirs.get(key_of(made))
        if isinstance(other, type(made)) and (replacing is None or replacing.id != made.id):
            raise RecordError({"name": FieldError(taken(other))}) from error
        raise


def take_out(register: Register, held: Work, *, by: Actor) -> Step:
    """Take a record out, as one step.

    Raises
    ------
    NotAllowedError
        If `by` may not change the register.
    ConflictError
        If someone else has changed or removed it since it was read. Nothing is written.
    """
    require_editor(by)
    seen = {key_of(held): _version_of(register, held)}
    return register.change([], list(seen), by=by, what=f"Removed the {held.title.lower()} {held.name}", seen=seen)


def newest_first(register: Register, kind: type[W]) -> list[W]:
    """All records of one kind, newest first: by day, and within a day by when they were last saved."""
    held = [(each, version) for each, version in register.records(kind.table) if isinstance(each, kind)]
    held.sort(key=lambda pair: (pair[0].made_on or "", pair[1]), reverse=True)
    return [each for each, _ in held]


def _version_of(register: Register, held: Work) -> int:
    """The version at which the register holds a record as it was read; one that stops any change if it does not."""
    found = register.records(held.table, [held.id])
    return found[0][1] if found and found[0][0] == held else -1
