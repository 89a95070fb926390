"""The HTTP servers that are compared, and how each is built and started."""
import fnmatch
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))

from compared import JAVA_OPTIONS, Missing, Peer, built_jar, first_error

TARGET = os.path.join(HERE, "target")
PEERS = os.path.join(HERE, "peers")

PACKAGE = "io.asyncio4j.benchmarks.http."
YARDSTICK = "netty"

ASYNCIO4J_OPTIONS = ["-Dasyncio4j.engine=carrier", "-Dasyncio4j.io=epoll", "--add-opens=java.base/java.lang=ALL-UNNAMED"]

PYTHON_PACKAGES = ["uvicorn", "uvloop", "httptools", "fastapi"]

READY_SECONDS = 60


class Tools:
    """What the servers need: found or built once, and only when asked for."""

    def __init__(self):
        self._made = {}

    def once(self, name, make):
        if name not in self._made:
            try:
                self._made[name] = make()
            except Missing as reason:
                self._made[name] = reason
        if isinstance(self._made[name], Missing):
            raise self._made[name]
        return self._made[name]

    # ------------------------------------------------------------ Java

    def java(self):
        """The JDK's folder and the jar with our own servers, which is built if its sources have changed."""
        return self.once("java", lambda: built_jar(
            "verification/benchmarks/http", "http.jar", "core/pom.xml core/src/main streams/pom.xml streams/src/main"
            " web/pom.xml web/src/main verification/benchmarks/http/pom.xml verification/benchmarks/http/src/main"))

    def java_server(self, main, options, arguments):
        jdk, jar = self.java()
        return [os.path.join(jdk, "bin", "java"), *JAVA_OPTIONS, *options, "-cp", jar, PACKAGE + main, "PORT", *arguments]

    def peer_server(self, name, main, options):
        """A server in Java with dependencies of its own: those of peers/NAME/pom.xml."""
        jdk, jar = self.java()
        path = self.once(name, lambda: self._peer(name, jdk, jar))
        return [os.path.join(jdk, "bin", "java"), *JAVA_OPTIONS, *options, "-cp", path, main, "PORT"]

    def _peer(self, name, jdk, jar):
        source, target = os.path.join(PEERS, name), os.path.join(TARGET, name)
        os.makedirs(target, exist_ok=True)
        listed = os.path.join(target, "classpath.txt")
        pom = os.path.join(source, "pom.xml")
        if not os.path.exists(listed) or os.path.getmtime(listed) < os.path.getmtime(pom):
            if not shutil.which("mvn"):
                raise Missing("no mvn on PATH; install Maven")
            run(["mvn", "-q", "-B", "-ntp", "-f", pom, "dependency:build-classpath", "-Dmdep.outputFile=" + listed],
                "its dependencies", dict(os.environ, JAVA_HOME=jdk))
        with open(listed) as file:
            path = file.read().strip()
        classes = os.path.join(target, "classes")
        shutil.rmtree(classes, ignore_errors=True)
        stock = os.path.join(HERE, "src", "main", "java", *PACKAGE.strip(".").split("."), "Stock.java")
        files = [os.path.join(source, each) for each in os.listdir(source) if each.endswith(".java")]
        run([os.path.join(jdk, "bin", "javac"), "-parameters", "-nowarn", "-proc:none", "-d", classes, "-cp", path, stock,
             *files], "its classes")
        return classes + os.pathsep + path

    # ------------------------------------------------------------ others

    def python(self):
        """The Python of an environment that has what the Python servers need."""
        return self.once("python", self._python)

    def _python(self):
        folder = os.path.join(TARGET, "venv")
        python = os.path.join(folder, "bin", "python")
        test = [python, "-c", "import uvicorn, uvloop, httptools, fastapi"]
        if not os.path.exists(python) or subprocess.run(test, stderr=subprocess.DEVNULL).returncode:
            run([sys.executable, "-m", "venv", folder], "the Python environment")
            run([python, "-m", "pip", "install", "-q", *PYTHON_PACKAGES], "the Python packages")
        return python

    def uvicorn(self, application):
        # As a Python program: a script of the environment would begin with another process.
        return [self.python(), "-m", "uvicorn", "--app-dir", PEERS, "--port", "PORT", "--loop", "uvloop", "--http",
                "httptools", "--no-access-log", "--log-level", "warning", "--backlog", "1024", application]

    def node(self):
        node = shutil.which("node")
        if not node:
            raise Missing("no node on PATH; install Node")
        return [node, os.path.join(PEERS, "server.js"), "PORT"]

    def go(self):
        return [self.once("go", self._go), "PORT"]

    def _go(self):
        go = shutil.which("go")
        if not go:
            raise Missing("no go on PATH; on Debian: apt install golang")
        program = os.path.join(TARGET, "goserver")
        run([go, "build", "-o", program, os.path.join(PEERS, "server.go")], "the Go server")
        return program


