import re

import pytest

from data.build.notes import NOTES
from data.catalogue import MAY_BE_EMPTY, CatalogueError, read_catalogue

SOURCES = read_catalogue()
ENTRY = """
[toy]
title = "Toy"
publisher = "Nobody"
url = ""
licence = "None"
licence_url = ""
vintage = "2025"
geography = "Squares"
attribution = "Invented"
obtained = "Made up"
checks = ["It adds up."]
caveat = "Not real."
"""
SENTENCES = {
    "English Indices of Deprivation 2025, MHCLG, OGL v3.0",
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0",
    "Contains OS data (c) Crown copyright and database right 2026",
    "Contains Royal Mail data (c) Royal Mail copyright and database right 2026",
    "MSOA names: House of Commons Library, Open Parliament Licence v3.0",
    "Compiled from public sources named with each organisation",
}


@pytest.fixture
def catalogue(tmp_path):
    def write(text):
        path = tmp_path / "catalogue.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_every_source_of_the_pack_is_declared_and_every_declared_one_used():
    assert {key for note in NOTES.values() for key in note.sources} == set(SOURCES)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
class TestEverySource:
    def test_is_attributed_in_the_words_that_its_licence_asks(self, source):
        assert set(re.split(r"(?<!\d)\. |(?<=v3\.0)\. |(?<=2026)\. ", source.attribution)) <= SENTENCES

    def test_links_are_whole(self, source):
        for link in (source.url, source.licence_url):
            assert link == "" or link.startswith("https://")

    def test_checks_and_caveat_are_sentences(self, source):
        for sentence in (*source.checks, source.caveat, source.obtained):
            assert sentence[0].isupper() and sentence.endswith(".")


def test_a_good_entry_is_read(catalogue):
    [source] = read_catalogue(catalogue(ENTRY)).values()
    assert (source.key, source.title, source.checks) == ("toy", "Toy", ("It adds up.",))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('title = "Toy"\n', "", "The entry 'toy' of the catalogue lacks title."),
        ("title", "titel", "The entry 'toy' of the catalogue lacks title and has the unknown titel."),
        ('"Squares"', "7", "In the entry 'toy' of the catalogue, geography must be text, not 7."),
        ('"Squares"', '" "', "In the entry 'toy' of the catalogue, geography must be text, not ' '."),
        ('["It adds up."]', "[]", "checks must be a list of sentences, not []."),
        ('["It adds up."]', "[1]", "checks must be a list of sentences, not [1]."),
        ("[toy]", "toy = 1\n[other]", "The entry 'toy' of the catalogue is not a table"),
        ("[toy]", "[toy", "'catalogue.toml' is not readable"),
    ],
)
def test_a_faulty_entry_is_named(catalogue, old, new, sentence):
    with pytest.raises(CatalogueError, match=re.escape(sentence)):
        read_catalogue(catalogue(ENTRY.replace(old, new)))


@pytest.mark.parametrize("field", sorted(MAY_BE_EMPTY))
def test_only_links_may_be_empty(catalogue, field):
    assert getattr(read_catalogue(catalogue(ENTRY))["toy"], field) == ""


def test_no_catalogue_at_all(tmp_path):
    with pytest.raises(CatalogueError, match="There is no 'catalogue.toml'"):
        read_catalogue(tmp_path / "catalogue.toml")
