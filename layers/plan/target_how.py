"""How a list, its sureness, its neighbours and its balance are worked out: plain words first, the formula last."""

from collections.abc import Sequence

from geo.contiguity import TOLERANCE
from layers.nearby import distance_text
from layers.plan.conditions import Condition
from layers.plan.need import Column
from layers.plan.target_sure import COUNT, FIRM, SEED, SPREAD
from layers.plan.target_words import EVIDENCE, together, whole_districts

_ORDERS = {
    "need": "the score of need, the highest first",
    "gap": "the gap score, need times poor reach, the highest first",
}


def how(
    conditions: Sequence[Condition],
    columns: Sequence[Column],
    *,
    every: bool,
    by: str,
    top: int,
    where: str,
    of: str,
    within: int,
) -> list[tuple[str, str]]:
    """The steps of the list, each with a heading; those of need and reach come before (`layers.plan.gap_words.how`).

    `where` and `of` : what is in view, and what neighbourhoods are compared with, in words.
    """
    asked = f" that meet: {together(conditions, every=every)}" if conditions else ""
    return [
        (
            "Who is asked about",
            f"The neighbourhoods in {where}{asked}. A missing figure meets no condition. “The highest 20% of the "
            "region” are those at or above the figure that 20% of the region’s neighbourhoods with a figure reach; all "
            f"that tie with it are in. {whole_districts(conditions, columns)}".strip(),
        ),
        (
            "The order and the line",
            f"They are ordered by {_ORDERS[by]}. The list is the first {top:,}, and all that tie with the last.",
        ),
        ("How sure", _how_sure(top, of if by == "gap" else "")),
        (
            "The neighbours",
            f"Two neighbourhoods touch if their simplified outlines come within {TOLERANCE:g} m of each other. "
            f"{EVIDENCE}",
        ),
        ("Whom it serves", _whom(within)),
    ]


def _how_sure(top: int, of: str) -> str:
    """`of` : what neighbourhoods are compared with, where the list is by need and poor reach together."""
    fixed = f" Needs are compared among the neighbourhoods of {of}, and the way to help stays as it is." if of else ""
    return (
        f"The question is asked {COUNT:,} times. Each time every weight is drawn evenly between {1 - SPREAD:g} and "
        f"{1 + SPREAD:g} times what you chose, and one of the three ways to compare figures and of the two ways to put "
        f"them together by chance; the same neighbourhoods are then ordered anew.{fixed} Share of draws = draws in "
        f"which a neighbourhood is among the first {top:,} ÷ {COUNT:,}; where several tie at the line they share the "
        f"places left. At {FIRM:.0%} or more we call it sure. The usual places are those that 5% and 95% of the draws "
        f"do not exceed. Chance begins at the same number ({SEED}), so the same question has the same answer. Method: "
        "Saisana, Saltelli and Tarantola (2005). What is left out or wrong in the figures themselves, or in our list "
        "of help, is not in it."
    )


def _whom(within: int) -> str:
    return (
        "Today’s help serves all the people of a neighbourhood if the point where they live, on average, is within "
        f"{distance_text(within)} of help that counts, and nobody of the others; the list serves all the people of its "
        "neighbourhoods. That is who could be reached, not who comes. People on low incomes = people × share on low "
        "incomes; people of working age out of work = people aged 18 to 66 × share of them kept out of work: our own "
        "working. The concentration index is C = 2 ÷ (n × m) × the sum of p × y × R, less 1, where p are a "
        "neighbourhood’s people, y is 1 if it is served and 0 if not, n all people, m the share of them served and R "
        "the share of people in more deprived neighbourhoods, plus half of those in its own (Kakwani, Wagstaff and van "
        "Doorslaer 1997). Below 0 it goes more to the more deprived; above 0, to the less; it cannot be further from 0 "
        "than 1 less the share served. Numbers in brackets are intervals of 95%: the middle of what comes out when the "
        "neighbourhoods are drawn anew, with replacement, 1,000 times. Wide ones hang on a few neighbourhoods."
    )
