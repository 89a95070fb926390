package io.asyncio4j.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Routes: paths and what answers them. The first that fits answers a request. FastAPI:
/// `APIRouter`.
///
/// Routes are added before the application is served, by one thread.
public sealed class Router permits WebApp {
    private final List<Route> routes = new ArrayList<>();

    Router() {}

    /// Returns a router without routes, to be included in another.
    public static Router create() {
        return new Router();
    }

    /// Adds a route for GET, and for HEAD, which gets the same without the body.
    ///
    /// @param path such as `/items/{id}`
    /// @throws IllegalArgumentException if the path is malformed, or the same method and path are
    ///     there already
    public Route get(String path, Handler handler) {
        return route("GET", path, handler);
    }

    /// Adds a route for POST, as [#get].
    public Route post(String path, Handler handler) {
        return route("POST", path, handler);
    }

    /// Adds a route for PUT, as [#get].
    public Route put(String path, Handler handler) {
        return route("PUT", path, handler);
    }

    /// Adds a route for PATCH, as [#get].
    public Route patch(String path, Handler handler) {
        return route("PATCH", path, handler);
    }

    /// Adds a route for DELETE, as [#get].
    public Route delete(String path, Handler handler) {
        return route("DELETE", path, handler);
    }

    /// Adds a route for HEAD in the place of that for GET, as [#get].
    public Route head(String path, Handler handler) {
        return route("HEAD", path, handler);
    }

    /// Adds a route for OPTIONS, as [#get]. Without one, OPTIONS is answered with the methods of
    /// the
    /// path.
    public Route options(String path, Handler handler) {
        return route("OPTIONS", path, handler);
    }

    /// Adds a route for TRACE, as [#get].
    public Route trace(String path, Handler handler) {
        return route("TRACE", path, handler);
    }

    /// Adds a route.
    ///
    /// @param method in the case that clients send
    /// @throws IllegalArgumentException as [#get], or if the method is no token
    public Route route(String method, String path, Handler handler) {
        Headers.of(method, "");
        return add(new Route(method, PathTemplate.of(path), Objects.requireNonNull(handler, "handler"), null));
    }

    /// Adds a route for WebSockets.
    ///
    /// @throws IllegalArgumentException as [#get]
    public Route websocket(String path, WebSocketHandler handler) {
        return add(new Route("WEBSOCKET", PathTemplate.of(path), null, Objects.requireNonNull(handler, "handler")));
    }

    private Route add(Route route) {
        for (Route known : routes) {
            if (known.toString().equals(route.toString())) {
                throw new IllegalArgumentException("There is a route for " + route + " already; remove one of them");
            }
        }
        routes.add(route);
        return route;
    }

    /// Adds the routes of another router.
    ///
    /// @throws IllegalArgumentException if one of them is here already
    public void include(Router router) {
        include("", router);
    }

    /// Adds the routes of another router, with `prefix` before their paths.
    ///
    /// @param prefix empty, or begins with a slash and does not end with one
    /// @throws IllegalArgumentException if the prefix is malformed, or a route is here already
    public void include(String prefix, Router router) {
        if (!prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "A prefix must begin with a slash and not end with one, but is '" + prefix + "'");
        }
        for (Route route : List.copyOf(router.routes)) {
            Route copy = new Route(route.method, PathTemplate.of(prefix + route.path), route.handler, route.socket);
            copy.status(route.status());
            add(route.isBlocking() ? copy.blocking() : copy);
        }
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + routes;
    }
}
