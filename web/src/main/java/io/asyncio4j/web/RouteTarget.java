package io.asyncio4j.web;

import io.asyncio4j.web.binding.Signature;

/// The target of a route, as it was declared.
sealed interface RouteTarget {
    /// A function of the request.
    record OfHandler(Handler handler) implements RouteTarget {}

    /// A function of parameters.
    record OfFunction(Signature signature) implements RouteTarget {}

    /// A function of a WebSocket.
    record OfSocket(WebSocketHandler handler) implements RouteTarget {}

    /// A function of parameters, one of which is the WebSocket.
    record OfSocketFunction(Signature signature) implements RouteTarget {}

    /// All paths below.
    record OfMount(Mounted mounted) implements RouteTarget {}

    /// The target of all paths below one.
    sealed interface Mounted permits WebApp, StaticFiles {}

    /// Returns whether it is for WebSockets alone.
    default boolean isSocket() {
        return this instanceof OfSocket || this instanceof OfSocketFunction;
    }
}
