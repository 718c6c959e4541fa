"""What was found in a list that someone brings in: row by row, why, and what could be done about it."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.cells import guarded
from data.register.changes import Key
from data.register.flat import COLUMNS, title_of
from data.register.records import Record

REASONS: dict[str, str] = {
    "left_out": "Left out, as its source says",
    "name": "No name",
    "kind": "It does not say what kind of place or help it is",
    "words": "Something that the register cannot hold",
    "no_place": "It does not say where it is",
    "postcode": "Not a whole postcode",
    "postcode_unknown": "A postcode that is not in use here",
    "outside": "Outside the ten districts",
    "swapped": "Latitude and longitude are the wrong way round",
    "coordinates": "Coordinates that cannot be read",
    "far_apart": "Postcode and coordinates are far apart",
    "serves": "It serves an area that we do not know",
    "given_at": "It is given at a place that we do not know",
    "clash": "It contradicts another row, or the register",
    "twice": "Twice in this list",
    "known": "In the register already",
}
"""Why a row is refused, or what to know of it, in the order in which people should look at them."""


REMEDIES: dict[str, str] = {
    "kind": "Call them what was probably meant, or else “Other place”",
    "words": "Use what was probably meant, or set it aside in the notes",
    "postcode": "Use the postcode that was probably meant, or only the coordinates",
    "postcode_unknown": "Use the postcode that was probably meant",
    "outside": "Use the postcode that was probably meant",
    "swapped": "Turn them round",
    "coordinates": "Leave the coordinates out",
    "far_apart": "Place them by their postcodes",
    "given_at": "Leave those places out",
    "clash": "Take the word of the earlier row",
}
"""What accepting our suggestion does, by reason."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing about one row. Nothing is refused without one."""

    row: int
    """Position among the rows read, from 0."""
    label: str
    """Where the row stands in its file: its number, as a spreadsheet shows it."""
    name: str
    """What the row is called, as far as it has a name."""
    column: str
    value: str
    reason: str
    """A key of `REASONS`."""
    words: str
    fix: Mapping[str, str] = field(default_factory=dict)
    """Texts by column that would put it right; none where only people can know."""
    refuses: bool = True


@dataclass(frozen=True, kw_only=True)
class Report:
    """What would happen if a list were brought in as it now stands.

    `rows` are the texts that were checked; `ready` tells by row whether it would come in; `edited` whether people or
    an accepted suggestion changed it; `puts` are the records to write.
    """

    rows: tuple[Mapping[str, str], ...]
    labels: tuple[str, ...]
    findings: tuple[Finding, ...]
    ready: tuple[bool, ...]
    edited: tuple[bool, ...]
    puts: tuple[Record, ...]
    seen: Mapping[Key, int]
    """The version of each of them that was compared with, 0 for a new one: a newer one stops the writing."""
    new: int
    changed: int
    unchanged: int

    @property
    def accepted(self) -> int:
        """Rows that would come in as they were."""
        return sum(ready and not edited for ready, edited in zip(self.ready, self.edited, strict=True))

    @property
    def fixed(self) -> int:
        """Rows that would come in after something in them was put right."""
        return sum(ready and edited for ready, edited in zip(self.ready, self.edited, strict=True))

    @property
    def refused(self) -> dict[str, int]:
        """Rows that would not come in, by the first reason of each."""
        first: dict[int, str] = {}
        order = list(REASONS)
        for finding in self.findings:
            if finding.refuses:
                known = first.get(finding.row)
                if known is None or order.index(finding.reason) < order.index(known):
                    first[finding.row] = finding.reason
        counted = Counter(first.values())
        return {reason: counted[reason] for reason in REASONS if counted[reason]}


def suggested(findings: Sequence[Finding], reason: str) -> dict[int, dict[str, str]]:
    """The fixes of every finding of one reason, by row: what accepting them all would change."""
    edits: dict[int, dict[str, str]] = {}
    for finding in findings:
        if finding.reason == reason and finding.fix:
            edits.setdefault(finding.row, {}).update(finding.fix)
    return edits


def column_title(column: str) -> str:
    """What people call a column of a list that is brought in."""
    others = {"choice": "What to do with it", "kind": "What it is", "latitude": "Latitude", "longitude": "Longitude"}
    return title_of(column) if column in COLUMNS else others.get(column, "")


def as_csv(report: Report) -> bytes:
    """The report as a spreadsheet: a row for each finding, and one for each row without any."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["Row", "Name", "Outcome", "Field", "Value", "Reason", "What is wrong", "Suggestion"])
    told = {finding.row for finding in report.findings}
    for i, row in enumerate(report.rows):
        if i not in told:
            _write(writer, report.labels[i], row.get("organisation_name", ""), outcome(report, i), "", "", "", "", "")
    for finding in report.findings:
        meant = "; ".join(f"{column_title(column)}: {text or '(blank)'}" for column, text in finding.fix.items())
        told_of = (column_title(finding.column), finding.value, REASONS[finding.reason], finding.words, meant)
        _write(writer, finding.label, finding.name, outcome(report, finding.row), *told_of)
    return out.getvalue().encode("utf-8-sig")


def outcome(report: Report, row: int) -> str:
    """What would happen to one row, in words."""
    if not report.ready[row]:
        return "Not brought in"
    return "Ready, after a fix" if report.edited[row] else "Ready"


def _write(writer: Any, *cells: str) -> None:
    writer.writerow([guarded(cell) for cell in cells])
