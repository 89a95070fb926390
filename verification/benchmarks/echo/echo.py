#!/usr/bin/env python3
"""Compare echo servers: asyncio4j, Netty, Vert.x, blocking Java, CPython with and without uvloop, Node.

echo.py [--connections 1,64,1000] [--rounds 5] [--extra-rounds 0]
        [--seconds 3] [--servers NAMES] [--json FILE]
echo.py --idle 10000 [--servers NAMES] [--json FILE]
echo.py --list

On every connection the client sends 64 bytes, waits until they have come back,
and sends the next.  Servers have one core, the client another.  All servers
are started and warmed up, then take turns.  A sample during which anything
else used more than 15 % of either core is dropped.

--idle holds that many connections on which nothing happens, and shows what each
takes of a Java server's heap.

NAMES are names or patterns, such as 'netty-*,node'.  A server that cannot run
here is left out, with the reason.  Needs Linux, cc, taskset and what the
servers need.  docs/benchmarks.md explains it all.
"""
import argparse
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time

import report
import servers
from compared import Missing, first_line, in_jar, processor
from servers import HERE, TARGET

LEAD_SECONDS = 0.5          # of every sample, which do not count
LEAST_WARM_UP = 5
TRIAL_CONNECTIONS = 500     # opened and closed before idle ones, so that what the server loads is not counted


