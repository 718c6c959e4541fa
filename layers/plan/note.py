"""A note of how a plan was worked out, as one page that opens anywhere, prints, and needs nothing from elsewhere."""

from collections.abc import Iterable, Sequence
from html import escape

import pandas as pd

from data.catalogue import SOURCES

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1b2430}"
    "h1{line-height:1.2}h2{font-size:1.15em;margin-bottom:.2em}table{border-collapse:collapse;font-size:14px}"
    "td,th{border:1px solid #c9ced6;padding:4px 8px;text-align:left}p{margin:.3em 0 1em}"
)


def sources_of(keys: Iterable[str]) -> list[str]:
    """Sources as they must be named, each with its vintage and licence."""
    told = [SOURCES[key] for key in dict.fromkeys(keys)]
    return [f"{source.title}, {source.vintage}. {source.attribution} Licence: {source.licence}." for source in told]


def as_html(
    title: str,
    *,
    said: Sequence[str],
    steps: Sequence[tuple[str, str]],
    rows: pd.DataFrame,
    sources: Sequence[str],
    made: str,
    link: str,
) -> bytes:
    """The note, UTF-8. Every text is text: nothing of it becomes markup.

    Parameters
    ----------
    said : what was found, in sentences.
    steps : how, each with a heading.
    rows : the table that goes with it; missing cells are empty.
    made : the day, the pack and the register that it is of.
    link : the part of the address that brings it back.
    """
    parts = [f"<h1>{escape(title)}</h1>", *(f"<p>{escape(each)}</p>" for each in said)]
    parts.append("<h1>How this was worked out</h1>")
    parts += [f"<h2>{escape(heading)}</h2><p>{escape(words)}</p>" for heading, words in steps]
    parts.append("<h1>The figures</h1>" + _table(rows))
    parts.append("<h1>Sources</h1>" + "".join(f"<p>{escape(each)}</p>" for each in sources))
    parts.append(f"<p>{escape(made)}</p>")
    parts.append(f"<p>To see it again, put this at the end of Foothold’s address: {escape(link)}</p>")
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(parts)}</body></html>'.encode()


def _table(rows: pd.DataFrame) -> str:
    head = "".join(f"<th>{escape(str(name))}</th>" for name in rows.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(value))}</td>" for value in row) + "</tr>"
        for row in rows.itertuples(index=False)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:,.10g}"
    return "" if value is None or value is pd.NA else str(value)
