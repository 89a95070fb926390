import org.jspecify.annotations.NullMarked;

/// Web applications on the event loop: HTTP/1.1, HTTP/2, WebSockets and server-sent events.
@NullMarked
module io.asyncio4j.web {
    requires transitive io.asyncio4j;
    requires transitive io.asyncio4j.streams;
    requires static transitive org.jspecify;
    // The annotations of records and of path functions' parameters.
    requires transitive com.fasterxml.jackson.annotation;
    requires transitive jakarta.validation;
    // HPACK and the frames of HTTP/2.
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.codec.http2;
    // A program may set its mapper.
    requires transitive tools.jackson.databind;

    exports io.asyncio4j.web;
    exports io.asyncio4j.web.testing;
}
