"""Kinds of field whose text has a written form: days, addresses on the web and by post, opening hours.

Like every kind they have `read` and `write`, which undo each other (see data/register/kinds.py).
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from data.register.mend import FieldError, are_hours, mended_hours, mended_postcode, short
from geo.postcode import PostcodeError, normalise


@dataclass(frozen=True)
class Day:
    """A day, kept as 2026-03-31; 31/03/2026 and 31 March 2026 are understood, day before month."""

    sql: ClassVar[str] = "VARCHAR"

    def read(self, text: str) -> str | None:
        typed = re.sub(r"(?<=\d)[T ]\d{1,2}:\d{2}.*|(?<=\d)(st|nd|rd|th)\b", "", text.strip())
        if not typed:
            return None
        typed = re.sub(r"\bsept\b", "Sep", typed, flags=re.IGNORECASE)
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y"):
            try:
                day = datetime.strptime(typed, form).date()
            except ValueError:
                continue
            if day.year < 1000:
                break
            return day.isoformat()
        raise FieldError(f"“{short(text)}” is not a day. Write it as 2026-03-31 or 31/03/2026.")

    def write(self, value: Any) -> str:
        return value or ""


@dataclass(frozen=True)
class Website:
    """A web address, kept without "https://"."""

    sql: ClassVar[str] = "VARCHAR"

    def read(self, text: str) -> str | None:
        bare = re.sub(r"^https://", "", text.strip(), flags=re.IGNORECASE).rstrip("/")
        if not bare:
            return None
        rest = re.sub(r"^http://", "", bare, flags=re.IGNORECASE)
        if len(bare) > 500 or not re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#][!-;=?-Z_a-z~]*)?", rest, re.ASCII):
            raise FieldError(f"“{short(text)}” is not a web address such as example.org.uk.")
        return bare

    def write(self, value: Any) -> str:
        return value or ""


@dataclass(frozen=True)
class Email:
    """An email address."""

    sql: ClassVar[str] = "VARCHAR"

    def read(self, text: str) -> str | None:
        typed = text.strip()
        if typed and not re.fullmatch(r"[\w.+'-]{1,64}@[\w-]+(\.[\w-]+)+", typed, re.ASCII):
            raise FieldError(f"“{short(text)}” is not an email address.")
        return typed or None

    def write(self, value: Any) -> str:
        return value or ""


@dataclass(frozen=True)
class Postcode:
    """A whole postcode. Only its shape is judged here; whether it is in the region is for the gazetteer."""

    sql: ClassVar[str] = "VARCHAR"

    def read(self, text: str) -> str | None:
        if not text.strip():
            return None
        try:
            return normalise(text)
        except PostcodeError as error:
            raise FieldError(str(error), mended_postcode(text)) from error

    def write(self, value: Any) -> str:
        return value or ""


@dataclass(frozen=True)
class Hours:
    """Opening hours as OpenStreetMap writes them: "Mo-Fr 09:00-17:00; Sa 10:00-12:00"."""

    sql: ClassVar[str] = "VARCHAR"

    def read(self, text: str) -> str | None:
        typed = " ".join(text.split())
        if not typed:
            return None
        if not are_hours(typed):
            raise FieldError(
                f"“{short(text)}” could not be read as opening hours. Write them as Mo-Fr 09:00-17:00; Sa 10:00-12:00.",
                mended_hours(typed),
            )
        return typed

    def write(self, value: Any) -> str:
        return value or ""
