package io.asyncio4j.web.http2;

/// A request that breaks the rules of HTTP/2. Its stream is reset; the connection goes on.
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
        super(message);
    }
}