def run(command, what, environment=None):
    """What the command prints; raises Missing if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "no word from it").split("\n")
        raise Missing(f"{what} could not be built: {next((s for s in said if 'rror' in s or 'ERR' in s), said[-1])[:300]}")
    return done.stdout


class Server(Peer):
    """An HTTP server. `answers` are the routes it has."""

    target = TARGET

    def __init__(self, name, command, answers, environment=None):
        super().__init__(name, command, environment)
        self.answers = answers
        self.checked = {}       # of each route, the raw answer and where the date stands in it

    def prepare(self, tools):
        """Builds what it needs."""
        self.command(tools)

    def start(self, tools, core):
        """Starts it on one core and waits until it listens."""
        log_name = self.spawn(tools, core)
        try:
            end = time.monotonic() + READY_SECONDS
            while not self.is_listening():
                if self.process.poll() is not None or time.monotonic() > end:
                    raise Missing(f"it did not start: {first_error(log_name) or 'no word from it'}; see {log_name}")
                time.sleep(0.05)
        except BaseException:
            self.stop()
            raise

    def is_listening(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False


def java(name, main, arguments, answers, options=()):
    return Server(name, lambda tools: tools.java_server(main, options, arguments), answers)


def peer(name, main, options=()):
    return Server(name, lambda tools: tools.peer_server(name, main, options), ("plaintext", "items", "stored"))


def aot_server(tools):
    """Ours with a cache of the JDK, made by a first run."""
    jdk, jar = tools.java()
    cache = os.path.join(TARGET, "start.aot")
    plain = tools.java_server("Asyncio4jHttp", ASYNCIO4J_OPTIONS, ["start"])

    def make():
        trained = Server("training", lambda _: [plain[0], "-XX:AOTCacheOutput=" + cache, *plain[1:]], ("plaintext",))
        trained.start(tools, 0)
        with socket.create_connection(("127.0.0.1", trained.port)) as client:
            client.sendall(b"GET /plaintext HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            while client.recv(4096):
                pass
        trained.process.send_signal(signal.SIGTERM)
        trained.process.wait(120)
        if not os.path.exists(cache):
            raise Missing("the JDK wrote no cache")
        return cache

    if os.path.exists(cache) and os.path.getmtime(cache) < os.path.getmtime(jar):
        os.remove(cache)
    if not os.path.exists(cache):
        tools.once("aot", make)
    return [plain[0], "-XX:AOTCache=" + cache, *plain[1:]]


def every_server():
    everything = ("plaintext", "items", "stored")
    yield java("netty", "NettyHttp", [], ("plaintext",))
    yield java("asyncio4j", "Asyncio4jHttp", ["functional"], everything, ASYNCIO4J_OPTIONS)
    yield java("asyncio4j-annotated", "Asyncio4jHttp", ["annotated"], everything, ASYNCIO4J_OPTIONS)
    yield java("vertx", "VertxHttp", ["event-loop"], ("plaintext",))
    yield java("vertx-virtual", "VertxHttp", ["virtual-thread"], ("plaintext",))
    yield java("vertx-web", "VertxHttp", ["web"], everything)
    yield peer("helidon", "HelidonServer")
    yield peer("spring", "server.SpringServer")
    yield peer("javalin", "JavalinServer")
    yield Server("uvicorn", lambda tools: tools.uvicorn("plain_asgi:application"), ("plaintext",))
    yield Server("fastapi", lambda tools: tools.uvicorn("fast:app"), everything)
    yield Server("node", Tools.node, ("plaintext",))
    yield Server("go", Tools.go, ("plaintext",), {"GOMAXPROCS": "1"})
    yield java("start-annotated", "Asyncio4jHttp", ["start"], ("plaintext",), ASYNCIO4J_OPTIONS)
    yield java("start-json", "Asyncio4jHttp", ["start-json"], ("plaintext",), ASYNCIO4J_OPTIONS)
    yield Server("start-annotated-aot", aot_server, ("plaintext",))


# Those of every_server() which are measured at their start only.
START_ONLY = "start-"


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
