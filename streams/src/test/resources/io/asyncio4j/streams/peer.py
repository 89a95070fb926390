"""A peer by Python's asyncio: `peer.py client|server PORT [CERTIFICATE KEY]`.

The client sends lines and checks that they come back. The server sends lines back, tells its port
first, and ends with its first connection.
"""
import asyncio
import ssl
import sys

LINES = [b"line %d\n" % number for number in range(100)] + [b"x" * 60000 + b"\n"]


async def client(port, context):
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname="localhost" if context else None)
    for line in LINES:
        writer.write(line)
        await writer.drain()
        assert await reader.readline() == line
    if writer.can_write_eof():
        writer.write_eof()
        assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    print("all came back")


async def server(context):
    served = asyncio.Event()

    async def echo(reader, writer):
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
        served.set()

    listening = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=context)
    async with listening:
        print(listening.sockets[0].getsockname()[1], flush=True)
        await served.wait()


def main(role, port, certificate=None, key=None):
    context = None
    if certificate and role == "client":
        context = ssl.create_default_context(cafile=certificate)
    elif certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
    asyncio.run(client(int(port), context) if role == "client" else server(context))


main(*sys.argv[1:])
