"""Everyone may read and suggest; only editors may change, and a passphrase is slow to guess."""

import importlib
import inspect
import json
import pkgutil
import stat

import pytest

import data.register
from data.register import keep, named, rights, shortlists, stories, suggesting
from data.register import passphrase as set_by_hand
from data.register.book import Register
from data.register.changes import ConflictError
from data.register.edit import save
from data.register.records import KINDS, Organisation, Service, Shortlist, Story, Suggestion
from data.register.rights import VISITOR, Actor, NotAllowedError, Passphrase, PassphraseError, Role, require_editor
from data.workshop import scenes
from data.workshop.live import Session
from data.workshop.scenes import as_json

EDITOR = Actor("Ada", Role.EDITOR)
WORDS = "three quiet mill ponds"


LIST = Shortlist(id="L", name="First", codes=("E01000001",))
LATER = Shortlist(id="L", name="First", codes=("E01000002",))
STORY = Story(id="T", name="Evening", scenes=as_json(scenes.Story(name="Evening")))
TALE = scenes.Story(name="Another evening")
SESSION = Session(id="w1", code="", key="", title="Evening", place="Hall", day="2026-11-21", pack="", scenes=())


def begun():
    """A register with two organisations, a service, a shortlist, a story and a suggestion."""
    register = Register()
    records = [Organisation(id=id_, name=id_) for id_ in "AB"] + [Service(id="S", organisation_id="A", name="Advice")]
    register.change([*records, LIST, STORY], by=EDITOR, what="Began")
    register.suggest(suggestion(), by=VISITOR)
    return register


def suggestion(**fields):
    return Suggestion(**{"id": "X", "name": "A new hub", "state": "waiting"} | fields)


def a(register):
    return register.entry("A")


def saved(register, by):
    """A shortlist that an editor saves."""
    told = dict.fromkeys(("reasons", "owner", "link", "pack"), "x")
    shortlists.save(register, by=by, name="Second", codes=["E01000001"], today="2026-11-21", **told)


WRITES = {
    "book.change": lambda r, by: r.change([Organisation(id="C", name="C")], by=by, what="x"),
    "book.undo": lambda r, by: r.undo(1, by=by),
    "keep.confirm": lambda r, by: keep.confirm(r, a(r), today="2026-11-21", by=by),
    "keep.end": lambda r, by: keep.end(r, a(r), a(r).services[0], on="2026-11-21", today="2026-11-21", why="x", by=by),
    "keep.remove": lambda r, by: keep.remove(r, a(r), a(r).organisation, why="x", by=by),
    "keep.merge": lambda r, by: keep.merge(r, a(r), r.entry("B"), why="x", by=by),
    "keep.decide": lambda r, by: keep.decide(r, suggestion(), state="declined", answer="x", by=by, puts=[]),
    "edit.save": lambda r, by: save(r, Organisation(id="C", name="C"), by=by, why="x", seen={}, before=None),
    "shortlists.save": saved,
    "shortlists.remove": lambda r, by: shortlists.remove(r, LIST, by=by),
    "stories.save": lambda r, by: stories.save(r, by=by, story=TALE, today="2026-11-21"),
    "stories.change": lambda r, by: stories.change(r, STORY.id, lambda _: TALE, by=by, today="2026-11-21"),
    "stories.remove": lambda r, by: stories.remove(r, STORY, by=by),
    "suggesting.pass_on": lambda r, by: suggesting.pass_on(r, [suggestion(id="Y")], session=SESSION, by=by),
    "named.keep": lambda r, by: named.keep(r, LATER, by=by, what="x", replacing=LIST, taken=str),
    "named.take_out": lambda r, by: named.take_out(r, LIST, by=by),
}
"""A good use of everything that writes, but for suggesting."""


def everything(register):
    """All that the register holds, its log included."""
    kept = {kind.table: register.records(kind.table) for kind in KINDS}
    steps = register.ask("steps", before=10**9, most=10**9).to_json()
    return kept, steps, [register.changes(number + 1) for number in range(register.version)]


