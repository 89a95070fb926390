package io.asyncio4j.web;

import org.jspecify.annotations.Nullable;

/// A maker of objects for requests: see [WebApp#provide(Class, Provider)]. FastAPI: a function that
/// is given to `Depends`.
///
/// @param <T> the type of the objects
@FunctionalInterface
public interface Provider<T extends @Nullable Object> {
    /// Returns an object for a request. Runs in the request's task, once for each request that
    /// needs it, and may suspend.
    ///
    /// @throws HttpException to answer the request with its status
    T get(Request request) throws Exception;
}
