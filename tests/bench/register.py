"""The register at its largest: bringing a list in, searching it, drawing it and sending it out."""

import re
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from data.bring.check import check
from data.bring.files import open_file
from data.bring.sheets import understood
from data.gazetteer import Gazetteer
from data.register.book import Register
from data.register.seed import FOUNDERS, begin
from data.send.files import as_csv, as_oruk
from data.store import Store
from layers.outlines import places_asset
from layers.places import drawable
from layers.provision import Wants, kinds_that_fit, provision
from pages import _edge
from tests.bench import invented
from tests.bench.plain import Plain
from tests.bench.reader import Reader
from tests.bench.served import get as fetch
from tests.bench.served import served
from tests.bench.stopwatch import timed
from tests.bench.switching import switches, weighed

_IMPORTS, _TIMES, _FEW = 3, 9, 3
_EVERY_PLACE = "places=support,anchors,community,institutions&unconfirmed=yes"
_NOTHING: dict[str, list[str]] = {
    name: [] for name in ("words", "kinds", "districts", "stages", "costs", "languages", "standings")
}

T = TypeVar("T")


def of_the_register() -> dict[str, float]:
    """Every figure of a register of 10,000 organisations and 15,000 services, beside the built-in ones."""
    store = Store()
    listed = invented.entries(invented.postcodes(store.ask("postcodes")))
    begun = time.perf_counter()
    gazetteer = Gazetteer(store)
    figures = {"register.gazetteer_s": time.perf_counter() - begun}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.duckdb"
        figures |= _brought_in("messy.xlsx", invented.messy(listed), store, gazetteer, Path(folder) / "messy.duckdb")
        figures |= _brought_in("own.csv", as_csv(listed), store, gazetteer, path)
        register = Register(path)
        try:
            figures |= _searched(register) | _drawn(register) | _sent_out(register)
        finally:
            register.close()  # the file takes one process
        names = [entry.organisation.name.rpartition(" ")[0] for entry in listed[:_TIMES]]
        with served("app.py", health="/health", register=str(path)) as app:
            figures |= _visited(app.port, names)
    return figures


def _brought_in(name: str, content: bytes, store: Store, gazetteer: Gazetteer, path: Path) -> dict[str, float]:
    """Seconds from a file's bytes to the step in a register of its own, that began with the pack's."""
    times = []
    for _ in range(_IMPORTS):
        path.unlink(missing_ok=True)
        register = Register(path)
        begin(register, store)
        times.append(_one_import(name, content, gazetteer, register))
        register.close()
    opening, checking, writing, whole = (median(parts) for parts in zip(*times, strict=True))
    if name.endswith(".xlsx"):
        return {"register.import_messy_s": whole}
    parts = {"register.import_open_s": opening, "register.import_check_s": checking, "register.import_write_s": writing}
    return {"register.import_s": whole} | parts


def _one_import(name: str, content: bytes, gazetteer: Gazetteer, register: Register) -> tuple[float, ...]:
    """Seconds to open, to check and to write, and all of it."""
    heard: list[float] = []
    begun = time.perf_counter()
    [listed] = understood(open_file(name, content))
    opened = time.perf_counter()
    report = check(listed.rows, listed.labels, gazetteer=gazetteer, register=register, heard=heard.append)
    checked = time.perf_counter()
    register.change(report.puts, by=FOUNDERS, what=f"Brought in {name}", seen=report.seen, heard=heard.append)
    written = time.perf_counter()
    if report.new < 0.8 * invented.ORGANISATIONS or len(heard) < 10:
        raise RuntimeError(f"Of {name} only {report.new} organisations came in, or nobody heard how far it was.")
    return opened - begun, checked - opened, written - checked, written - begun


