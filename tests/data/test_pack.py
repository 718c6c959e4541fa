import json
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
from shapely import box

import data.pack
from data.pack import MANIFEST, PackError, TableNote, open_pack, write_pack

NOTE = TableNote(sources=("invented",), licence="None", vintage="2025", grain="One row is one thing.")
SHAPES = gpd.GeoDataFrame({"code": ["A", "B"]}, geometry=[box(0, 0, 1, 1), box(1, 0, 2, 1)], crs=27700)
THINGS = pd.DataFrame({"code": ["A", "B", None], "value": pd.array([1, None, 3], dtype="Int32")})


def write(folder, **tables):
    chosen = tables or {"shapes": SHAPES, "things": THINGS}
    return write_pack(folder, chosen, dict.fromkeys(chosen, NOTE), pack="toy", version="1")


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "toy")
    return tmp_path / "toy"


def rewrite(folder, change):
    text = json.loads((folder / MANIFEST).read_text())
    change(text)
    (folder / MANIFEST).write_text(json.dumps(text))


def complaint(folder):
    with pytest.raises(PackError) as error:
        open_pack(folder)
    text = str(error.value)
    assert "`git checkout data/held`" in text and "`python -m data.build`" in text
    return text


def test_what_is_written_is_what_is_opened(folder):
    manifest = open_pack(folder)
    assert manifest == write(folder)
    assert (manifest.pack, manifest.version) == ("toy", "1")
    assert [(entry.name, entry.rows, entry.grain) for entry in manifest.tables] == [
        ("shapes", 2, "One row is one thing."),
        ("things", 3, "One row is one thing."),
    ]
    shapes = gpd.read_parquet(manifest.path("shapes"))
    assert shapes.crs.to_epsg() == 27700 and shapes.geometry.geom_equals(SHAPES.geometry).all()
    assert pd.read_parquet(manifest.path("things"))["value"].tolist()[0] == 1


def test_the_same_tables_give_the_same_bytes(tmp_path):
    write(tmp_path / "one")
    write(tmp_path / "two")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two and set(one) == {MANIFEST, "shapes.parquet", "things.parquet"}


def test_a_new_pack_takes_the_place_of_the_old_whole(folder):
    write(folder, other=THINGS)
    assert [path.name for path in sorted(folder.iterdir())] == [MANIFEST, "other.parquet"]
    assert [path.name for path in folder.parent.iterdir()] == ["toy"]


@pytest.mark.parametrize("step", ["_write_table", "_swap"])
def test_a_failure_half_way_leaves_the_old_pack(folder, monkeypatch, step):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(data.pack, step, fail)
    with pytest.raises(OSError, match="disk full"):
        write(folder, other=THINGS)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["toy"]


def test_when_the_new_pack_cannot_be_moved_the_old_is_put_back(folder, monkeypatch):
    kind = type(folder)
    moved = kind.rename

    def refuse_the_new(path, target):
        if path.name.endswith(".new"):
            raise OSError("in use")
        return moved(path, target)

    monkeypatch.setattr(kind, "rename", refuse_the_new)
    with pytest.raises(OSError, match="in use"):
        write(folder, other=THINGS)
    assert [entry.name for entry in open_pack(folder).tables] == ["shapes", "things"]


def test_a_table_without_a_note_is_refused(tmp_path):
    with pytest.raises(PackError, match="1 tables have a note and no rows, or rows and no note, first 'b'"):
        write_pack(tmp_path / "x", {"a": THINGS, "b": THINGS}, {"a": NOTE}, pack="toy", version="1")
    assert not (tmp_path / "x").exists()


def test_no_pack_at_all(tmp_path):
    assert complaint(tmp_path / "held").startswith("There is no pack in the folder 'held'")


def test_a_missing_file_is_named(folder):
    (folder / "things.parquet").unlink()
    assert complaint(folder).startswith("The pack file 'things.parquet' is missing.")


def test_an_altered_file_is_named(folder):
    path = folder / "shapes.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert complaint(folder).startswith(
        "The pack file 'shapes.parquet' is not the one the manifest describes (its fingerprint differs)."
    )


def test_a_file_that_the_manifest_does_not_list_is_named(folder):
    (folder / "extra.parquet").write_bytes(b"")
    assert "1 files in toy are not in its manifest, first 'extra.parquet'" in complaint(folder)


@pytest.mark.parametrize("text", ["", "{", "not json", "\x00"])
def test_a_manifest_that_is_not_json(folder, text):
    (folder / MANIFEST).write_text(text)
    assert complaint(folder).startswith(f"The '{MANIFEST}' of the pack 'toy' is not readable JSON.")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.pop("tables"),
        lambda text: text.update(tables=[1]),
        lambda text: text.update(version=7),
        lambda text: text["tables"][0].pop("sha256"),
        lambda text: text["tables"][0].update(rows="two"),
    ],
    ids=["no tables", "a table that is none", "version not text", "no fingerprint", "rows not a number"],
)
def test_a_manifest_that_lacks_something(folder, change):
    rewrite(folder, change)
    assert "lacks what a manifest must have" in complaint(folder)


@pytest.mark.parametrize("text", ["[]", "null", '"pack"'])
def test_a_manifest_that_is_something_else(folder, text):
    (folder / MANIFEST).write_text(text)
    assert "lacks what a manifest must have" in complaint(folder)


def test_another_number_of_rows_than_the_manifest_says(folder):
    rewrite(folder, lambda text: text["tables"][1].update(rows=1000))
    assert complaint(folder).startswith("The pack file 'things.parquet' has 3 rows; the manifest says 1,000.")


def test_a_file_that_is_not_parquet(folder):
    (folder / "things.parquet").write_bytes(b"text")
    seal = data.pack.fingerprint(folder / "things.parquet")
    rewrite(folder, lambda text: text["tables"][1].update(sha256=seal))
    assert complaint(folder).startswith("The pack file 'things.parquet' is not a Parquet file.")


@pytest.mark.parametrize("file", ["../secret.parquet", "/elsewhere/shapes.parquet", ".."])
def test_a_file_outside_the_pack_is_not_read(folder, file):
    rewrite(folder, lambda text: text["tables"][0].update(file=file))
    assert f"The manifest names '{file}', which is not a Parquet file inside the pack." in complaint(folder)


def test_asking_for_a_table_that_is_not_there_lists_those_that_are(folder):
    with pytest.raises(PackError, match="has no table 'wards'; it has shapes, things"):
        open_pack(folder).path("wards")


def test_a_manifest_is_a_value(folder):
    entry = open_pack(folder).table("things")
    assert replace(entry, rows=3) == entry
