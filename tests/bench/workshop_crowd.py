"""The room and its two presenters, in a process of their own: reads a plan, tells what was sent and how long it took.

Only what comes with Python is loaded, so that the crowd takes as little as it can of the two cores that it shares with
the server. Times are milliseconds.
"""

import asyncio
import json
import random
import re
import sys
import time
from bisect import bisect_left
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Any

from tests.bench.workshop_wire import Reply, Wire, cookie_of

JOINING_RATE = 40
_TRIES, _PAUSE_S, _SETTLE_S = 20, 0.25, 2.0
_TOLD_WITHIN_S = 1.0
_VERSION = re.compile(rb'"version":\s*(\d+)')


@dataclass(kw_only=True)
class Plan:
    """What the crowd is to do."""

    host: str
    port: int
    code: str
    session: str
    key: str
    scenes: list[dict[str, Any]]
    """Of each scene: its id, and its question's kind, most and number of options."""
    areas: list[str]
    box: tuple[float, float, float, float]
    """South, west, north and east of where pins are put, in degrees."""
    phones: int = 200
    rate: float = 20.0
    """Answers a second."""
    seconds: float = 120.0
    turn: float = 2.0
    """Seconds from one change of scene to the next; the presenters take turns."""
    twice: float = 0.02
    """The share of answers that are tapped twice at once."""
    hung_up: float = 0.01
    """The share of answers whose connection breaks before the reply."""
    seed: int = 1


@dataclass(kw_only=True)
class Given:
    """One answer as a phone sent it. `at` is when it was acknowledged, -1 if never; `refused` says why not."""

    id: str
    scene: str
    value: dict[str, Any]
    at: float = -1.0
    ms: float = -1.0
    refused: str = ""


@dataclass
class Told:
    """When somebody was told of which version of the room, in the order of time."""

    times: list[float] = field(default_factory=list)
    versions: list[int] = field(default_factory=list)

    def add(self, version: int) -> None:
        self.times.append(time.perf_counter())
        self.versions.append(version)

    def when(self, version: int) -> float | None:
        """When this version or a later one was told first."""
        at = bisect_left(self.versions, version)
        return self.times[at] if at < len(self.times) else None


class Phone:
    """One phone: it asks for news all the time, and now and then answers on a second connection, as its page does."""

    def __init__(self, plan: Plan, dice: random.Random) -> None:
        self._news, self._post, self._again = (Wire(plan.host, plan.port) for _ in range(3))
        self._path, self._plan = f"/j/{plan.code}", plan
        self._one_at_a_time = asyncio.Lock()
        self.deck = [at for at, scene in enumerate(plan.scenes) for _ in range(scene["times"])]
        dice.shuffle(self.deck)
        self.told = Told()

    async def join(self) -> None:
        """Open the page, which gives the phone its cookie."""
        reply = await self._news.ask(self._path)
        if reply.status != 200 or not cookie_of(reply):
            raise RuntimeError(f"A phone could not join: {reply.status} {reply.body[:300]!r}")
        self._news.cookie = self._post.cookie = self._again.cookie = cookie_of(reply)

    async def follow(self) -> None:
        """Ask for news for ever."""
        version = 0
        while True:
            try:
                reply = await self._news.ask(f"{self._path}/now?after={version}")
                found = _VERSION.search(reply.body)
                if reply.status != 200 or found is None:
                    raise RuntimeError(f"A phone got no news: {reply.status} {reply.body[:300]!r}")
                version = int(found[1])
                self.told.add(version)
            except ConnectionError:
                await asyncio.sleep(_PAUSE_S)

    async def give(self, given: Given, luck: float) -> None:
        """Send an answer: once; twice at once; or again after the connection broke."""
        raw = {"id": given.id, "scene": given.scene, "turn": 1, "value": given.value}
        async with self._one_at_a_time:
            if self._plan.twice <= luck < self._plan.twice + self._plan.hung_up:
                await self._again.drop(f"{self._path}/answer", told=raw)
                await asyncio.sleep(_PAUSE_S)
            begun = time.perf_counter()
            lines = [self._post, self._again] if luck < self._plan.twice else [self._post]
            replies = await asyncio.gather(*(self._sent(line, raw) for line in lines))
            given.at = time.perf_counter()
        given.ms = (given.at - begun) * 1000
        said = [f"{each.status} {each.body[:200].decode(errors='replace')}" for each in replies if each.status != 200]
        given.refused = " / ".join(said)

    async def _sent(self, line: Wire, raw: dict[str, Any]) -> Reply:
        for _ in range(_TRIES):
            try:
                reply = await line.ask(f"{self._path}/answer", told=raw)
                if reply.status == 200 or not reply.told().get("again"):
                    return reply
            except ConnectionError:
                pass
            await asyncio.sleep(_PAUSE_S)
        raise RuntimeError(f"Tried {_TRIES} times to send {raw}")


