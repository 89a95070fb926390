package io.asyncio4j.web;

/// The rest of the handling of a request, behind a [Middleware].
@FunctionalInterface
public interface Next {
    /// Handles a request. May suspend.
    Response handle(Request request) throws Exception;
}
