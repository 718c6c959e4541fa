"""Checking a list before any of it comes in: what would happen to each row, and why.

Nothing is written here. A row either comes in whole or not at all; what it adds to is one organisation, new or known.
"""

from collections import ChainMap, Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.bring.contradictions import clashes
from data.bring.layout import LeftOut, code
from data.bring.lookalike import plain_name, same_as, same_within
from data.bring.making import MARK, Made, make
from data.bring.placing import Placer, says_where
from data.bring.report import Finding, Report
from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.changes import Key
from data.register.records import Location, Organisation, Record, Service

CHOICE = "choice"
"""The column in which people say what to do with a row that is known or there twice."""

CHOICES = {"": "Leave it out", "new": "Bring it in as another place", "add": "Add what is missing to the one we have"}

_EVERY = 500
"""Rows between two reports of progress."""


@dataclass
class _Known:
    """The register as a list is compared with it."""

    records: dict[Key, Record]
    versions: dict[Key, int]
    names: list[str] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for (table, _), record in self.records.items():
            if table != Location.table or not isinstance(record, Location):
                continue
            owner = self.records.get((Organisation.table, record.organisation_id))
            if isinstance(owner, Organisation) and record.easting and record.northing:
                self.names.append(plain_name(owner.name))
                self.points.append((record.easting, record.northing))
                self.owners.append(owner.id)

    def has(self, organisation_id: str) -> bool:
        """Whether the register knows an organisation by its code."""
        return (Organisation.table, organisation_id) in self.records


def check(
    rows: Sequence[Mapping[str, str] | LeftOut],
    labels: Sequence[str],
    *,
    gazetteer: Gazetteer,
    register: Register,
    defaults: Mapping[str, str] | None = None,
    edits: Mapping[int, Mapping[str, str]] | None = None,
    heard: Callable[[float], None] = lambda _: None,
) -> Report:
    """What would happen to each row of a list.

    Parameters
    ----------
    rows : flat rows (see data.register.flat; also `latitude`, `longitude` and `kind`), or why a row is left out.
    labels : where each stands in its file.
    defaults : texts by column for what a row leaves blank.
    edits : texts by row and column that people changed, or suggestions that they accepted.
    heard : is told how far it has come, from 0 to 1; what it raises stops the check.
    """
    edits, known = edits or {}, _known(register)
    made, texts, findings = _read(rows, labels, gazetteer, known, defaults or {}, edits, heard)

    def right() -> dict[int, Made]:
        refused = {finding.row for finding in findings if finding.refuses}
        return {i: each for i, each in made.items() if i not in refused}

    heard(0.85)
    findings += _seen_before(right(), texts, labels, known)
    heard(0.95)
    _part_places(right(), texts)
    findings += [
        _finding(each.row, labels[each.row], texts[each.row], each.column, each.value, "clash", each.words, each.fix)
        for each in clashes(right(), dict(enumerate(labels)), known.records)
    ]
    good, more = _supported(right(), texts, labels, known)
    return replace(
        _planned(good, known),
        rows=tuple(texts),
        labels=tuple(labels),
        findings=tuple(sorted([*findings, *more], key=lambda finding: finding.row)),
        ready=tuple(i in good for i in range(len(rows))),
        edited=tuple(bool(edits.get(i)) for i in range(len(rows))),
    )


def _read(
    rows: Sequence[Mapping[str, str] | LeftOut],
    labels: Sequence[str],
    gazetteer: Gazetteer,
    known: _Known,
    defaults: Mapping[str, str],
    edits: Mapping[int, Mapping[str, str]],
    heard: Callable[[float], None],
) -> tuple[dict[int, Made], list[dict[str, str]], list[Finding]]:
    """What each row comes to by itself, the texts that were read, and what is doubtful about them."""
    placer = Placer(gazetteer)
    placed = Counter(row["organisation_id"] for row in rows if isinstance(row, Mapping) and _is_placed(row))
    made: dict[int, Made] = {}
    texts: list[dict[str, str]] = []
    findings: list[Finding] = []
    for i, row in enumerate(rows):
        if i % _EVERY == 0:
            heard(0.8 * i / len(rows))
        if isinstance(row, LeftOut):
            texts.append({})
            findings.append(_finding(i, labels[i], {}, "", "", "left_out", f"{row}."))
            continue
        given = {column: text for column, text in row.items() if text.strip()}
        own = given.get("organisation_id", "")
        # What the register knows already, it knows; a blank there is no place for what holds for a whole list.
        usual = {} if known.has(own) else defaults
        texts.append({**usual, **given, **edits.get(i, {}), MARK: labels[i]})
        elsewhere = placed[own] > _is_placed(row)
        whole = "place_id" not in row and not (elsewhere or known.has(own))
        made[i], doubts = make(texts[i], placer, gazetteer, whole=whole)
        findings += [
            _finding(i, labels[i], texts[i], d.column, d.value, d.reason, d.words, d.fix, refuses=d.refuses)
            for d in doubts
        ]
    return made, texts, findings


def _is_placed(row: Mapping[str, str]) -> bool:
    """Whether a row has its own code and says where it is, so that other rows of that code need not."""
    return bool(row.get("organisation_id", "").strip()) and any(says_where(row))


def _known(register: Register) -> _Known:
    tables = ("organisations", "locations", "services", "practice", "grants")
    found = {(table, record.id): (record, version) for table in tables for record, version in register.records(table)}
    return _Known(
        {key: record for key, (record, _) in found.items()}, {key: version for key, (_, version) in found.items()}
    )


