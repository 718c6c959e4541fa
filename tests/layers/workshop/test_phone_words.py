"""The words of the phone's page: every key is there, and a language is one file more."""

import re

import pytest

from layers.workshop import phone_words
from layers.workshop.phone_words import LANGUAGES, filled, language, languages

INVENTED = """
name = "Zzzish"
dir = "rtl"
[page]
send = "Zend {n}"
go = "  "
[script]
left = "{n} zleft"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "en.toml").write_text((LANGUAGES / "en.toml").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "zz.toml").write_text(INVENTED, encoding="utf-8")
    return tmp_path


def test_a_language_is_one_file_more_and_what_it_lacks_is_english(folder):
    zz = language("zz", folder=folder)
    assert (zz.code, zz.name, zz.direction) == ("zz", "Zzzish", "rtl")
    assert zz.say("send", n=3) == "Zend 3" and zz.script["left"] == "{n} zleft"
    assert zz.page["go"] == "Join" and zz.page["thanks"] == "Thank you"


@pytest.mark.parametrize(
    ("asked", "accepted", "spoken"),
    [
        ("zz", "en", "zz"),
        ("ZZ", "", "zz"),
        ("", "zz-QA,en;q=0.5", "zz"),
        ("", "en;q=0.4, zz;q=0.6", "zz"),
        ("", "zz;q=0, en", "en"),
        ("", "fr, de", "en"),
        ("../../etc", "", "en"),
        ("", ",;=,q=1;;" * 200, "en"),
        ("", "", "en"),
    ],
)
def test_the_language_asked_for_goes_before_those_the_browser_accepts(folder, asked, accepted, spoken):
    assert language(asked, accepted, folder=folder).code == spoken


def test_a_key_that_english_does_not_have_is_named(folder):
    (folder / "xx.toml").write_text('[page]\nsned = "?"\n', encoding="utf-8")
    languages.cache_clear()
    with pytest.raises(ValueError, match=r"xx.toml: 1 keys of \[page\] are not in en.toml, first 'sned'"):
        languages(folder)


def test_a_file_that_is_no_toml_is_named(folder):
    (folder / "xx.toml").write_text("page = [", encoding="utf-8")
    languages.cache_clear()
    with pytest.raises(ValueError, match="xx.toml cannot be read"):
        languages(folder)


def test_only_parts_that_are_given_are_filled_in():
    assert filled("{n} of {most} {x.y} {{n}}", {"n": "{most}"}) == "{most} of {most} {x.y} {{most}}"


def test_every_word_of_english_is_used_and_every_word_used_is_english():
    own = LANGUAGES.parent
    scripts = "".join(path.read_text(encoding="utf-8") for path in own.glob("*.js"))
    pages = "".join(path.read_text(encoding="utf-8") for path in own.glob("*.html"))
    server = "".join(path.read_text(encoding="utf-8") for path in (LANGUAGES.parents[3] / "pages").glob("_room_*.py"))
    server += (own.parent / "phone.py").read_text(encoding="utf-8")
    english = language()
    by_script = set(re.findall(r'"(\w+)"', scripts))
    made = {f"{way}{end}" for way in ("up", "down") for end in ("", "_label")}
    assert set(english.script) <= by_script | made
    assert set(re.findall(r'say\("(\w+)"', scripts)) <= set(english.script)
    by_page = set(re.findall(r"\bt\.(\w+)", pages))
    assert by_page <= set(english.page)
    assert set(english.page) <= by_page | set(re.findall(r'"(\w+)"', server))


def test_no_word_scolds_or_shouts():
    for text in (*language().page.values(), *language().script.values()):
        assert "!" not in text and "\u2014" not in text and text == text.strip()


def test_the_cache_is_by_folder():
    assert phone_words.languages() is phone_words.languages()
