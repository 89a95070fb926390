"""Echoes on CPython's streams: echo_asyncio.py PORT asyncio|uvloop"""
import asyncio
import sys


async def echo(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def main(port):
    server = await asyncio.start_server(echo, "127.0.0.1", port, backlog=1024)
    print("listening", port, flush=True)
    await server.serve_forever()


def loop_factory():
    if sys.argv[2] == "uvloop":
        import uvloop
        return uvloop.new_event_loop
    return None     # asyncio's own


with asyncio.Runner(loop_factory=loop_factory()) as runner:
    runner.run(main(int(sys.argv[1])))
