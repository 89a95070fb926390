package io.asyncio4j.web;

/// Code around the handling of every request: `(request, next) -> next.handle(request)`. Runs in
/// the request's task and may suspend. FastAPI: `@app.middleware("http")`.
@FunctionalInterface
public interface Middleware {
    /// Handles a request, mostly by `next`, or answers it itself.
    Response handle(Request request, Next next) throws Exception;
}
