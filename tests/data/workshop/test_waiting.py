"""Waiting for news on an event loop, while changes come from other threads."""

import asyncio
import threading
import time
from contextlib import contextmanager

from data.workshop.bell import Bell
from data.workshop.live import Seen, Settings
from tests.workshop import ADA, TIMEOUT, VOTE, in_session, joined, raw

SOON, LATE = 0.05, 30


async def until(true):
    async with asyncio.timeout(TIMEOUT):
        while not true():
            await asyncio.sleep(0.001)


@contextmanager
def in_another_thread(do):
    """What is done meanwhile has been done by the end of the block."""
    thread = threading.Thread(target=do)
    thread.start()
    yield
    thread.join(TIMEOUT)


def test_news_that_is_there_already_is_not_waited_for(rooms):
    room, _ = in_session(rooms)

    async def ask():
        return await room.changed(room.state.version - 1, seconds=LATE), await room.heard(0, seconds=LATE)

    assert asyncio.run(ask()) == (room.state, room.live)


def test_without_news_the_time_is_up(rooms):
    room, _ = in_session(rooms)

    async def ask():
        began = time.monotonic()
        state, live = await asyncio.gather(
            room.changed(room.state.version, seconds=SOON), room.heard(room.live + 5, seconds=SOON)
        )
        return state, live, time.monotonic() - began

    state, live, took = asyncio.run(ask())
    assert (state, live) == (room.state, room.live) and SOON <= took < LATE
    assert asyncio.run(room.changed(room.state.version, seconds=-1)) == room.state


def test_a_change_in_another_thread_wakes_who_waits_for_it(rooms):
    room, helm = in_session(rooms)
    person = joined(room)

    async def ask():
        before = room.state.version
        waits = asyncio.create_task(room.changed(before, seconds=LATE))
        listens = asyncio.create_task(room.heard(room.live, seconds=LATE))
        await until(lambda: room.inside.steered.waiting and room.inside.stirred.waiting)
        with in_another_thread(lambda: room.answer(person, raw(VOTE, {"chosen": [0]})).result(TIMEOUT)):
            assert await listens == room.live
        assert not waits.done()  # an answer is no news for those who wait for the next scene
        with in_another_thread(lambda: helm.show(3)):
            return before, await waits

    before, state = asyncio.run(ask())
    assert (state.scene, state.version) == (3, before + 1)


def test_answers_people_moderation_and_settings_are_all_heard(rooms):
    room, helm = in_session(rooms)
    heard = [room.live]

    async def hear(do):
        listens = asyncio.create_task(room.heard(heard[-1], seconds=LATE))
        await until(lambda: room.inside.stirred.waiting)
        with in_another_thread(do):
            heard.append(await listens)

    async def evening():
        await hear(lambda: joined(room))
        await hear(lambda: room.here(1))
        await hear(lambda: room.answer(1, raw(VOTE, {"chosen": [0]})).result(TIMEOUT))
        await hear(lambda: helm.moderate(room.answers()[0].id, Seen.HIDDEN))
        await hear(lambda: helm.settle(Settings(hold_words=True)))
        await hear(lambda: helm.sheet([{"scene": VOTE, "value": {"chosen": [1]}}]).result(TIMEOUT))
        await hear(lambda: helm.blank(on=True))

    asyncio.run(evening())
    assert heard == sorted(set(heard)) and len(heard) == 8


def test_no_change_is_missed_however_quickly_they_come(rooms):
    """Somebody who always asks for what is newer than what they have ends with the newest."""
    room, helm = in_session(rooms)
    first = room.state.version

    async def follow():
        state, seen = room.state, [room.state.version]
        with in_another_thread(lambda: [helm.show(i % 6) for i in range(1, 501)]):
            while state.version < first + 500:
                state = await room.changed(state.version, seconds=LATE)
                seen.append(state.version)
        return seen

    seen = asyncio.run(asyncio.wait_for(follow(), TIMEOUT))
    assert seen == sorted(set(seen)) and seen[-1] == first + 500


def test_whoever_goes_away_is_forgotten(rooms):
    room, helm = in_session(rooms)

    async def come_and_go():
        tasks = [asyncio.create_task(room.changed(room.state.version, seconds=LATE)) for _ in range(50)]
        stays = asyncio.create_task(room.changed(room.state.version, seconds=LATE))
        await until(lambda: room.inside.steered.waiting == 51)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert room.inside.steered.waiting == 1
        with in_another_thread(lambda: helm.show(2)):
            return (await stays).scene, all(task.cancelled() for task in tasks)

    assert asyncio.run(come_and_go()) == (2, True)
    assert room.inside.steered.waiting == room.inside.stirred.waiting == 0
    assert not room.inside.steered._waiting and not room.inside.steered._called


def test_who_waits_for_a_session_that_is_deleted_is_told(rooms):
    room, _ = in_session(rooms)

    async def ask():
        waits = asyncio.create_task(room.changed(room.state.version, seconds=LATE))
        await until(lambda: room.inside.steered.waiting)
        with in_another_thread(lambda: rooms.delete(room.session.id, by=ADA)):
            return await asyncio.wait_for(waits, TIMEOUT)

    assert asyncio.run(ask()) == room.state


def test_a_loop_that_was_left_in_the_midst_of_it_is_forgotten():
    bell = Bell()
    loop = asyncio.new_event_loop()
    task = loop.create_task(bell.until(lambda: False, seconds=LATE))
    loop.run_until_complete(asyncio.sleep(0))
    assert bell.waiting == 1
    task._log_destroy_pending = False  # it is left on purpose
    loop.close()
    bell.ring()
    assert bell.waiting == 0 and not bell._called


def test_four_hundred_who_wait_cost_one_call_a_change(rooms, monkeypatch):
    """However many wait, whoever changes something makes one call; and of a hundred changes at once, few."""
    room, helm = in_session(rooms)
    calls = []

    async def hall():
        loop = asyncio.get_running_loop()
        soon = loop.call_soon_threadsafe
        monkeypatch.setattr(loop, "call_soon_threadsafe", lambda *given: calls.append(given) or soon(*given))
        tasks = [asyncio.create_task(room.changed(room.state.version, seconds=LATE)) for _ in range(400)]
        await until(lambda: room.inside.steered.waiting == 400)
        assert not calls
        for position in range(1, 101):  # the loop hears of none of them before they are all made
            helm.show(position % 6)
        states = await asyncio.gather(*tasks)
        return {state.version for state in states}

    assert asyncio.run(hall()) == {room.state.version}
    assert len(calls) == 1