class Presenter:
    """One presenter's window, and what it was told."""

    def __init__(self, plan: Plan) -> None:
        self._news, self._post = Wire(plan.host, plan.port), Wire(plan.host, plan.port)
        self._path = f"/present/{plan.session}"
        self._key = plan.key
        self.told = Told()
        self.turns: list[tuple[float, int]] = []
        """When the window was told of another scene, and of which."""
        self.first: dict[str, float] = {}
        """When the window was told of an answer first."""

    async def enter(self) -> None:
        reply = await self._news.ask(f"{self._path}/enter?key={self._key}")
        if reply.status != 303 or not cookie_of(reply):
            raise RuntimeError(f"A presenter could not come in: {reply.status} {reply.body[:300]!r}")
        self._news.cookie = self._post.cookie = cookie_of(reply)

    async def do(self, **what: Any) -> int:
        """Do something; gives the version of the room after it."""
        reply = await self._post.ask(f"{self._path}/do", told=what)
        if reply.status != 200:
            raise RuntimeError(f"A presenter could not do {what}: {reply.status} {reply.body[:300]!r}")
        return int(reply.told()["state"]["version"])

    async def follow(self) -> None:
        """Ask for news for ever."""
        live = 0
        while True:
            try:
                reply = await self._news.ask(f"{self._path}/live?after={live}")
            except ConnectionError:
                await asyncio.sleep(_PAUSE_S)
                continue
            if reply.status != 200:
                raise RuntimeError(f"A presenter got no news: {reply.status} {reply.body[:300]!r}")
            told = reply.told()
            live, now = told["live"], time.perf_counter()
            self.told.add(told["state"]["version"])
            if not self.turns or self.turns[-1][1] != told["state"]["scene"]:
                self.turns.append((now, told["state"]["scene"]))
            results = told["results"] or {}
            for each in chain(results.get("pins") or (), results.get("words") or ()):
                self.first.setdefault(each["id"], now)


