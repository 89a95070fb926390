package io.asyncio4j.web;

/// The rest of the handling of a request, behind a [Middleware]. FastAPI: `call_next`.
@FunctionalInterface
public interface Next {
    /// Handles a request. May suspend. What a path function throws has become an answer by then,
    /// if there is a handler for it: see [WebApp#onError].
    ///
    /// @throws Exception what a path function or another middleware throws otherwise
    Response handle(Request request) throws Exception;
}
