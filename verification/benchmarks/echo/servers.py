"""The echo servers that are compared, and how each is started."""
import fnmatch
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", "..", ".."))
TARGET = os.path.join(HERE, "target")

TRANSPORTS = ("nio", "epoll", "io_uring")
PACKAGE = "io.asyncio4j.benchmarks.echo."

# The same for every Java server. The JVM would choose this collector itself on one core.
JAVA_OPTIONS = ["-XX:+UseSerialGC", "-Xms512m", "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
ASYNCIO4J_OPTIONS = ["-Dasyncio4j.engine=carrier", "--add-opens=java.base/java.lang=ALL-UNNAMED"]

READY_SECONDS = 30


class Missing(Exception):
    """A server cannot run here; says why."""


class Tools:
    """What the servers need: found once, and only when asked for."""

    def __init__(self):
        self._java = None
        self._python = {}

    def java(self):
        """The JDK's folder and the jar with the Java servers, which is built if its sources have changed."""
        if self._java is None:
            script = """
                home=$1
                fail() { echo "$1" >&2; exit 2; }
                . "$home/build/launch.sh"
                find_jdk
                provide_jar verification/benchmarks/echo echo.jar "core/pom.xml core/src/main streams/pom.xml
                    streams/src/main verification/benchmarks/echo/pom.xml verification/benchmarks/echo/src/main"
                printf '%s\\n%s\\n' "$jdk" "$jar"
                """
            found = subprocess.run(["sh", "-c", script, "sh", ROOT], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
            if found.returncode:
                self._java = Missing(found.stderr.strip().split("\n")[-1])
            else:
                self._java = tuple(found.stdout.strip().split("\n"))
        if isinstance(self._java, Missing):
            raise self._java
        return self._java

    def java_server(self, main, options, arguments):
        jdk, jar = self.java()
        return [os.path.join(jdk, "bin", "java"), *JAVA_OPTIONS, *options, "-cp", jar, PACKAGE + main, "PORT", *arguments]

    def python(self, module):
        """A Python 3.11 or newer that has `module`: the one that runs this, or another on this machine."""
        if module not in self._python:
            test = f"import sys, {module}; sys.exit(sys.version_info < (3, 11))"
            candidates = [sys.executable, shutil.which("python3"), "/usr/bin/python3"]
            self._python[module] = next(
                (each for each in candidates if each and os.path.exists(each)
                 and subprocess.run([each, "-c", test], stderr=subprocess.DEVNULL).returncode == 0), None)
        return self._python[module]

    def python_server(self, loop):
        # Both loops in the same Python where that is possible.
        python = self.python("uvloop") or (loop == "asyncio" and self.python("asyncio"))
        if not python:
            raise Missing(f"no Python 3.11 or newer with {loop} found; on Debian: apt install python3-uvloop")
        return [python, os.path.join(HERE, "peers", "echo_asyncio.py"), "PORT", loop]

    def node_server(self):
        node = shutil.which("node")
        if not node:
            raise Missing("no node on PATH; install Node")
        return [node, os.path.join(HERE, "peers", "echo_node.js"), "PORT"]


class Server:
    """An echo server.

    `command` makes its command line, with PORT for the port, or raises Missing. `baseline` is the server of plain
    Netty to compare it with: the one on the same transport, or on what comes closest.
    """

    def __init__(self, name, baseline, command, in_java=False):
        self.name = name
        self.baseline = baseline
        self.command = command
        self.in_java = in_java
        self.process = None
        self.port = None

    def start(self, tools, core):
        """Starts it on one core and waits until it listens."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [str(self.port) if part == "PORT" else part for part in self.command(tools)]
        log_name = os.path.join(TARGET, "log", self.name + ".txt")
        os.makedirs(os.path.dirname(log_name), exist_ok=True)
        with open(log_name, "w") as log:
            self.process = subprocess.Popen(["taskset", "-c", str(core), *command], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            ready, _, _ = select.select([self.process.stdout], [], [], READY_SECONDS)
            line = self.process.stdout.readline().strip() if ready else ""
            if line != f"listening {self.port}":
                raise Missing(f"it did not start: {first_error(log_name) or line or 'no word from it'}; see {log_name}")
        except BaseException:
            self.stop()
            raise

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


def first_error(log_name):
    with open(log_name) as log:
        return next((line.strip() for line in log if re.search("Exception|Error|error", line)), None)


def java(name, baseline, main, options=(), arguments=()):
    return Server(name, baseline, lambda tools: tools.java_server(main, options, arguments), in_java=True)


def every_server():
    for io in TRANSPORTS:
        yield java(f"asyncio4j-{io}", f"netty-{io}", "Asyncio4jEcho", [f"-Dasyncio4j.io={io}", *ASYNCIO4J_OPTIONS])
    for io in TRANSPORTS:
        yield java(f"netty-{io}", f"netty-{io}", "NettyEcho", arguments=[io])
    for io in TRANSPORTS:
        yield java(f"vertx-{io}", f"netty-{io}", "VertxEcho", arguments=[io, "event-loop"])
    for io in TRANSPORTS:
        yield java(f"vertx-virtual-{io}", f"netty-{io}", "VertxEcho", arguments=[io, "virtual-thread"])
    yield java("blocking", "netty-nio", "BlockingEcho")
    for loop in ("uvloop", "asyncio"):
        yield Server(loop, "netty-epoll", lambda tools, loop=loop: tools.python_server(loop))
    yield Server("node", "netty-epoll", Tools.node_server)


DEFAULT = "asyncio4j-*,netty-*,vertx-epoll,vertx-virtual-epoll,blocking,uvloop,asyncio,node"


def chosen(patterns):
    """The servers whose names match one of the patterns, in the order of every_server(); raises ValueError."""
    known = list(every_server())
    wanted = set()
    for pattern in patterns.split(","):
        names = fnmatch.filter([server.name for server in known], pattern)
        if not names:
            raise ValueError(f"no server is called {pattern}; there are " + ", ".join(s.name for s in known))
        wanted.update(names)
    return [server for server in known if server.name in wanted]
