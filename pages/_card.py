"""One organisation as people read it: what it offers, to whom, when, and how we know."""

from datetime import datetime

import streamlit as st

from data.register.book import Entry
from data.register.records import Grant, Practice, Service
from data.register.vocabulary import (
    ANCHOR_TYPES,
    BASES,
    COSTS,
    DELIVERY,
    EVIDENCE,
    LANGUAGES,
    MEASURES,
    STAGES,
    STANDINGS,
    SUPPORT_TYPES,
    UNITS,
)
from layers.provision import capacity_words, hours_words
from layers.words import listed
from pages import _edge


def card(entry: Entry, *, place: str = "", why: str = "") -> None:
    """An organisation and all that is known of it, `place` first; `why` it is not firm, if it is not."""
    told = entry.organisation
    st.header(_edge.plain(told.name), anchor=False)
    if why:
        st.warning(_edge.plain(f"{why}: check before you send anyone."), icon=":material/help:")
    if told.status in ("ended", "paused") or told.ended_on:
        st.warning(_edge.plain(_standing(told.status, told.ended_on)), icon=":material/event_busy:")
    _table(
        {
            "What it is": ANCHOR_TYPES.get(told.anchor_type or ""),
            "About": told.description,
            "Led by its community": None if told.community_led is None else "Yes" if told.community_led else "No",
            "Website": told.website,
            "Phone": told.phone,
            "Email": told.email,
        },
        copied=("Website", "Email"),
    )
    for location in sorted(entry.locations, key=lambda each: each.id != place):
        where = [location.name, location.address, location.town, location.postcode, location.district]
        _table(
            {
                "Where": ", ".join(dict.fromkeys(text for text in where if text)),
                "How it is placed": BASES[location.basis] if location.basis not in (None, "postcode") else None,
                "Doors open": _hours(location.opening_hours),
                "Access": listed(list(location.accessibility or ())),
            }
        )
    for offered in entry.services:
        service(offered)
    _practice(entry.practice)
    _grants(entry.grants)
    dated = f" ({told.as_at})" if told.as_at else ""
    graded = f". {EVIDENCE[told.verification]}" if told.verification else ""
    confirmed = f" Last confirmed {told.confirmed_on}." if told.confirmed_on else ""
    st.caption(_edge.plain(f"Known from: {told.source or 'not said'}{dated}{graded}.{confirmed}"))


def service(offered: Service) -> None:
    """One service: what it is, whom it is for and what to know before going."""
    st.markdown(f"**{_edge.plain(offered.name)}**")
    ages = [str(age) if age is not None else "" for age in (offered.min_age, offered.max_age)]
    price = f", £{offered.cost_amount:,.2f}" if offered.cost_amount else ""
    said = {
        "Kind of help": SUPPORT_TYPES.get(offered.support_type or ""),
        "What it offers": offered.description,
        "Stage": listed([STAGES[stage] for stage in offered.stages or ()]),
        "Who can use it": offered.eligibility,
        "Trading for at most": f"{offered.max_trading_years:g} years" if offered.max_trading_years else None,
        "Ages": " to ".join(ages) if any(ages) else None,
        "Especially for": listed(list(offered.priority_groups or ())),
        "Cost": None if offered.cost in (None, "unknown") else f"{COSTS[offered.cost]}{price}",
        "What the price is for": offered.cost_note,
        "Languages": listed([LANGUAGES[code] for code in offered.languages or ()]),
        "How": listed([DELIVERY[way] for way in offered.delivery or ()]),
        "Open": _hours(offered.opening_hours),
        "Serves": listed(list(offered.serves or ())),
        "Given at": "; ".join(offered.given_at or ()),
        "Room": capacity_words(vars(offered), UNITS),
        "Waiting time": f"{offered.wait_days} days" if offered.wait_days is not None else None,
        "Paid for by": offered.funder,
        "From": offered.starts_on,
        "Until": offered.ends_on,
        "Standing": None if offered.status == "active" else _standing(offered.status, offered.ends_on),
        "Last confirmed": offered.confirmed_on,
    }
    _table({title: text for title, text in said.items() if title != "Kind of help" or text != offered.name})


def _practice(practice: tuple[Practice, ...]) -> None:
    if practice:
        st.markdown("**What it does for its place**")
        _table(
            {
                MEASURES[each.measure]: ", ".join(
                    text for text in (each.value, each.area, each.year, each.source) if text
                )
                for each in practice
            }
        )


def _grants(grants: tuple[Grant, ...]) -> None:
    if grants:
        st.markdown("**Grants received**")
        _table({f"{each.awarded_on or 'Undated'}: {each.funder or 'funder not said'}": _grant(each) for each in grants})


def _grant(grant: Grant) -> str:
    sign = {"GBP": "£"}.get(grant.currency or "GBP", f"{grant.currency} ")
    amount = f"{sign}{grant.amount:,.0f}" if grant.amount is not None else ""
    return ", ".join(text for text in (amount, grant.name, grant.programme) if text)


def _standing(status: str | None, ended: str | None) -> str:
    on = f" on {ended}" if ended else ""
    return f"{STANDINGS[status or 'unknown']}{on if status == 'ended' else f', ends{on}' if ended else ''}"


def _hours(hours: str | None) -> str | None:
    now: datetime = _edge.now()
    return f"{hours_words(hours, now)} ({hours})" if hours else None


def _table(said: dict[str, str | None], *, copied: tuple[str, ...] = ()) -> None:
    """A small table of what is known; what is `copied` was checked to be an address, and must be whole when copied."""
    shown = {title: _edge.plain(text) for title, text in said.items() if text}
    shown |= {title: shown[title].replace("\u2060", "") for title in copied if title in shown}
    if shown:
        st.table(shown, border="horizontal")
