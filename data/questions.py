"""The questions that can be asked: each in a file of its own in data/sql/."""

from functools import cache
from pathlib import Path

SQL = Path(__file__).parent / "sql"


class QuestionError(ValueError):
    """A question that is not in data/sql/, or was asked without what it needs."""


@cache
def question(name: str) -> str:
    """The text of data/sql/<name>.sql.

    Raises
    ------
    QuestionError
        If there is no such question.
    """
    path = SQL / f"{name}.sql"
    if not path.is_file():
        known = ", ".join(sorted(p.relative_to(SQL).with_suffix("").as_posix() for p in SQL.rglob("*.sql")))
        raise QuestionError(f"There is no question {name!r}. There are: {known}.")
    return path.read_text(encoding="utf-8")
