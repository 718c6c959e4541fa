"""`python -m data.build`: make data/held again, or say in a sentence why it cannot be made."""

import sys
from pathlib import Path
from time import perf_counter

from data.build.assemble import PACK, VERSION, make_tables
from data.build.inputs import BuildError
from data.build.notes import NOTES
from data.pack import PackError, write_pack
from geo.coverage import CoverageError
from geo.split import SplitError

HELD = Path(__file__).resolve().parents[1] / "held"


def build(folder: Path) -> None:
    """Make the pack in `folder`, telling how far it is; nothing is written unless every check passes."""
    start = perf_counter()
    tables = make_tables(tell=print)
    manifest = write_pack(folder, tables, NOTES, pack=PACK, version=VERSION)
    total = 0
    for entry in manifest.tables:
        size = manifest.path(entry.name).stat().st_size
        total += size
        print(f"  {entry.name:15} {entry.rows:7,} rows {size:10,} bytes")
    print(f"Pack written to {folder.name}: {total:,} bytes, {perf_counter() - start:.0f} seconds.")


def main() -> int:
    """Build the pack, or say in one sentence why not; returns the exit status."""
    try:
        build(HELD)
    except (BuildError, CoverageError, SplitError, PackError) as error:
        print(f"Nothing was written. {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
