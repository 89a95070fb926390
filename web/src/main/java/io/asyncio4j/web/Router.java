package io.asyncio4j.web;

import io.asyncio4j.web.binding.Input;
import io.asyncio4j.web.binding.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Routes: paths and what answers them. The first that fits answers a request. FastAPI:
/// `APIRouter`.
///
/// A path is a template as FastAPI's: `{id}` stands for a part without a slash, `{rest:path}` for
/// all that follows. In a router that is included with a prefix it may be empty. Routes are added
/// before the application is served, by one thread.
public sealed class Router extends TypedRoutes permits WebApp {
    private final List<Route> routes = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

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
    /// the path.
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
        return add(method, path, new RouteTarget.OfHandler(Objects.requireNonNull(handler, "handler")));
    }

    @Override
    Route typed(String method, String path, List<Parameter<?>> parameters, Erased handler) {
        Objects.requireNonNull(handler, "handler");
        List<Input> inputs = parameters.stream().map(Parameter::input).toList();
        return add(
                method,
                path,
                new RouteTarget.OfFunction(new Signature.OfInputs(method + " " + path, inputs, handler::handle)));
    }

    /// Adds a route for WebSockets.
    ///
    /// @throws IllegalArgumentException as [#get]
    public Route websocket(String path, WebSocketHandler handler) {
        return add("WEBSOCKET", path, new RouteTarget.OfSocket(Objects.requireNonNull(handler, "handler")));
    }

    /// Adds the path functions of objects: their methods with [Get], [Post] and so on, in the order
    /// in which they stand in the source.
    ///
    /// What is wrong with their parameters is told when the application starts.
    ///
    /// @throws IllegalArgumentException if a class has none, a path is malformed, or the same
    ///     method and path are there already
    public void routes(Object... objects) {
        for (Object object : objects) {
            AnnotatedRoutes.of(object).forEach(this::add);
        }
    }

    private Route add(String method, String path, RouteTarget target) {
        Headers.of(method, "");
        return add(new Route(method, PathTemplate.of(path), target));
    }

    Route add(Route route) {
        if (!known.add(route.toString())) {
            throw new IllegalArgumentException("There is a route for " + route + " already; remove one of them");
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
        checkPrefix(prefix);
        for (Route route : List.copyOf(router.routes)) {
            add(route.below(prefix));
        }
    }

    /// Has an application answer all paths below one, as if they began there; it has error
    /// handlers, middleware and providers of its own. FastAPI: `mount`.
    ///
    /// @param path begins with a slash and does not end with one
    /// @throws IllegalArgumentException if the path is malformed or has parameters
    public void mount(String path, WebApp app) {
        mounted(path, app);
    }

    /// Serves the files of a folder below a path, as [#mount(String, WebApp)].
    public void mount(String path, StaticFiles files) {
        mounted(path, files);
    }

    private void mounted(String path, RouteTarget.Mounted mounted) {
        checkPrefix(path);
        PathTemplate template = PathTemplate.of(path);
        if (!template.isLiteral()) {
            throw new IllegalArgumentException("The path of a mount must have no parameters, but is '" + path + "'");
        }
        add(new Route("MOUNT", template, new RouteTarget.OfMount(mounted)));
    }

    static void checkPrefix(String prefix) {
        if (!prefix.isEmpty() && (!prefix.startsWith("/") || prefix.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "A prefix must begin with a slash and not end with one, but is '" + prefix + "'");
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
