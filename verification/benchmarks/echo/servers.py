"""The echo servers that are compared, and how each is started."""
import fnmatch
import os
import select
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))

from compared import JAVA_OPTIONS, Missing, Peer, built_jar, first_error

TARGET = os.path.join(HERE, "target")

TRANSPORTS = ("nio", "epoll", "io_uring")
PACKAGE = "io.asyncio4j.benchmarks.echo."

ASYNCIO4J_OPTIONS = ["-Dasyncio4j.engine=carrier", "--add-opens=java.base/java.lang=ALL-UNNAMED"]

READY_SECONDS = 30


class Tools:
    """What the servers need: found once, and only when asked for."""

    def __init__(self):
        self._java = None
        self._python = {}

    def java(self):
        """The JDK's folder and the jar with the Java servers, which is built if its sources have changed."""
        if self._java is None:
            try:
                self._java = built_jar("verification/benchmarks/echo", "echo.jar", "core/pom.xml core/src/main"
                                       " streams/pom.xml streams/src/main verification/benchmarks/echo/pom.xml"
                                       " verification/benchmarks/echo/src/main")
            except Missing as reason:
                self._java = reason
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


class Server(Peer):
    """An echo server.

    `baseline` is the server of plain Netty to compare it with: the one on the same transport, or on what comes closest.
    """

    target = TARGET

    def __init__(self, name, baseline, command, in_java=False):
        super().__init__(name, command)
        self.baseline = baseline
        self.in_java = in_java

    def start(self, tools, core):
        """Starts it on one core and waits until it listens."""
        log_name = self.spawn(tools, core, stdout=subprocess.PIPE, text=True)
        try:
            ready, _, _ = select.select([self.process.stdout], [], [], READY_SECONDS)
            line = self.process.stdout.readline().strip() if ready else ""
            if line != f"listening {self.port}":
                raise Missing(f"it did not start: {first_error(log_name) or line or 'no word from it'}; see {log_name}")
        except BaseException:
            self.stop()
            raise


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