class Crowd:
    """Everybody together."""

    def __init__(self, plan: Plan) -> None:
        self._plan, self._dice = plan, random.Random(plan.seed)
        self.phones = [Phone(plan, self._dice) for _ in range(plan.phones)]
        self.presenters = [Presenter(plan), Presenter(plan)]
        self.given: list[Given] = []
        self.changes: list[tuple[float, float, int]] = []
        """Of each change of scene: when it was sent, when its reply came, and the version that it made."""
        self._shown = 0

    async def play(self) -> dict[str, Any]:
        """The whole evening; what was sent, and what it took."""
        for presenter in self.presenters:
            await presenter.enter()
        for at in range(len(self._plan.scenes)):
            await self.presenters[0].do(do="show", scene=at)
        await asyncio.gather(*(self._join(at, phone) for at, phone in enumerate(self.phones)))
        following = [asyncio.create_task(each.follow()) for each in (*self.phones, *self.presenters)]
        await asyncio.sleep(1)
        spent = time.process_time()
        showing = asyncio.create_task(self._present())
        await asyncio.gather(*(self._answer(at) for at in range(round(self._plan.rate * self._plan.seconds))))
        await showing
        await asyncio.sleep(_SETTLE_S)
        for each in following:
            if each.done():
                await each  # what broke it is told
            each.cancel()
        return self._measured() | {"busy": (time.process_time() - spent) / (self._plan.seconds + _SETTLE_S)}

    async def _join(self, at: int, phone: Phone) -> None:
        await asyncio.sleep(at / JOINING_RATE)
        await phone.join()

    async def _present(self) -> None:
        for turn in range(int(self._plan.seconds / self._plan.turn)):
            await asyncio.sleep(self._plan.turn)
            self._shown = (self._shown + self._dice.randrange(1, len(self._plan.scenes))) % len(self._plan.scenes)
            begun = time.perf_counter()
            version = await self.presenters[turn % 2].do(do="show", scene=self._shown)
            self.changes.append((begun, time.perf_counter(), version))

    async def _answer(self, at: int) -> None:
        await asyncio.sleep(at / self._plan.rate)
        phone = self.phones[at % len(self.phones)]
        wanted = self._shown if self._shown in phone.deck and self._dice.random() < 0.7 else phone.deck[-1]
        phone.deck.remove(wanted)
        scene = self._plan.scenes[wanted]
        given = Given(id=f"a{self._dice.getrandbits(64):016x}", scene=scene["id"], value=self._value(scene, at))
        self.given.append(given)
        await phone.give(given, self._dice.random())

    def _value(self, scene: dict[str, Any], at: int) -> dict[str, Any]:
        """An answer that fits a scene's question; texts are all different."""
        dice, options = self._dice, list(range(scene["options"]))
        if scene["kind"] == "vote":
            return {"chosen": sorted(dice.sample(options, dice.randint(1, scene["most"])))}
        if scene["kind"] == "rank":
            return {"order": dice.sample(options, len(options))}
        if scene["kind"] == "words":
            return {"text": f"Answer {at}: a place that is open on Saturdays, and somebody who knows about tax"}
        south, west, north, east = self._plan.box
        if dice.random() < 0.25:
            return {"area": dice.choice(self._plan.areas), "note": f"Note {at}"}
        return {"at": [round(dice.uniform(south, north), 6), round(dice.uniform(west, east), 6)], "note": f"Note {at}"}

    def _measured(self) -> dict[str, Any]:
        both = [each.told for each in self.presenters]
        return {
            "given": [asdict(each) for each in self.given],
            "scene_ms": [self._late(both, version, begun, back) for begun, back, version in self.changes],
            "follow_ms": [
                self._late([phone.told], version, begun) for begun, _, version in self.changes for phone in self.phones
            ],
            "live_ms": [ms for presenter in self.presenters for ms in self._until_live(presenter)],
        }

    def _late(self, told: list[Told], version: int, begun: float, back: float = 0.0) -> float:
        """Until everybody of several was told of a version, and the reply was back; for ever if somebody never was."""
        heard = [each.when(version) for each in told]
        return (max(back, *(at if at is not None else float("inf") for at in heard)) - begun) * 1000

    def _until_live(self, presenter: Presenter) -> list[float]:
        """From an answer's acknowledgement until the presenter's window has it, where that can be told.

        A window has only the answers of the scene that it shows. So those count that were acknowledged while their
        scene was shown, and a second at least before the next: the longest wait among them is told as at least so.
        """
        turns = [*presenter.turns, (time.perf_counter(), -1)]
        took = []
        for given in self.given:
            at = next((i for i in range(len(turns) - 1, -1, -1) if turns[i][0] <= given.at), None)
            if at is None or at + 1 == len(turns) or given.refused or not self._can_be_seen(given, turns[at][1]):
                continue
            if turns[at + 1][0] - given.at >= _TOLD_WITHIN_S:
                seen = min(presenter.first.get(given.id, float("inf")), turns[at + 1][0])
                took.append(max(seen - given.at, 0.0) * 1000)
        return took

    def _can_be_seen(self, given: Given, shown: int) -> bool:
        return self._plan.scenes[shown]["id"] == given.scene and bool({"at", "text"} & set(given.value))


def main() -> None:
    """Read a plan from standard input, do it, and write what came of it to standard output."""
    plan = Plan(**json.load(sys.stdin))
    print(json.dumps(asyncio.run(Crowd(plan).play())))


if __name__ == "__main__":
    main()
