"""The register as Open Referral UK: sent out without loss, brought back, and other directories' files understood."""

from data.oruk.incoming import FromOruk, from_oruk
from data.oruk.outgoing import to_oruk
from data.oruk.shapes import OrukError, looks_like_oruk

__all__ = ["FromOruk", "OrukError", "from_oruk", "looks_like_oruk", "to_oruk"]