def writers():
    """What writes on someone's behalf: methods of the register, and functions that are given one, that take `by`."""
    found = {method for method in vars(Register).values() if takes(method, "by")}
    for module in pkgutil.iter_modules(data.register.__path__, "data.register."):
        functions = vars(importlib.import_module(module.name)).values()
        found |= {function for function in functions if takes(function, "by", "register")}
    return {f"{each.__module__.rpartition('.')[2]}.{each.__name__}" for each in found if each.__name__[0] != "_"}


def takes(function, *parameters):
    return inspect.isfunction(function) and set(parameters) <= set(inspect.signature(function).parameters)


def test_the_list_of_writes_above_leaves_none_out():
    assert writers() == {*WRITES, "book.suggest"}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_viewer_may_not_write_and_leaves_nothing(write):
    register = begun()
    before = everything(register)
    with pytest.raises(NotAllowedError, match="Only an editor may change the register"):
        write(register, VISITOR)
    with pytest.raises(NotAllowedError):
        write(register, Actor("Ada", Role.VIEWER))
    assert everything(register) == before


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_an_editor_may_write_and_is_named_in_the_log(write):
    register = begun()
    write(register, EDITOR)
    step = register.ask("steps", before=10**9, most=1).iloc[0]
    assert register.version == step["number"] == 3 and step["count"] > 0
    assert step["who"] == "Ada"
    assert register.unlike_its_log() == []


def test_only_the_role_counts_and_no_name_makes_an_editor():
    require_editor(EDITOR)
    for name in ("Foothold", "editor", "Ada"):
        with pytest.raises(NotAllowedError):
            require_editor(Actor(name, Role.VIEWER))


def test_a_visitor_may_suggest():
    register = begun()
    assert register.ask("waiting")["id"].tolist() == ["X"]
    row = register.ask("steps", before=10**9, most=1).iloc[0]
    assert (row["who"], row["role"], row["what"], row["count"]) == ("a visitor", "viewer", "Suggested", 1)


@pytest.mark.parametrize(
    "record",
    [
        suggestion(id="Y", state="accepted"),
        suggestion(id="Y", state="declined"),
        suggestion(id="Y", state=None),
        Organisation(id="C", name="C"),
        Service(id="S", organisation_id="A", name="Advice", cost="free"),
        Shortlist(id="M", name="Mine", codes=("E01000001",)),
        Story(id="U", name="Mine", scenes="{}"),
    ],
)
def test_a_visitor_may_write_nothing_but_a_suggestion_that_waits(record):
    register = begun()
    before = everything(register)
    with pytest.raises(NotAllowedError):
        register.suggest(record, by=VISITOR)
    assert everything(register) == before


@pytest.mark.parametrize("decided", [False, True])
def test_a_suggestion_does_not_take_the_place_of_another(decided):
    register = begun()
    if decided:
        keep.decide(register, suggestion(), state="accepted", answer="Thank you", by=EDITOR, puts=[])
    before = everything(register)
    with pytest.raises(ConflictError):
        register.suggest(suggestion(says="Something else"), by=VISITOR)
    assert everything(register) == before


# The passphrase


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self):
        self.now = 1_000.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def _quick(request, monkeypatch):
    """A cheaper hash, but where the hash itself is looked at."""
    if "the_hash" not in request.node.name:
        monkeypatch.setitem(rights._COST, "n", 2)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def passphrase(tmp_path, clock):
    made = Passphrase(tmp_path / "register" / "passphrase.json", clock=clock)
    made.set(WORDS)
    return made


def kept(tmp_path):
    return tmp_path / "register" / "passphrase.json"


def wrong(passphrase, words="not these words"):
    """What is said of wrong words."""
    with pytest.raises(PassphraseError) as refused:
        passphrase.check(words, "Ada")
    return str(refused.value)


def test_it_is_set_in_the_file_that_is_asked_for_it(monkeypatch, tmp_path):
    monkeypatch.setenv(set_by_hand.NAMED, str(kept(tmp_path)))
    monkeypatch.setattr(set_by_hand.getpass, "getpass", lambda _: WORDS)
    set_by_hand.main()
    assert Passphrase(kept(tmp_path)).check(WORDS, "Ada") == Actor("Ada", Role.EDITOR)


def test_the_right_words_make_an_editor_of_that_name(passphrase):
    assert passphrase.check(WORDS, "  Ada   Mill ") == Actor("Ada Mill", Role.EDITOR)
    assert passphrase.check(f" {WORDS} ", "x" * 500) == Actor("x" * 60, Role.EDITOR)


