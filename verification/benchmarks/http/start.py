"""The time from the start of a server's process to its first answer."""
import os
import socket
import time

import exchange
from compared import Missing
from servers import READY_SECONDS

NOT_THESE = ("netty", "asyncio4j", "asyncio4j-annotated", "vertx", "vertx-virtual")
TICKS = os.sysconf("SC_CLK_TCK")


def measure(ready, tools, rounds, core, note):
    """Starts every server so many times, in turns."""
    mine = [server for server in ready if server.name not in NOT_THESE]
    rows = []
    for turn in range(rounds):
        first = turn % max(len(mine), 1)
        for server in mine[first:] + mine[:first]:
            seconds, cpu = one(server, tools, core)
            rows.append({"server": server.name, "round": turn + 1, "seconds": seconds, "cpu": cpu})
            note(f"start {turn + 1}, {server.name}: {seconds:.2f} s, {cpu:.2f} s of processor time")
    return rows


def one(server, tools, core):
    began = time.monotonic()
    server.spawn(tools, core)
    try:
        while not answers(server):
            if server.process.poll() is not None or time.monotonic() > began + READY_SECONDS:
                raise Missing(f"{server.name} did not start")
            time.sleep(0.002)
        return time.monotonic() - began, processor_seconds(server.process.pid)
    finally:
        server.stop()


def answers(server):
    try:
        return exchange.ask(server, exchange.REQUESTS["plaintext"])[1] == 200
    except (socket.timeout, OSError, exchange.Different):
        return False


def processor_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS
