"""The benchmarks of this module as asyncio programs, for CPython: nanoseconds per operation.

Prints the median of seven repetitions, with minimum and maximum, after two that do not count.
Counts are smaller than in the Java programs, since CPython needs longer.
"""
import asyncio
import gc
import random
import resource
import statistics
import sys
import threading
import time


async def spawn_and_join(n=50_000):
    async def nothing():
        pass
    async with asyncio.TaskGroup() as group:
        for _ in range(n):
            group.create_task(nothing())
    return n


async def spawn_suspend_and_join(n=50_000):
    async def once():
        await asyncio.sleep(0)
    async with asyncio.TaskGroup() as group:
        for _ in range(n):
            group.create_task(once())
    return n


async def take_turns(tasks, n=200_000):
    async def turn():
        for _ in range(n // tasks):
            await asyncio.sleep(0)
    async with asyncio.TaskGroup() as group:
        for _ in range(tasks):
            group.create_task(turn())
    return n


async def queue_of_one(n=50_000):
    queue = asyncio.Queue(1)

    async def put():
        for _ in range(n):
            await queue.put(1)

    async def get():
        for _ in range(n):
            await queue.get()
    async with asyncio.TaskGroup() as group:
        group.create_task(put())
        group.create_task(get())
    return n


async def timer_set_and_run(n=100_000):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    left = n

    def fire():
        nonlocal left
        left -= 1
        if not left:
            done.set_result(None)
    rng = random.Random(1)
    start = loop.time()
    for _ in range(n):
        loop.call_at(start + rng.random() / 1000, fire)
    await done
    return n


async def timer_set_and_cancelled(n=100_000):
    loop = asyncio.get_running_loop()
    start = loop.time() + 3600
    for i in range(n):
        loop.call_at(start + i, print).cancel()
    return n


async def await_done(n=500_000):
    done = asyncio.get_running_loop().create_future()
    done.set_result(1)
    for _ in range(n):
        await done
    return n


async def call_soon_threadsafe(n=50_000):
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    left = n

    def call():
        nonlocal left
        left -= 1
        if not left:
            done.set_result(None)

    def produce():
        for _ in range(n):
            loop.call_soon_threadsafe(call)
    threading.Thread(target=produce).start()
    await done
    return n


def measure(name, make):
    times = []
    for _ in range(9):
        start = time.perf_counter()
        n = asyncio.run(make())
        times.append((time.perf_counter() - start) / n * 1e9)
    kept = times[2:]
    print(f"{name:<40} {statistics.median(kept):10.1f}  ({min(kept):.1f} .. {max(kept):.1f})", flush=True)


async def memory(n=200_000):
    async def sleeper():
        await asyncio.sleep(3600)
    gc.collect()
    before = resident()
    tasks = [asyncio.create_task(sleeper()) for _ in range(n)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()
    print(f"resident bytes per suspended task        {(resident() - before) // n:10d}")
    for task in tasks:
        task.cancel()


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    print("CPython", sys.version.split()[0])
    asyncio.run(memory())
    measure("HandOffBenchmark.queueOfOne", queue_of_one)
    measure("LoopBenchmark.awaitDone", await_done)
    measure("LoopBenchmark.callSoonThreadsafe", call_soon_threadsafe)
    measure("LoopBenchmark.timerSetAndCancelled", timer_set_and_cancelled)
    measure("LoopBenchmark.timerSetAndRun", timer_set_and_run)
    measure("SpawnBenchmark.spawnAndJoin", spawn_and_join)
    measure("SpawnBenchmark.spawnSuspendAndJoin", spawn_suspend_and_join)
    measure("SwitchBenchmark.oneTask", lambda: take_turns(1))
    measure("SwitchBenchmark.twoTasks", lambda: take_turns(2))
    measure("SwitchBenchmark.thousandTasks", lambda: take_turns(1000))