def _seen_before(
    good: Mapping[int, Made], texts: Sequence[Mapping[str, str]], labels: Sequence[str], known: _Known
) -> list[Finding]:
    """Rows that may be of a place that the register, or an earlier row, has already."""
    # What the register, or an earlier row, has by its code is that, whatever it looks like.
    first: dict[str, int] = {}
    for i, each in good.items():
        first.setdefault(each.organisation_id, i)
    asked = [
        (i, each)
        for i, each in good.items()
        if each.point
        and not known.has(each.organisation_id)
        and (first[each.organisation_id] == i or not each.has_code)
        and texts[i].get(CHOICE, "") != "new"
    ]
    names, points = [plain_name(each.name) for _, each in asked], [each.point or (0, 0) for _, each in asked]
    findings = []
    before = same_as(names, points, known.names, known.points)
    for k, j in before.items():
        i, each = asked[k]
        owner = known.records[(Organisation.table, known.owners[j])]
        each.same = owner.id
        words = f"It may be {getattr(owner, 'name', '')} ({owner.id}), which the register has at about the same place."
        if texts[i].get(CHOICE) != "add":
            findings.append(_finding(i, labels[i], texts[i], CHOICE, each.name, "known", words))
    # A list that we sent out was looked through for doubles when it came in.
    left = [k for k in range(len(asked)) if k not in before and "place_id" not in texts[asked[k][0]]]
    twice = same_within([names[k] for k in left], [points[k] for k in left])
    for k, j in twice.items():
        i, each = asked[left[k]]
        before_it, other = asked[left[j]]
        each.same = other.organisation_id
        words = f"It may be the same as row {labels[before_it]}, {other.name}."
        if texts[i].get(CHOICE) != "add":
            findings.append(_finding(i, labels[i], texts[i], CHOICE, each.name, "twice", words))
    return findings


def _part_places(good: Mapping[int, Made], texts: Sequence[Mapping[str, str]]) -> None:
    """Give further places of one organisation codes of their own, where its rows give none."""
    first: dict[str, tuple[int | None, int | None]] = {}
    for i, each in good.items():
        for k, place in enumerate(each.parts):
            if not isinstance(place, Location) or place.easting is None or texts[i].get("place_id", "").strip():
                continue
            spot = (place.easting, place.northing)
            if first.setdefault(place.id, spot) != spot:
                own = replace(place, id=code(f"{place.id}-p", *map(str, spot)))
                each.parts = (*each.parts[:k], own, *each.parts[k + 1 :])


def _supported(
    good: dict[int, Made], texts: Sequence[Mapping[str, str]], labels: Sequence[str], known: _Known
) -> tuple[dict[int, Made], list[Finding]]:
    """Without the rows that need a place or an organisation that neither the register nor this list brings."""
    findings: list[Finding] = []
    while True:  # a row that does not come in may be what another one needs
        whole = [each for each in good.values() if not each.same]
        places = {id_ for table, id_ in known.records if table == Location.table}
        places |= {record.id for each in whole for record in each.parts if isinstance(record, Location)}
        owners = {each.organisation_id for each in whole}
        lost: dict[int, Finding] = {}
        for i, each in good.items():
            if each.same and each.same not in owners and not known.has(each.same):
                words = "It would add to another row of this list, which does not come in as it is."
                lost[i] = _finding(i, labels[i], texts[i], CHOICE, each.name, "twice", words)
            elif finding := _given_nowhere(i, each, texts[i], labels[i], places):
                lost[i] = finding
        if not lost:
            return good, findings
        findings += lost.values()
        good = {i: each for i, each in good.items() if i not in lost}


def _given_nowhere(i: int, made: Made, texts: Mapping[str, str], label: str, places: set[str]) -> Finding | None:
    """That a service of a row is given at a place that there is not; None if there is no such."""
    for service in (record for record in made.parts if isinstance(record, Service)):
        lost = [entry for entry in service.given_at or () if entry.partition(" (")[0].strip() not in places]
        if lost:
            kept = "; ".join(entry for entry in service.given_at or () if entry not in lost)
            words = f"No place has the code “{lost[0].partition(' (')[0]}”."
            fix = {"service_given_at": kept}
            return _finding(i, label, texts, "service_given_at", "; ".join(lost), "given_at", words, fix)
    return None


def _planned(good: Mapping[int, Made], known: _Known) -> Report:
    """The records that the good rows come to, each organisation once."""
    puts: dict[Key, Record] = {}
    touched: dict[str, bool] = {}
    held = ChainMap(puts, known.records)
    for each in good.values():
        for record in each.as_part_of(each.same or each.organisation_id, held):
            key = (record.table, record.id)
            owner = record.id if isinstance(record, Organisation) else getattr(record, "organisation_id", "")
            differs = known.records.get(key) != record
            touched[owner] = touched.get(owner, False) or differs
            if differs:
                puts[key] = record
    fresh = [owner for owner in touched if not known.has(owner)]
    changed = [owner for owner, differs in touched.items() if differs and known.has(owner)]
    return Report(
        rows=(),
        labels=(),
        findings=(),
        ready=(),
        edited=(),
        puts=tuple(puts.values()),
        seen={key: known.versions.get(key, 0) for key in puts},
        new=len(fresh),
        changed=len(changed),
        unchanged=len(touched) - len(fresh) - len(changed),
    )


def _finding(
    row: int,
    label: str,
    texts: Mapping[str, str],
    column: str,
    value: str,
    reason: str,
    words: str,
    fix: Mapping[str, str] | None = None,
    *,
    refuses: bool = True,
) -> Finding:
    return Finding(
        row=row,
        label=label,
        name=texts.get("organisation_name", ""),
        column=column,
        value=value,
        reason=reason,
        words=words,
        fix=fix or {},
        refuses=refuses,
    )
