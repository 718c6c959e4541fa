"""What opens a session: a short code to join, a key to present, and a token for each person."""

import hashlib
import secrets
import unicodedata
from collections.abc import Collection

SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""What codes are made of: nothing that is easily read as something else (0 and O, 1, I and L), and no vowels, so that
no words arise."""

LENGTH = 6
"""Signs of a code: 28 to the power of 6 are 480 million, far more than can be tried in an evening."""


def new_code(taken: Collection[str]) -> str:
    """A code that nobody can guess, and that is none of those taken."""
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if code not in taken:
            return code


def as_typed(code: str) -> str:
    """A code as it is kept, from what someone typed: case, spaces and hyphens make no difference."""
    plain = unicodedata.normalize("NFKC", code[:60]).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def new_id() -> str:
    """The id of a new session, for addresses; it opens nothing."""
    return f"w{secrets.token_hex(6)}"


def new_key() -> str:
    """What a presenter's link holds."""
    return secrets.token_hex(16)


def new_token() -> str:
    """What one person's phone keeps so that they may change their own answers."""
    return secrets.token_urlsafe(18)


def new_salt() -> str:
    """What makes the same token look different in each session."""
    return secrets.token_hex(16)


def hashed(token: str, salt: str) -> str:
    """A token as it is kept: it can be recognised, but not found out. Tokens are long, so one round is enough."""
    return hashlib.sha256(f"{salt} {token}".encode("utf-8", "replace")).hexdigest()
