"""Opening hours between two tongues: the text that the register keeps, and schedules that repeat each week."""

import re
from collections.abc import Iterable
from typing import Any

from data.oruk.marks import made_id
from data.oruk.slots import Slots

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "(?:" + "|".join(_DAYS) + ")"
_SPAN = r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d"
_RULE = re.compile(
    rf"(?:(?P<days>{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*) )?(?P<spans>{_SPAN}(?:, ?{_SPAN})*|off|closed)"
)
_TIME = re.compile(r"(\d{1,2}):?(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?", re.ASCII)

Week = dict[str, tuple[str, ...]]
"""By day, Mo to Su, the times at which it is open ("09:00-17:00"); days that are always closed are left out."""


def week_of(text: str) -> Week | None:
    """The week that an opening-hours text describes; None if it says more than a plain week, or nothing."""
    week: Week = {}
    for rule in filter(None, map(str.strip, text.split(";"))):
        match = _RULE.fullmatch(rule)
        if match is None:
            return None
        spans = tuple(re.findall(_SPAN, match["spans"]))
        if any(span[:5] >= span[6:] for span in spans):  # past midnight
            return None
        week |= dict.fromkeys(_days(match["days"] or "Mo-Su"), spans)  # a later rule replaces the day
    return {day: week[day] for day in _DAYS if week.get(day)} or None


def text_of_week(week: Week) -> str:
    """A week as an opening-hours text, days with the same times together."""
    return "; ".join(f"{_spoken(days)} {','.join(spans)}" for days, spans in _alike(week))


def schedules(service: str, text: str) -> list[dict[str, Any]]:
    """Schedules of the service with that id: one for each time of a plain week, else one in words only."""
    week = week_of(text)
    if week is None:
        return [{"id": made_id("schedule", service), "description": text}] if text else []
    return [
        {
            "id": made_id("schedule", service, days[0], span),
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(days).upper(),
            "opens_at": f"{span[:5]}:00",
            "closes_at": f"{span[6:]}:00",
        }
        for days, spans in _alike(week)
        for span in spans
    ]


def hours_of(found: Iterable[Slots]) -> tuple[str, int]:
    """The opening hours that schedules tell, and how many of the schedules are not in it.

    Where none repeats weekly, what they say in words is the text, readable or not.
    """
    week: Week = {}
    said, lost = [], 0
    for schedule in found:
        days, span = _weekly(schedule)
        if days and span:
            week |= {day: (*week.get(day, ()), span) for day in days if span not in week.get(day, ())}
        elif words := schedule.text("description"):
            said.append(words)
        else:
            lost += 1
    if week:
        return text_of_week({day: tuple(sorted(week[day])) for day in _DAYS if day in week}), lost + len(said)
    return " ".join(" ".join(said).split()), lost


def _weekly(schedule: Slots) -> tuple[list[str], str]:
    """The days and the time of a schedule; nothing if it does not repeat every week."""
    freq, interval = schedule.text("freq").upper(), schedule.text("interval")
    if freq not in ("", "WEEKLY") or interval not in ("", "1"):
        return [], ""
    named = schedule.text("byday", "weekday")
    days = [_day(word) for word in re.split(r"[,;\s]+", named) if word]
    opens, closes = _time(schedule.text("opens_at")), _time(schedule.text("closes_at"))
    closes = "24:00" if closes == "00:00" else closes
    if not all(days) or not opens or not closes or opens in (closes, "24:00"):
        return [], ""
    return days, f"{opens}-{closes}"


def _day(word: str) -> str:
    if word in tuple("1234567"):
        return _DAYS[int(word) - 1]
    name = word[:2].capitalize()
    return name if name in _DAYS and (len(word) == 2 or word.isalpha()) else ""


def _time(text: str) -> str:
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 24 or int(match[2]) > 59 or (int(match[1]) == 24 and int(match[2])):
        return ""
    return f"{int(match[1]):02d}:{match[2]}"


def _days(text: str) -> list[str]:
    """The days of "Mo-We,Sa"; "Sa-Mo" goes over the week's end."""
    found = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        found += [_DAYS[(start + step) % 7] for step in range((end - start) % 7 + 1)]
    return found


def _alike(week: Week) -> list[tuple[list[str], tuple[str, ...]]]:
    """The days that have the same times, by their first day."""
    together: dict[tuple[str, ...], list[str]] = {}
    for day in _DAYS:
        if week.get(day):
            together.setdefault(week[day], []).append(day)
    return [(days, spans) for spans, days in together.items()]


def _spoken(days: list[str]) -> str:
    runs: list[list[str]] = []
    for day in days:
        if runs and _DAYS.index(day) == _DAYS.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
