"""What the comparisons of servers share: how a server is built and run on a core, and what is told of the machine."""
import os
import platform
import re
import signal
import socket
import subprocess
import zipfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))

COLLECTOR = "-XX:+UseSerialGC"

# The same for every Java server. The JVM would choose this collector itself on one core.
JAVA_OPTIONS = [COLLECTOR, "-Xms512m", "-Xmx512m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"]


class Missing(Exception):
    """A server cannot run here; says why."""


class Peer:
    """A server in a process of its own.

    `command` makes its command line, with PORT for the port, or raises Missing; `environment` is added to ours. Its log
    goes into the folder `target` of the class.
    """

    def __init__(self, name, command, environment=None):
        self.name = name
        self.command = command
        self.environment = environment or {}
        self.process = None
        self.port = None

    def spawn(self, tools, core, **streams):
        """Starts it on one core and a free port. Returns the log's name."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [str(self.port) if part == "PORT" else part for part in self.command(tools)]
        log_name = os.path.join(self.target, "log", self.name + ".txt")
        os.makedirs(os.path.dirname(log_name), exist_ok=True)
        with open(log_name, "w") as log:
            self.process = subprocess.Popen(["taskset", "-c", str(core), *command],
                                            env=dict(os.environ, PORT=str(self.port), **self.environment),
                                            **{"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **streams})
        return log_name

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


def built_jar(folder, name, sources):
    """The JDK's folder and a jar of a benchmark, which is built if its sources have changed; raises Missing."""
    script = """
        home=$1
        fail() { echo "$1" >&2; exit 2; }
        . "$home/build/launch.sh"
        find_jdk
        provide_jar "$2" "$3" "$4"
        printf '%s\\n%s\\n' "$jdk" "$jar"
        """
    found = subprocess.run(["sh", "-c", script, "sh", ROOT, folder, name, sources], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, text=True)
    if found.returncode:
        raise Missing(found.stderr.strip().split("\n")[-1])
    return tuple(found.stdout.strip().split("\n"))


# ---------------------------------------------------------------- what is told

def processor():
    with open("/proc/cpuinfo") as file:
        names = re.findall(r"^model name\s*: (.*)", file.read(), re.MULTILINE)
    return names[0] if names else platform.machine()


def first_line(command, line=0):
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    return said.split("\n")[line]


def in_jar(jar, entry):
    """The version in a file of the jar."""
    with zipfile.ZipFile(jar) as content:
        found = re.search(r"\d+\.\d+[\w.]*", content.read(entry).decode() if entry in content.namelist() else "")
    return found.group() if found else "unknown"