def test_the_hash_is_slow_salted_and_all_that_is_kept(tmp_path):
    texts = []
    for _ in range(2):
        Passphrase(kept(tmp_path)).set(WORDS)
        texts.append(kept(tmp_path).read_text())
    assert not any(word in text for word in WORDS.split() for text in texts)
    assert texts[0] != texts[1], "the same words are salted anew"
    assert set(json.loads(texts[0])) == {"salt", "scrypt"}
    assert rights._COST["n"] * rights._COST["r"] * 128 >= 32 * 2**20, "32 MB a try"


def test_only_its_owner_may_read_it_and_no_half_is_left(passphrase, tmp_path):
    assert stat.S_IMODE(kept(tmp_path).stat().st_mode) == 0o600
    assert [path.name for path in kept(tmp_path).parent.iterdir()] == ["passphrase.json"]


def test_a_passphrase_has_ten_characters(passphrase, tmp_path):
    before = kept(tmp_path).read_text()
    for words in ("", "ninechars", "   ninechars   "):
        with pytest.raises(PassphraseError, match="at least 10 characters"):
            passphrase.set(words)
    assert kept(tmp_path).read_text() == before
    passphrase.set("ten chars!")
    assert passphrase.check("ten chars!", "Ada").role is Role.EDITOR
    assert wrong(passphrase, WORDS) == "That is not the passphrase."


def test_without_a_passphrase_or_a_name_nobody_signs_in(passphrase, tmp_path):
    none = Passphrase(tmp_path / "none.json")
    assert not none.is_set and passphrase.is_set
    assert "No passphrase has been set" in wrong(none, "")
    with pytest.raises(PassphraseError, match="Type your name too"):
        passphrase.check(WORDS, "  ")


def test_three_wrong_tries_are_free_then_each_waits_twice_as_long_up_to_five_minutes(passphrase, clock):
    for _ in range(3):
        assert wrong(passphrase) == "That is not the passphrase."
    for wait in (4, 8, 16, 32, 64, 128, 256, 300, 300):
        clock.now += wait - 1
        assert wrong(passphrase) == "Too many wrong tries. Wait 1 seconds, then try again."
        assert wrong(passphrase, WORDS).startswith("Too many wrong tries"), "even the right words wait"
        clock.now += 1
        assert wrong(passphrase) == "That is not the passphrase."


def test_the_waiting_is_shared_and_ends_with_the_right_words(passphrase, clock):
    for name in ("Ada", "Ben", "Cy"):
        with pytest.raises(PassphraseError, match="not the passphrase"):
            passphrase.check("not these words", name)
    with pytest.raises(PassphraseError, match="Wait 4 seconds"):
        passphrase.check(WORDS, "Dee")
    clock.now += 4
    assert passphrase.check(WORDS, "Dee").role is Role.EDITOR
    assert wrong(passphrase) == "That is not the passphrase.", "and the tries are counted from one again"
    assert passphrase.check(WORDS, "Dee").role is Role.EDITOR


def test_a_guesser_who_never_gives_up_still_waits(passphrase, clock):
    for _ in range(1_100):
        clock.now += 300
        assert wrong(passphrase) == "That is not the passphrase."
    assert wrong(passphrase).startswith("Too many wrong tries. Wait 300 seconds")


def test_a_change_that_broke_off_leaves_the_passphrase_as_it_was(passphrase, tmp_path):
    kept(tmp_path).with_suffix(".new").write_text('{"salt": "00')
    assert passphrase.check(WORDS, "Ada").role is Role.EDITOR
    passphrase.set("another four words")
    assert passphrase.check("another four words", "Ada").role is Role.EDITOR


@pytest.mark.parametrize("text", ["", "{", '{"salt": "00"}', "[]", '{"salt": "zz", "scrypt": "00"}', "\x00\x01"])
def test_a_damaged_file_lets_nobody_in_and_says_what_to_do(passphrase, tmp_path, text):
    kept(tmp_path).write_text(text)
    assert "cannot be read" in wrong(passphrase, WORDS)
    passphrase.set(WORDS)
    assert passphrase.check(WORDS, "Ada").role is Role.EDITOR
