#!/usr/bin/env python3
"""Compare HTTP servers: asyncio4j, Netty, Vert.x, Helidon, Spring Boot, Javalin, uvicorn, FastAPI, Node, Go.

compare.py [--short] [--cases NAMES] [--servers NAMES] [--rounds 7] [--seconds 3] [--json FILE]
compare.py --list

Servers have one core, the client (load.c) another.  All servers are started,
their answers compared, and warmed up; then they take turns, round after round.
A server that cannot run here is left out, with the reason.

--short takes about ten minutes: fewer and shorter samples, less warming up.

NAMES are names or patterns, such as 'vertx-*,node'.  Needs Linux, cc, taskset
and what the servers need.  README.md explains it all.
"""
import argparse
import fnmatch
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time

import exchange
import servers
import start
import tables
from compared import COLLECTOR, Missing, first_line, in_jar, processor
from servers import HERE, TARGET, YARDSTICK

LEAD_SECONDS = 0.3          # of every sample, which do not count
JSON_YARDSTICK = "vertx-web"


class Case:
    """What is measured: a route, a number of connections, and how many requests are sent at once on each."""

    def __init__(self, name, route, connections, depth=1):
        self.name = name
        self.route = route
        self.connections = connections
        self.depth = depth
        self.yardstick = YARDSTICK if route == "plaintext" else JSON_YARDSTICK

    def title(self):
        at_once = f", {self.depth} requests at once on each" if self.depth > 1 else ""
        return f"{self.name}: /{self.route}, {self.connections} connection{'s' * (self.connections > 1)}{at_once}"


CASES = [Case("plaintext-1", "plaintext", 1), Case("plaintext-64", "plaintext", 64),
         Case("plaintext-512", "plaintext", 512), Case("pipelined", "plaintext", 64, 16),
         Case("json-64", "items", 64), Case("database-64", "stored", 64)]


def main():
    options = parse()
    if options.list:
        print("servers: " + " ".join(server.name for server in servers.every_server()))
        print("cases: " + " ".join(case.name for case in CASES) + " start")
        return
    load = compile_load()
    tools = servers.Tools()
    result = {"settings": settings(options), "samples": [], "start": []}
    ready, missing = prepare(options, tools)
    running = []
    try:
        if options.cases:
            begin(options, tools, load, ready, running, missing)
            measure(options, load, running, result["samples"], lambda: save(options, result))
    finally:
        for server in running:
            server.stop()
    if options.start:
        result["start"] = start.measure(ready, tools, options.start_rounds, options.server_core, note)
    result["machine"] = machine(tools)
    result["missing"] = missing
    result["summary"] = [row for case in options.cases for row in tables.summary(result["samples"], case)]
    save(options, result)
    report(options, result)


def save(options, result):
    os.makedirs(os.path.dirname(os.path.abspath(options.json)), exist_ok=True)
    with open(options.json, "w") as file:
        json.dump(result, file, indent=1)


