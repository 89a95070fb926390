"""Answers as a bare ASGI application."""

TEXT = b"Hello, World!"
HEADERS = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"13")]


async def application(scope, receive, send):
    if scope["type"] == "http":
        found = scope["path"] == "/plaintext"
        await send({"type": "http.response.start", "status": 200 if found else 404,
                    "headers": HEADERS if found else [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": TEXT if found else b""})
