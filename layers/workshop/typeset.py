"""Pages of paper: a template of ours and what it is to say, as a PDF, without a browser and without the internet.

The lettering is Source Sans Pro, as in the application itself, and Noto Sans Arabic for Arabic, Urdu and others in that
script. Packages bring both, so that every computer sets the same pages. Words in other scripts are set in a font of
the computer's own, if it has one.
"""

import json
from calendar import timegm
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

_OWN = Path(__file__).parent / "documents"
_REMEMBERED = 11
_LETTERING = ("font_source_sans_pro", "fontpkg_noto_sans_arabic")
_ACCESSIBLE = "ua-1"
"""The standard for PDFs that screen readers can follow (PDF/UA)."""


def as_pdf(template: str, told: Mapping[str, Any], *, made: datetime) -> bytes:
    """A PDF: the same bytes for the same input on the same computer.

    Parameters
    ----------
    template : stem of a file in documents/.
    told : what the template says. It reaches the template as data, so no text in it is ever markup.
    made : what the file says of when it was made.

    Notes
    -----
    The standard for accessible PDFs refuses words that no font at hand can draw. Then the PDF is made without it,
    still with its structure, and `told` has `undrawn`, so that the page can say where the words are kept.
    """
    try:
        return _compiled(template, told, made=made, standards=[_ACCESSIBLE])
    except typst.TypstError:
        return _compiled(template, {**told, "undrawn": True}, made=made, standards=[])
    finally:
        _forget()


def as_pngs(template: str, told: Mapping[str, Any], *, ppi: float = 100) -> list[bytes]:
    """The same pages as pictures."""
    made = typst.compile(_source(template), format="png", ppi=ppi, font_paths=_fonts(), sys_inputs=_inputs(told))
    return [made] if isinstance(made, bytes) else list(made or ())


def _compiled(template: str, told: Mapping[str, Any], *, made: datetime, standards: Any) -> bytes:
    pages = typst.compile(
        _source(template),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs=_inputs(told),
        pdf_standards=standards,
        timestamp=timegm(made.timetuple()),
    )
    if not isinstance(pages, bytes):
        raise TypeError(f"The template {template!r} made no PDF.")
    return pages


def _forget() -> None:
    """Have typst let go of what it remembers of a document, some 50 MB of a large one.

    It keeps the workings of its last ten documents, in case one of them is set again; a document with nothing in it
    counts as one, and takes some ten milliseconds.
    """
    for _ in range(_REMEMBERED):
        typst.compile(b"", format="pdf", font_paths=_fonts())


def _inputs(told: Mapping[str, Any]) -> dict[str, str]:
    return {"told": json.dumps(told, ensure_ascii=False)}


@cache
def _source(template: str) -> bytes:
    common = (_OWN / "common.typ").read_bytes()
    return common + (_OWN / f"{template}.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The lettering and, after it, whatever the computer has."""
    return typst.Fonts(font_paths=[str(files(package) / "files") for package in _LETTERING])