def report(options, result):
    for case in options.cases:
        print("\n" + tables.section(result["samples"], case))
    if result["start"]:
        print("\n" + tables.start(result["start"]))
    print("\n" + tables.verdict(result["summary"], result["start"]))
    print("\n" + tables.foreign(result["samples"], options.limit))
    print("\n" + "\n".join(f"- {name}: {value}" for name, value in result["machine"].items()))
    for name, reason in result["missing"].items():
        print(f"- left out: {name}: {reason}")
    note(f"written to {options.json}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage=argparse.SUPPRESS)
    add = parser.add_argument
    add("--short", action="store_true", help="about ten minutes: 5 rounds of 1 s, 4 s of warming up for each case")
    add("--cases", default="*", help="names or patterns (%(default)s)")
    add("--servers", default="*", help="names or patterns (%(default)s)")
    add("--rounds", type=int, help="samples of each server and case (7)")
    add("--seconds", type=float, help="length of a sample (3)")
    add("--warmup", type=float, help="seconds for each server and case (8)")
    add("--start-rounds", type=int, help="starts of each server (11)")
    add("--server-core", type=int, default=0)
    add("--client-core", type=int, default=1)
    add("--limit", type=float, default=0.1, help="share of a core that something else may use before it is told")
    add("--json", default=os.path.join(TARGET, "http.json"), help="where the samples go (%(default)s)")
    add("--list", action="store_true", help="print the names of all servers and cases")
    options = parser.parse_args()
    usual = {"rounds": (5, 7), "seconds": (1, 3), "warmup": (4, 8), "start_rounds": (5, 11)}
    for name, (short, long) in usual.items():
        if getattr(options, name) is None:
            setattr(options, name, short if options.short else long)
    patterns = options.cases.split(",")
    options.cases = [case for case in CASES if any(fnmatch.fnmatch(case.name, each) for each in patterns)]
    options.start = any(fnmatch.fnmatch("start", each) for each in patterns)
    if not options.cases and not options.start:
        parser.error("no case has such a name; --list tells the names")
    try:
        options.servers = servers.chosen(options.servers)
    except ValueError as problem:
        parser.error(str(problem))
    if not {options.server_core, options.client_core} <= os.sched_getaffinity(0):
        parser.error(f"cores {options.server_core} and {options.client_core} are needed; "
                     "--server-core and --client-core choose others")
    return options


def compile_load():
    """The load generator, compiled if its source has changed."""
    source, program = os.path.join(HERE, "load.c"), os.path.join(TARGET, "load")
    for tool, package in {"cc": "a C compiler, such as gcc", "taskset": "util-linux"}.items():
        if not shutil.which(tool):
            sys.exit(f"compare.py: no {tool} on PATH; install {package}")
    if not os.path.exists(program) or os.path.getmtime(program) < os.path.getmtime(source):
        os.makedirs(TARGET, exist_ok=True)
        if subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", program, source]).returncode:
            sys.exit(f"compare.py: {source} could not be compiled")
    return program


def note(text):
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- servers

def prepare(options, tools):
    """The servers that can be built here, and why the others cannot."""
    ready, missing = [], {}
    for server in options.servers:
        try:
            note(f"preparing {server.name}")
            server.prepare(tools)
            ready.append(server)
        except Missing as reason:
            note(f"{server.name} is left out: {reason}")
            missing[server.name] = str(reason)
    return ready, missing


def begin(options, tools, load, ready, running, missing):
    """Starts the servers, checks what they answer, and warms them up."""
    routes = {case.route for case in options.cases}
    for server in ready:
        if server.name.startswith(servers.START_ONLY) or not routes & set(server.answers):
            continue
        try:
            server.start(tools, options.server_core)
            running.append(server)
            for route in sorted(routes & set(server.answers)):
                server.checked[route] = exchange.check(server, route)
        except (Missing, exchange.Different, OSError) as reason:
            note(f"{server.name} is left out: {reason}")
            missing[server.name] = str(reason)
            server.stop()
            server.checked.clear()
    running[:] = [server for server in running if server.checked]
    note("all answers are equal: " + ", ".join(server.name for server in running))
    for server in running:
        for case in options.cases:
            if case.route in server.checked:
                run_load(options, load, server, case, 0, options.warmup)
        note(f"warmed up {server.name}")


def measure(options, load, running, samples, saved):
    for turn in range(options.rounds):
        for case in options.cases:
            mine = [server for server in running if case.route in server.checked]
            first = turn % max(len(mine), 1)
            for server in mine[first:] + mine[:first]:
                samples.append(sample(options, load, server, case, turn))
        saved()


def run_load(options, load, server, case, lead, seconds):
    raw, date = server.checked[case.route]
    said = {"request": exchange.REQUESTS[case.route], "answer": raw}
    names = {}
    for name, data in said.items():
        names[name] = os.path.join(TARGET, f"{server.name}-{case.route}.{name}")
        with open(names[name], "wb") as file:
            file.write(data)
    command = ["taskset", "-c", str(options.client_core), load, str(server.port), str(case.connections), str(case.depth),
               names["request"], names["answer"], date, str(lead), str(seconds), str(server.process.pid),
               str(options.server_core), str(options.client_core)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"compare.py: {server.name}, {case.name}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def sample(options, load, server, case, turn):
    measured = run_load(options, load, server, case, LEAD_SECONDS, options.seconds)
    others = max(measured["server_core_busy"] - measured["server_cpu"],
                 measured["client_core_busy"] - measured["client_cpu"])
    measured.update(server=server.name, case=case.name, round=turn + 1, foreign=round(others / measured["seconds"], 3))
    note(f"round {turn + 1}, {case.name}, {server.name}: {tables.rate(measured):,.0f}/s, "
         f"{tables.micros(measured):.2f} us of processor time each")
    return measured


# ---------------------------------------------------------------- where it ran

def settings(options):
    listed = {"servers", "cases"}
    return {name: [each.name for each in value] if name in listed else value
            for name, value in vars(options).items() if name not in ("json", "list")}


def machine(tools):
    """What a reader has to know of the machine and of the programs."""
    facts = {"date": time.strftime("%Y-%m-%d %H:%M"), "cores": os.cpu_count(), "processor": processor(),
             "kernel": platform.release(), "load average": f"{os.getloadavg()[2]:.1f} over 15 minutes",
             "collector": COLLECTOR}
    try:
        jdk, jar = tools.java()
        facts["java"] = first_line([os.path.join(jdk, "bin", "java"), "-version"], line=1)
        facts["vert.x"] = in_jar(jar, "META-INF/vertx/vertx-version.txt")
        facts["netty"] = in_jar(jar, "META-INF/maven/io.netty/netty-transport/pom.properties")
    except Missing:
        pass
    for name, artifact in {"helidon": "helidon-webserver", "spring": "spring-boot", "javalin": "javalin"}.items():
        listed = os.path.join(TARGET, name, "classpath.txt")
        if os.path.exists(listed):
            with open(listed) as file:
                found = re.search(rf"/{artifact}-(\d[\w.]*)\.jar", file.read())
            facts[name] = found.group(1) if found else "unknown"
    try:
        python = tools.python()
        facts["python"] = first_line([python, "--version"])
        for name in servers.PYTHON_PACKAGES:
            facts[name] = first_line([python, "-c", f"import {name}; print({name}.__version__)"])
    except Missing:
        pass
    for name, command in {"node": ["node", "--version"], "go": ["go", "version"]}.items():
        if shutil.which(name):
            facts[name] = first_line(command)
    return facts


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))     # so that the servers are stopped
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
