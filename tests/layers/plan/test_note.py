"""The method note: whole, plain, and never markup from a name."""

import pandas as pd

from layers.plan.note import as_html, sources_of
from tests.toytown import NASTY


def test_everything_is_in_it_and_is_text():
    rows = pd.DataFrame({"Neighbourhood": [NASTY, "B"], "Gap": [12.5, float("nan")], "People": [1_500.0, 0.0]})
    made = as_html(
        f"Gaps & {NASTY}",
        said=["1 < 2"],
        steps=[("The formula", "a < b & c")],
        rows=rows,
        sources=["ONS"],
        made="Of today.",
        link="/gaps?index=<b>",
    ).decode()
    assert "<img" not in made and "&lt;img src=x onerror=alert(1)&gt;" in made
    assert "<h2>The formula</h2><p>a &lt; b &amp; c</p>" in made and "1 &lt; 2" in made
    assert "<td>12.5</td><td>1,500</td>" in made
    assert "<td>B</td><td></td><td>0</td>" in made, "missing is empty, zero is zero"
    assert "src=" not in made.replace("img src=x", "") and "http" not in made


def test_sources_are_named_once():
    told = sources_of(["iod2025", "iod2025", "ons-business-demography"])
    assert len(told) == 2 and "Licence" in told[0]
