package io.asyncio4j.web;

import org.jspecify.annotations.Nullable;

/// A path function in functional form. Runs in a task of its own for each request. FastAPI: a path
/// function with a parameter of type `Request`.
@FunctionalInterface
public interface Handler {
    /// Answers a request. May suspend.
    ///
    /// @return a [Response]; a string, a record, a map, a collection, a number or null, which
    ///     become JSON; bytes; a path, which becomes the file; a [io.asyncio4j.Generator] of
    ///     server-sent events, of bytes, or of anything else, which becomes JSON Lines
    /// @throws HttpException to answer with its status
    /// @throws Exception whatever went wrong; the client gets status 500
    @Nullable
    Object handle(Request request) throws Exception;
}
