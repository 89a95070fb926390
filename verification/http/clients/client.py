"""Python's clients against the server at the URL in the arguments: http.client, urllib, asyncio and, where there is one, websockets."""

import asyncio
import http.client
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit

base = sys.argv[1]
address = urlsplit(base)

connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
for i in range(5):
    connection.request("POST", "/count", body=(b"a" * 1000 for _ in range(i)), encode_chunked=True,
                       headers={"Transfer-Encoding": "chunked"})
    assert connection.getresponse().read() == b"%d" % (1000 * i)
sock = connection.sock
connection.request("HEAD", "/hello")
answer = connection.getresponse()
assert (answer.status, answer.getheader("content-length"), answer.read()) == (200, "5", b"")
connection.request("GET", "/big?n=3000000")
assert len(connection.getresponse().read()) == 3_000_000
assert connection.sock is sock, "the connection is kept"
connection.close()

body = bytes(range(256)) * 1000
assert urllib.request.urlopen(urllib.request.Request(base + "/echo", data=body, method="PUT"), timeout=20).read() == body
assert len(urllib.request.urlopen(base + "/stream?chunks=20&size=1000&ms=5", timeout=20).read()) == 20_000
try:
    urllib.request.urlopen(base + "/echo", data=b"x" * 1_100_000, timeout=20)
    raise AssertionError("a body of 1.1 MB is too large")
except urllib.error.HTTPError as error:
    assert error.code == 413, error


async def pipelined():
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(b"".join(b"GET /tag/%d HTTP/1.1\r\nHost: t\r\n\r\n" % i for i in range(100)))
    for i in range(100):
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ") and b"content-length: %d\r\n" % len(str(i)) in head.lower(), head
        assert await reader.readexactly(len(str(i))) == b"%d" % i
    writer.close()
    await writer.wait_closed()


async def web_sockets():
    try:
        import websockets
    except ImportError:
        return
    async with websockets.connect(base.replace("http", "ws", 1) + "/ws") as socket:
        await socket.send("hello")
        assert await socket.recv() == "hello"
        await socket.send(body[:60_000])
        assert await socket.recv() == body[:60_000]


asyncio.run(pipelined())
asyncio.run(web_sockets())
print("done")
