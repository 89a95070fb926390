"""The requests that are sent, and the check that all servers answer them alike."""
import json
import re
import socket

HEADERS = ("host: localhost\r\nuser-agent: Mozilla/5.0 (X11; Linux x86_64) Load/1.0\r\n"
           "accept: text/html,application/json;q=0.9,*/*;q=0.8\r\naccept-language: en-US,en;q=0.5\r\n")
ITEM = {"name": "Bolt M8", "price": 42.5, "quantity": 3, "tags": ["steel", "metric"]}
ANSWER = {"id": 7, "q": "in stock", "name": "Bolt M8", "total": 127.5}


def get(path):
    return f"GET {path} HTTP/1.1\r\n{HEADERS}\r\n".encode()


def post(path, body):
    text = json.dumps(body, separators=(",", ":"))
    return (f"POST {path} HTTP/1.1\r\n{HEADERS}content-type: application/json\r\ncontent-length: {len(text)}\r\n\r\n"
            + text).encode()


REQUESTS = {
    "plaintext": get("/plaintext"),
    "items": post("/items/7?q=in%20stock", ITEM),
    "stored": post("/stored/7?q=in%20stock", ITEM),
}
BODIES = {
    "plaintext": "Hello, World!",
    "items": dict(ANSWER, tags=["steel", "metric"]),
    "stored": dict(ANSWER, stock=21),
}

# What must be refused by a route that validates, with a status from 400 to 499.
WRONG = [("/PATH/seven?q=a", ITEM), ("/PATH/7", ITEM), ("/PATH/7?q=a", dict(ITEM, price=-1)),
         ("/PATH/7?q=a", dict(ITEM, name="")), ("/PATH/7?q=a", dict(ITEM, quantity=0)),
         ("/PATH/7?q=a", {"name": "Bolt"})]


class Different(Exception):
    """A server does not answer as it should; says how."""


def check(server, route):
    """Asks the server; returns its raw answer and where the date stands in it, FROM-TO."""
    raw, status, kind, body = ask(server, REQUESTS[route])
    expected = BODIES[route]
    if status != 200:
        raise Different(f"status {status} from /{route}")
    if route == "plaintext":
        if not kind.startswith("text/plain") or body != expected.encode():
            raise Different(f"/plaintext answers {kind}, {body[:100]!r}")
    else:
        if not kind.startswith("application/json") or json.loads(body) != expected:
            raise Different(f"/{route} answers {kind}, {body[:200]!r}")
        for path, item in WRONG:
            wrong = ask(server, post(path.replace("PATH", route), item))[1]
            if not 400 <= wrong < 500:
                raise Different(f"status {wrong} for {path.replace('PATH', route)} with {item}")
    date = re.search(rb"\r\ndate: ([^\r]*)\r\n", raw, re.IGNORECASE)
    if not date:
        raise Different("an answer without a date")
    return raw, f"{date.start(1)}-{date.end(1)}"


def ask(server, request):
    """The raw answer, its status, type and body."""
    with socket.create_connection(("127.0.0.1", server.port), 10) as client:
        client.settimeout(10)
        client.sendall(request)
        file = client.makefile("rb")
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = file.readline()
            if not line:
                raise Different(f"the connection ends after {head!r}")
            head += line
        headers = {name.strip().lower(): value.strip()
                   for name, _, value in (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])}
        raw, body = rest(file, headers)
        return head + raw, int(head.split(b" ")[1]), headers.get("content-type", ""), body


def rest(file, headers):
    if headers.get("transfer-encoding") == "chunked":
        raw = body = b""
        while True:
            line = file.readline()
            size = int(line.split(b";")[0], 16)
            data = file.read(size + 2)
            raw += line + data
            body += data[:-2]
            if not size:
                return raw, body
    body = file.read(int(headers.get("content-length", 0)))
    return body, body