def main():
    options = parse()
    if options.list:
        print("\n".join(server.name for server in servers.every_server()))
        return
    load = compile_load()
    tools = servers.Tools()
    started = []
    try:
        if options.idle:
            result = idle(options, tools, load)
        else:
            result = compare(options, tools, load, started)
    finally:
        for server in started:
            server.stop()
    result["machine"] = machine(tools)
    print("\n" + "\n".join(f"- {name}: {value}" for name, value in result["machine"].items()))
    with open(options.json, "w") as file:
        json.dump(result, file, indent=2)
    note(f"written to {options.json}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage=argparse.SUPPRESS)
    add = parser.add_argument
    add("--connections", default="1,64,1000", help="numbers of connections (%(default)s)")
    add("--rounds", type=int, default=5, help="samples of each server and number of connections (%(default)s)")
    add("--extra-rounds", type=int, default=0, help="at most so many more, for samples that were dropped (%(default)s)")
    add("--seconds", type=float, default=3, help="length of a sample (%(default)s)")
    add("--warmup", type=float, default=15, help="seconds for each server, divided among the connections (%(default)s)")
    add("--servers", default=servers.DEFAULT, help="names or patterns (%(default)s)")
    add("--server-core", type=int, default=0)
    add("--client-core", type=int, default=1)
    add("--limit", type=float, default=0.15, help="share of a core that something else may use (%(default)s)")
    add("--idle", type=int, default=0, metavar="N", help="measure the heap of N idle connections instead")
    add("--json", default=os.path.join(TARGET, "echo.json"), help="where the samples go (%(default)s)")
    add("--list", action="store_true", help="print the names of all servers")
    options = parser.parse_args()
    try:
        options.connections = [int(number) for number in options.connections.split(",")]
        options.servers = servers.chosen(options.servers)
    except ValueError as problem:
        parser.error(str(problem))
    if options.warmup < LEAST_WARM_UP:
        parser.error(f"--warmup must be at least {LEAST_WARM_UP} seconds: the JIT compilers need them")
    if not {options.server_core, options.client_core} <= os.sched_getaffinity(0):
        parser.error(f"cores {options.server_core} and {options.client_core} are needed; "
                     "--server-core and --client-core choose others")
    return options


def compile_load():
    """The load generator, compiled if its source has changed."""
    source, program = os.path.join(HERE, "load.c"), os.path.join(TARGET, "load")
    for tool, package in {"cc": "a C compiler, such as gcc", "taskset": "util-linux"}.items():
        if not shutil.which(tool):
            sys.exit(f"echo.py: no {tool} on PATH; install {package}")
    if not os.path.exists(program) or os.path.getmtime(program) < os.path.getmtime(source):
        os.makedirs(TARGET, exist_ok=True)
        if subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", program, source]).returncode:
            sys.exit(f"echo.py: {source} could not be compiled")
    return program


def note(text):
    print(text, file=sys.stderr, flush=True)


def try_start(server, tools, core):
    """Whether it runs now; tells why if it does not."""
    try:
        server.start(tools, core)
        return True
    except Missing as reason:
        note(f"{server.name} is left out: {reason}")
        return False


# ---------------------------------------------------------------- throughput and latency

def compare(options, tools, load, running):
    for server in options.servers:
        if not try_start(server, tools, options.server_core):
            continue
        running.append(server)
        note(f"warming up {server.name} for {options.warmup:g} s")
        for connections in options.connections:
            run_load(options, load, server, connections, 0, options.warmup / len(options.connections))

    if not running:
        sys.exit("echo.py: none of the servers can run here")

    samples = []
    for turn in range(options.rounds + options.extra_rounds):
        for connections in options.connections:
            first = turn % len(running)
            for server in running[first:] + running[:first]:
                if turn < options.rounds or len(report.clean(samples, server.name, connections)) < options.rounds:
                    samples.append(sample(options, load, server, connections, turn))

    for connections in options.connections:
        print("\n" + report.section(samples, running, connections))
    print("\n" + report.dropped(samples, options.limit))
    return {"settings": settings(options), "samples": samples,
            "summary": [row for n in options.connections for row in report.summary(samples, running, n)]}


def run_load(options, load, server, connections, lead, seconds):
    command = ["taskset", "-c", str(options.client_core), load, "run", str(server.port), str(connections), str(lead),
               str(seconds), str(server.process.pid), str(options.server_core), str(options.client_core)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"echo.py: {server.name} on {connections} connections: {done.stderr.strip()}")
    return json.loads(done.stdout)


def sample(options, load, server, connections, turn):
    measured = run_load(options, load, server, connections, LEAD_SECONDS, options.seconds)
    others = {"server": measured["server_core_busy"] - measured["server_cpu"],
              "client": measured["client_core_busy"] - measured["client_cpu"]}
    dropped = ", ".join(f"{seconds / measured['seconds']:.0%} of the {core}'s core"
                        for core, seconds in others.items() if seconds > options.limit * measured["seconds"])
    measured.update(server=server.name, connections=connections, round=turn + 1, dropped=dropped)
    note(f"round {turn + 1}, {connections} connections, {server.name}: {report.rate(measured):,.0f}/s"
         + (f", dropped: others had {dropped}" if dropped else ""))
    return measured


# ---------------------------------------------------------------- idle connections

def idle(options, tools, load):
    rows = []
    for server in options.servers:
        if not server.in_java:
            note(f"{server.name} is left out: --idle looks at Java heaps")
        elif try_start(server, tools, options.server_core):
            try:
                rows.append(idle_row(options, tools, load, server))
            finally:
                server.stop()
    print("\n" + report.idle_table(rows))
    return {"settings": settings(options), "idle": rows}


def idle_row(options, tools, load, server):
    with Held(options, load, server, TRIAL_CONNECTIONS):
        pass
    time.sleep(1)           # the server closes them
    before = used_heap(tools, server)
    with Held(options, load, server, options.idle):
        after = used_heap(tools, server)
    note(f"{server.name}: {before / 1024:,.0f} KiB without, {after / 1024:,.0f} KiB with {options.idle:,} connections")
    return {"server": server.name, "baseline": server.baseline, "connections": options.idle, "heap_before": before,
            "heap_after": after, "bytes": (after - before) / options.idle}


class Held:
    """Connections that have seen one message each and are idle since, until the block ends."""

    def __init__(self, options, load, server, connections):
        self.command = ["taskset", "-c", str(options.client_core), load, "hold", str(server.port), str(connections)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "holding\n":
            sys.exit("echo.py: the connections could not be opened")

    def __exit__(self, *_):
        self.process.communicate()


def used_heap(tools, server):
    """Bytes of heap in use after two full collections."""
    jcmd = os.path.join(tools.java()[0], "bin", "jcmd")
    pid = str(server.process.pid)
    for _ in range(2):
        subprocess.run([jcmd, pid, "GC.run"], stdout=subprocess.DEVNULL, check=True)
    info = subprocess.run([jcmd, pid, "GC.heap_info"], stdout=subprocess.PIPE, text=True, check=True).stdout
    generations = re.findall(r"^\s*(?:DefNew|Tenured) .*used (\d+)K", info, re.MULTILINE)
    if len(generations) != 2:
        sys.exit("echo.py: unexpected answer of jcmd GC.heap_info:\n" + info)
    return 1024 * sum(map(int, generations))


# ---------------------------------------------------------------- where it ran

def settings(options):
    return {name: [s.name for s in value] if name == "servers" else value
            for name, value in vars(options).items() if name not in ("json", "list")}


def machine(tools):
    """What a reader has to know of the machine and of the programs."""
    facts = {"date": time.strftime("%Y-%m-%d"), "cores": os.cpu_count(), "processor": processor(),
             "kernel": platform.release(), "load average": f"{os.getloadavg()[2]:.1f} over 15 minutes"}
    try:
        jdk, jar = tools.java()
        facts["java"] = first_line([os.path.join(jdk, "bin", "java"), "-version"], line=1)
        facts["netty"] = in_jar(jar, "META-INF/maven/io.netty/netty-transport/pom.properties")
        facts["vert.x"] = in_jar(jar, "META-INF/vertx/vertx-version.txt")
    except Missing:
        pass
    if python := tools.python("uvloop"):
        facts["python"] = first_line([python, "--version"])
        facts["uvloop"] = first_line([python, "-c", "import uvloop; print(uvloop.__version__)"])
    if shutil.which("node"):
        facts["node"] = first_line(["node", "--version"])
    return facts


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))     # so that the servers are stopped
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