def _searches(register: Register) -> dict[str, dict[str, Any]]:
    """What people look for, by name; everything they can choose by is in one of them."""
    [known] = register.records("organisations", ["inv00042"])
    name = str(getattr(known[0], "name", "")).lower().split()[:2]
    asked = {
        "everything": {},
        "two words": {"words": name},
        "kind and district": {"kinds": ["mentoring", "library"], "districts": ["Bradford"]},
        "stage, language and cost": {"stages": ["start_up"], "languages": ["ur", "pl"], "costs": ["free"]},
        "nothing": {"words": [name[0][::-1], *name]},
    }
    return {title: _NOTHING | said for title, said in asked.items()}


def _searched(register: Register) -> dict[str, float]:
    """The slowest of several searches, here and the plain way, which must find the same."""
    plain, today = Plain(register), _edge.today()
    ours, theirs = [], []
    for title, said in _searches(register).items():
        found, took = timed(partial(_found, register, said, today))
        again, plainly = timed(partial(plain.found, said))
        if sorted(found) != sorted(again) or (title == "nothing") != (not found):
            raise RuntimeError(f"{title!r} finds {len(found)} here and {len(again)} the plain way.")
        ours.append(took)
        theirs.append(plainly)
    return {
        "register.search_ms": max(ours),
        "register.plain.search_ms": max(theirs),
        "register.search_ratio": max(theirs) / max(ours),
    }


def _found(register: Register, said: dict[str, Any], today: str) -> list[str]:
    """The codes of what fits; where nothing does, names like the words are looked for too, as the page does."""
    rows = register.ask("search", **said, today=today)
    if rows.empty:
        register.ask("near_names", words=" ".join(said["words"]))
    return rows["id"].tolist()


def _drawn(register: Register) -> dict[str, float]:
    """What an edit costs the map once, and what "open now" costs it once a minute."""
    today, now = _edge.today(), _edge.now()
    places, edited = timed(lambda: _with_asset(register, today), times=_FEW)
    offers, offered = timed(lambda: provision(register, today), times=_FEW)
    _, opened = timed(lambda: kinds_that_fit(places, offers, Wants(open_now=True), now), times=_FEW)
    return {"register.places_ms": edited, "register.offers_ms": offered, "register.open_now_ms": opened}


def _with_asset(register: Register, today: str) -> Any:
    places = drawable(register, today)
    places_asset(places)
    return places


def _sent_out(register: Register) -> dict[str, float]:
    _, csv = timed(lambda: as_csv(register.entries()), times=_FEW)
    _, oruk = timed(lambda: as_oruk(register.entries()), times=_FEW)
    return {"register.export_csv_s": csv / 1000, "register.export_oruk_s": oruk / 1000}


def _visited(port: int, names: Sequence[str]) -> dict[str, float]:
    """The same register through the application: its page of searches, and the map with every place on it."""
    with Reader(port) as reader:
        figures = _search_page(reader, names)
        reader.follow("", _EVERY_PLACE)
        figures |= weighed("register.points", list(switches(reader))) | _places(port, reader)
        reader.follow("", f"{_EVERY_PLACE}&stage=start_up")
        return figures | weighed("register.filtered", list(switches(reader)))


def _search_page(reader: Reader, names: Sequence[str]) -> dict[str, float]:
    """Typing names into the register's page, and taking them out again, which lists everything."""
    some, every = [], []
    reader.follow("register")
    for name in names:
        some.append(reader.type("Find", name).ms)
        if "organisations in the register" in reader.captions():
            raise RuntimeError(f"{name!r} was looked for, but everything was found.")
        every.append(reader.type("Find", "").ms)
    return {"register.search_page_ms": median(some), "register.search_page_all_ms": median(every)}


def _places(port: int, reader: Reader) -> dict[str, float]:
    """The places as the browser fetches them, once, from the address that the map was given."""
    found = re.search(r"/map/places\.[0-9a-f]+\.json", str(reader.map_arguments()))
    if found is None:
        raise RuntimeError("The map was not told where its places are.")
    answer = fetch(port, found.group(), accept_encoding="gzip")
    return {
        "register.places_gzip_bytes": float(len(answer.body)),
        "register.places_immutable": float("immutable" in answer.headers.get("cache-control", "")),
    }
