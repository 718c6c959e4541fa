"""Who may change the register: everyone may read and suggest; only editors may change, and each write asks."""

import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26}
"""Of scrypt: about a tenth of a second and 32 MB a try."""

_SHORTEST = 10
_FREE_TRIES = 3
_LONGEST_WAIT = 300


class Role(Enum):
    """What someone may do."""

    VIEWER = "viewer"
    EDITOR = "editor"


@dataclass(frozen=True)
class Actor:
    """Who does something: the name that they gave, and what they may do."""

    name: str
    role: Role


VISITOR = Actor("a visitor", Role.VIEWER)


class NotAllowedError(PermissionError):
    """Someone asked for a change that is not theirs to make."""


def require_editor(by: Actor) -> None:
    """Stop anyone but an editor.

    Raises
    ------
    NotAllowedError
        If `by` is not an editor.
    """
    if by.role is not Role.EDITOR:
        raise NotAllowedError("Only an editor may change the register. Sign in as one, or suggest the change.")


class PassphraseError(ValueError):
    """A passphrase that is wrong, too short, or tried too often; the message says which."""


class Passphrase:
    """One editor's passphrase, kept beside the register as a salted scrypt hash, and slow to guess.

    After three wrong tries each next one has to wait, twice as long each time, up to five minutes. The waiting is
    shared by everyone, because a guesser may come from many addresses.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong = 0
        self._not_before = 0.0

    @property
    def is_set(self) -> bool:
        """Whether there is a passphrase; without one nobody can sign in with it."""
        return self._path.is_file()

    def set(self, words: str) -> None:
        """Keep a new passphrase, in place of any before it.

        Raises
        ------
        PassphraseError
            If it is shorter than ten characters.
        """
        if len(words.strip()) < _SHORTEST:
            raise PassphraseError(f"A passphrase needs at least {_SHORTEST} characters. Three or four words are good.")
        salt = secrets.token_bytes(16)
        kept = {"salt": salt.hex(), "scrypt": _hashed(words, salt).hex()}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # Readable by its owner alone from the start, and never half written.
        new = self._path.with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(kept, file)
        new.replace(self._path)

    def check(self, words: str, name: str) -> Actor:
        """The editor called `name`, if the words are right.

        Raises
        ------
        PassphraseError
            If they are wrong, if there is no passphrase or no name, or if it is too soon after wrong tries.
        """
        if not name.strip():
            raise PassphraseError("Type your name too: it is kept with every change.")
        if not self.is_set:
            raise PassphraseError("No passphrase has been set. Whoever runs this site can set one: make passphrase.")
        with self._lock:
            if (wait := self._not_before - self._clock()) > 0:
                raise PassphraseError(f"Too many wrong tries. Wait {round(wait) or 1} seconds, then try again.")
            salt, kept = self._kept()
            if not hmac.compare_digest(_hashed(words, salt), kept):
                self._wrong += 1
                if self._wrong >= _FREE_TRIES:
                    self._not_before = self._clock() + min(_LONGEST_WAIT, 2.0 ** min(self._wrong - _FREE_TRIES + 2, 20))
                raise PassphraseError("That is not the passphrase.")
            self._wrong = 0
        return Actor(" ".join(name.split())[:60], Role.EDITOR)

    def _kept(self) -> tuple[bytes, bytes]:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return bytes.fromhex(kept["salt"]), bytes.fromhex(kept["scrypt"])
        except (ValueError, KeyError, TypeError) as error:
            raise PassphraseError(
                "The passphrase's file cannot be read. Whoever runs this site can set it again: make passphrase."
            ) from error


def _hashed(words: str, salt: bytes) -> bytes:
    return hashlib.scrypt(words.strip().encode(), salt=salt, **_COST)
