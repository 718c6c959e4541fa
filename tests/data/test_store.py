"""Answers from a pack: bound values, clear refusals, and the same answer from many threads at once."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.pack import PackError
from data.store import QuestionError, Store
from geo.areas import Geography
from tests.toytown import AYTON, CODE


def test_answers_a_question(toy):
    answer = toy.ask("deprivation_lsoa21")
    assert len(answer) == 7
    assert answer.set_index("code")["imd_decile"][CODE["B4"]] == 10


def test_net_change_and_rates_by_hand(toy):
    """Ayton 2024: 50 started, 60 closed, 550 active, 6,000 people: -10, 9.09% and 83.3 per 10,000."""
    row = toy.ask("enterprise_district", year=2024).set_index("code").loc[AYTON]
    assert row["net_change"] == -10
    assert row["birth_rate"] == pytest.approx(100 * 50 / 550)
    assert row["births_per_10k"] == pytest.approx(10_000 * 50 / 6_000)


def test_a_district_without_a_figure_is_there_and_empty(toy):
    answer = toy.ask("enterprise_district", year=2024)
    assert len(answer) == 2 and answer["births"].isna().tolist() == [False, True]


def test_an_unknown_question_is_refused_with_those_there_are(toy):
    with pytest.raises(QuestionError, match="There is no question 'everything'. There are: .*deprivation_lsoa21"):
        toy.ask("everything")


def test_a_question_without_its_value_is_refused(toy):
    with pytest.raises(QuestionError, match="'enterprise_district' could not be asked"):
        toy.ask("enterprise_district")


@pytest.mark.parametrize("words", ["'; DROP VIEW deprivation; --", "%", "_", "\\", "\x00", "🦊" * 500])
def test_what_people_type_is_a_value_never_sql(toy, words):
    assert toy.ask("find_name", words=words).empty
    assert len(toy.ask("deprivation_lsoa21")) == 7


def test_shapes_come_in_metres_and_by_code(toy):
    for geography in Geography:
        shapes = toy.shapes(geography)
        assert shapes.crs.to_epsg() == 27700
        assert shapes["code"].is_monotonic_increasing and shapes["code"].is_unique


def test_many_threads_get_their_own_answers(toy):
    def ask(number):
        code = list(CODE.values())[number % 7]
        if code == CODE["A4"]:
            return True
        return toy.ask("portrait_lsoa21", code=code)["code"].tolist() == [code]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(400)))


def test_an_altered_pack_is_not_opened(toytown_folder, tmp_path):
    copy = shutil.copytree(toytown_folder, tmp_path / "pack")
    with (copy / "deprivation.parquet").open("ab") as file:
        file.write(b"!")
    with pytest.raises(PackError, match=r"deprivation\.parquet"):
        Store(copy)


def forged(toytown_folder, copy, **swaps):
    """A copy of Toytown whose manifest agrees with its files, though the files are not what they are called."""
    shutil.copytree(toytown_folder, copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    by_name = {entry["name"]: entry for entry in manifest["tables"]}
    for name, other in swaps.items():
        shutil.copy(toytown_folder / by_name[other]["file"], copy / by_name[name]["file"])
        by_name[name] |= {key: by_name[other][key] for key in ("rows", "sha256")}
    (copy / "manifest.json").write_text(json.dumps(manifest))
    return copy


@pytest.mark.parametrize(
    ("name", "other"),
    [("areas_district", "deprivation"), ("enterprise", "postcodes"), ("postcodes", "organisations")],
)
def test_a_file_that_is_another_tables_is_not_taken_for_it(toytown_folder, tmp_path, name, other):
    with pytest.raises(PackError, match=f"'{name}' .*probably another table's.*Put back the original"):
        Store(forged(toytown_folder, tmp_path / "forged", **{name: other}))


def test_a_pack_without_a_table_is_not_opened(toytown_folder, tmp_path):
    copy = forged(toytown_folder, tmp_path / "short")
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["tables"] = [entry for entry in manifest["tables"] if entry["name"] != "postcodes"]
    (copy / "manifest.json").write_text(json.dumps(manifest))
    (copy / "postcodes.parquet").unlink()
    with pytest.raises(PackError, match="has no table 'postcodes'"):
        Store(copy)


def test_a_folder_with_a_quote_in_its_name_is_opened(toytown_folder, tmp_path):
    copy = shutil.copytree(toytown_folder, tmp_path / "Ayton's pack")
    assert len(Store(copy).ask("organisations")) == 9
