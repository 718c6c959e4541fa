"""`python -m data.register.passphrase`: set the passphrase that lets an editor change the register on this machine."""

import getpass
import os
import sys
from pathlib import Path

from data.register.rights import Passphrase, PassphraseError

KEPT = Path(__file__).parents[2] / ".register" / "passphrase.json"
"""Beside the register, and never in the project."""


NAMED = "FOOTHOLD_PASSPHRASE"
"""Environment: another file for it."""


def kept_in() -> Path:
    """The file that holds the passphrase's hash: the one that the environment names, or the usual one."""
    return Path(os.environ.get(NAMED) or KEPT)


def main() -> None:
    """Ask twice, and keep only a hash."""
    words = getpass.getpass("A new passphrase for editors: ")
    if words != getpass.getpass("The same again: "):
        sys.exit("The two are not the same. Nothing was changed.")
    try:
        Passphrase(kept_in()).set(words)
    except PassphraseError as error:
        sys.exit(str(error))
    print("Editors can now sign in with it on the register's page.")


if __name__ == "__main__":
    main()
