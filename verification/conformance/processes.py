"""The two sides of a comparison as processes: a program per line in, an
answer per line out."""
import json
import os
import select
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
REFERENCE = os.path.join(HERE, "reference")


def reference(ties):
    """The command of the reference, installed on first use."""
    if not os.path.isdir(os.path.join(REFERENCE, "node_modules", "pyodide")):
        print("installing the reference (first use) ...", file=sys.stderr)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund",
                        "--silent"], cwd=REFERENCE, check=True)
    return ["node", os.path.join(REFERENCE, "run.mjs"), "--serve",
            "--ties", ties]


def subject(engine):
    """The command that runs programs on asyncio4j."""
    return [os.path.join(HERE, "run"), "-", "--engine", engine]


class Server:
    """A process that is started at the first question, and again if it ends
    or does not answer."""

    def __init__(self, cmd, timeout=60, quiet=True):
        self.cmd = cmd
        self.timeout = timeout
        self.stderr = subprocess.DEVNULL if quiet else None
        self.p = None

    def start(self):
        if self.p is None or self.p.poll() is not None:
            self.p = subprocess.Popen(self.cmd, stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE,
                                      stderr=self.stderr)

    def __call__(self, program):
        """The answer to one program; nothing if there is none in time."""
        self.start()
        try:
            self.p.stdin.write(json.dumps(program).encode() + b"\n")
            self.p.stdin.flush()
            if not select.select([self.p.stdout], [], [], self.timeout)[0]:
                self.stop()
                return ""
            return self.p.stdout.readline().decode()
        except OSError:
            return ""

    def ask(self, programs):
        """The answers to many programs, in their order."""
        self.start()
        text = "".join(json.dumps(p) + "\n" for p in programs).encode()

        def write():
            self.p.stdin.write(text)
            self.p.stdin.flush()
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        answers = []
        for _ in programs:
            line = self.p.stdout.readline()
            if not line:
                sys.exit("%s ended early" % " ".join(self.cmd))
            answers.append(json.loads(line))
        writer.join()
        return answers

    def stop(self):
        if self.p is not None:
            self.p.kill()
            self.p.wait()
            self.p = None
