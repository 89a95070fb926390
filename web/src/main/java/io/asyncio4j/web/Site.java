package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Generator;
import io.asyncio4j.web.binding.Compiler;
import io.asyncio4j.web.binding.Input;
import io.asyncio4j.web.binding.Mistakes;
import io.asyncio4j.web.binding.Place;
import io.asyncio4j.web.binding.Plan;
import io.asyncio4j.web.binding.Scope;
import io.asyncio4j.web.binding.Signature;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.Percent;
import io.asyncio4j.web.http.Reasons;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.json.Json;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/// An application that is ready to answer: its routes with all that happens between a request and
/// the call of a path function, compiled when it starts.
final class Site {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j.web");
    private static final Map<Class<?>, Function<Request, Object>> HTTP =
            Map.of(BackgroundTasks.class, Request::background);
    private static final Map<Class<?>, Function<Request, Object>> SOCKET =
            Map.of(WebSocketSession.class, Request::socket);

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final RouteTree tree;
    private final boolean redirectsSlashes;
    private final WebApp app;
    private @Nullable Map<String, Object> document;

    /// Plans for what is asked for in the midst of a call, by type.
    private final Map<Class<?>, Plan> provided = new HashMap<>();
    private final List<Middleware> middleware;

    /// The mapper for JSON; null for the library's own.
    final @Nullable ObjectMapper mapper;

    private final Map<Class<?>, WebApp.ErrorHandler<?>> errorHandlers;

    /// A route, and what its path function needs.
    ///
    /// @param plan null if it takes the request or the socket as it is
    /// @param below what is mounted, if it is an application
    /// @param name what the tasks of its requests are named after
    private record Endpoint(
            Route route, @Nullable Plan plan, @Nullable Site below, String name) {
        Endpoint(Route route, @Nullable Plan plan, @Nullable Site below) {
            this(route, plan, below, route.toString());
        }
    }

    /// The answering of a request.
    interface Answering {
        Response answer(Request request, Scope scope) throws Exception;
    }

    /// The serving of a WebSocket.
    interface SocketServing {
        void serve(Request request, WebSocketSession session, Scope scope) throws Exception;
    }

    /// The route or refusal that a request leads to.
    ///
    /// @param name what its task is named after
    /// @param params the parameters of the path
    /// @param socket null if it is no WebSocket
    /// @param site where it was found
    record Found(
            String name,
            Map<String, String> params,
            @Nullable Answering answering,
            @Nullable SocketServing socket,
            Site site) {
        Response answer(Request request, Scope scope) throws Exception {
            if (answering == null) {
                throw new IllegalStateException(name + " is a WebSocket");
            }
            return answering.answer(request, scope);
        }

        /// Returns what was found in a mounted application, as something of this one.
        private Found above(String prefix, Site outer) {
            int space = name.indexOf(' ');
            return new Found(
                    name.substring(0, space + 1) + prefix + name.substring(space + 1),
                    params,
                    answering == null ? null : outer.around(answering),
                    socket,
                    site);
        }
    }

    /// @param mistakes gets what is wrong with the application's declarations
    Site(WebApp app, Mistakes mistakes) {
        this(app, null, mistakes);
    }

    /// @param outer the mapper of the application that it is mounted in
    private Site(WebApp app, @Nullable ObjectMapper outer, Mistakes mistakes) {
        this.app = app;
        ObjectMapper own = app.options().objectMapper();
        this.mapper = own == null ? outer : own;
        List<Route> routes = new ArrayList<>();
        if (app.options().docs()) {
            routes.add(new Route(
                            "GET",
                            PathTemplate.of(app.options().openApiPath()),
                            new RouteTarget.OfHandler(_ -> own(document())))
                    .hidden());
            routes.addAll(new DocsPages(app.options()).routes());
        }
        routes.addAll(app.routes());
        this.tree = new RouteTree(routes);
        this.redirectsSlashes = app.options().redirectSlashes();
        this.middleware = app.middleware();
        this.errorHandlers = app.errorHandlers();
        Compiler compiler = new Compiler(app.providers(), mistakes);
        for (Route route : routes) {
            endpoints.add(endpoint(route, compiler, mistakes));
            warnIfHidden(route, endpoints.size() - 1);
        }
    }

    /// Returns the OpenAPI document.
    Map<String, Object> document() {
        Map<String, Object> made = document;
        if (made == null) {
            OpenApi openApi = new OpenApi(app.options(), app.providers());
            endpoints.forEach(endpoint -> openApi.add(endpoint.route, endpoint.plan));
            made = openApi.toMap();
            document = made;
        }
        return made;
    }

    private Endpoint endpoint(Route route, Compiler compiler, Mistakes mistakes) {
        Set<String> names = Set.copyOf(route.path.names);
        OpenApi.checkAnswers(route, mistakes);
        return switch (route.target) {
            case RouteTarget.OfFunction typed ->
                new Endpoint(route, compiler.compile(typed.signature(), names, HTTP), null);
            case RouteTarget.OfSocketFunction typed ->
                new Endpoint(route, compiler.compile(typed.signature(), names, SOCKET), null);
            case RouteTarget.OfMount mount
            when mount.mounted() instanceof WebApp app -> new Endpoint(route, null, new Site(app, mapper, mistakes));
            default -> new Endpoint(route, null, null);
        };
    }

    /// Tells of a route that no request reaches.
    private void warnIfHidden(Route route, int number) {
        String sample = route.path.sample();
        for (int candidate : tree.candidates(sample)) {
            if (candidate >= number) {
                return;
            }
            Route earlier = endpoints.get(candidate).route;
            if (earlier.method.equals(route.method) && !earlier.isMount() && earlier.path.match(sample) != null) {
                LOG.log(
                        Level.WARNING,
                        "No request reaches {0}, since {1} was declared before it and fits as well",
                        route,
                        earlier);
                return;
            }
        }
    }

    // ------------------------------------------------------------------ routing

    /// Returns what answers a request.
    ///
    /// @param path the decoded path below this application
    Found find(String method, String path, RequestHead head) {
        Set<String> allowed = Set.of();
        Found forHead = null;
        for (int number : tree.candidates(path)) {
            Endpoint endpoint = endpoints.get(number);
            Route route = endpoint.route;
            if (route.isMount()) {
                String prefix = route.path.text;
                if (isBelow(path, prefix)) {
                    return mounted(endpoint, method, path.substring(prefix.length()), head);
                }
                continue;
            }
            Map<String, String> params = route.path.match(path);
            if (params == null) {
                continue;
            }
            if (route.method.equals(method)) {
                return found(endpoint, method, params);
            }
            if (route.method.equals("GET") && method.equals("HEAD") && forHead == null) {
                forHead = found(endpoint, method, params);
            }
            if (allowed.isEmpty()) {
                allowed = new LinkedHashSet<>();
            }
            allowed.add(route.method);
        }
        return forHead != null ? forHead : refusal(method, path, head, allowed);
    }

    private Found mounted(Endpoint endpoint, String method, String rest, RequestHead head) {
        String prefix = endpoint.route.path.text;
        if (endpoint.below != null) {
            return endpoint.below.find(method, rest, head).above(prefix, this);
        }
        RouteTarget.OfMount mount = (RouteTarget.OfMount) endpoint.route.target;
        StaticFiles files = (StaticFiles) mount.mounted();
        return new Found(
                method + " " + prefix, Map.of(), around((request, _) -> files.answer(request, rest)), null, this);
    }

    private Found found(Endpoint endpoint, String method, Map<String, String> params) {
        Route route = endpoint.route;
        Plan plan = endpoint.plan;
        String name = method.equals(route.method) ? endpoint.name : method + " " + route.path;
        return switch (route.target) {
            case RouteTarget.OfHandler plain ->
                new Found(name, params, around((request, _) -> answer(route, request, plain.handler())), null, this);
            case RouteTarget.OfSocket plain ->
                new Found(name, params, null, (_, session, _) -> plain.handler().handle(session), this);
            case RouteTarget.OfSocketFunction _
            when plan != null ->
                new Found(
                        name,
                        params,
                        null,
                        (request, session, scope) -> {
                            request.socket(session);
                            plan.call(plan.read(request, scope));
                        },
                        this);
            default ->
                new Found(name, params, around((request, scope) -> answer(route, plan, request, scope)), null, this);
        };
    }

    private Found refusal(String method, String path, RequestHead head, Set<String> found) {
        Set<String> methods = new LinkedHashSet<>(found);
        methods.remove("WEBSOCKET");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        String allow = String.join(", ", methods);
        if (head.path().equals("*") || (!methods.isEmpty() && method.equals("OPTIONS"))) {
            Response options = Response.empty();
            return answered(head, methods.isEmpty() ? options : options.header("allow", allow));
        }
        if (found.isEmpty()) {
            String other = otherSlash(path);
            return redirectsSlashes && !other.isEmpty() && fits(other)
                    ? answered(head, Response.redirect(moved(head)))
                    : refused(head, new HttpException(404));
        }
        return refused(
                head,
                methods.isEmpty()
                        ? new HttpException(426, "This is a WebSocket").header("upgrade", "websocket")
                        : new HttpException(405).header("allow", allow));
    }

    /// Returns whether a path has a route, whatever its method.
    private boolean fits(String path) {
        for (int number : tree.candidates(path)) {
            Route route = endpoints.get(number).route;
            if (route.isMount() ? isBelow(path, route.path.text) : route.path.match(path) != null) {
                return true;
            }
        }
        return false;
    }

    /// Returns whether a path is for what is mounted at `prefix`; as in Starlette, one with a line
    /// feed is not.
    private static boolean isBelow(String path, String prefix) {
        return path.startsWith(prefix + "/") && path.indexOf('\n') < 0;
    }

    /// Returns a path without the slashes at its end; with one if it has none.
    private static String otherSlash(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == path.length() ? path + "/" : path.substring(0, end);
    }

    private static String moved(RequestHead head) {
        String path = Percent.decode(head.path(), false);
        String other = otherSlash(path);
        return head.scheme() + "://" + head.authority() + other + (head.query().isEmpty() ? "" : "?" + head.query());
    }

    private Found answered(RequestHead head, Response response) {
        return new Found(head.method() + " " + response.status(), Map.of(), around((_, _) -> response), null, this);
    }

    private Found refused(RequestHead head, HttpException refusal) {
        return new Found(
                head.method() + " " + refusal.status(),
                Map.of(),
                around((_, _) -> {
                    throw refusal;
                }),
                null,
                this);
    }

    // ------------------------------------------------------------------ what is provided

    /// Returns the request's object of a type that is provided.
    ///
    /// @throws IllegalStateException if nobody provides it
    Object provided(Class<?> type, Request request, Scope scope) throws Exception {
        Plan plan = provided.get(type);
        if (plan == null) {
            Mistakes mistakes = new Mistakes();
            List<Input> inputs = List.of(Input.of(Place.PROVIDED, type.getSimpleName(), type, false));
            Signature signature = new Signature.OfInputs("Request.get", inputs, arguments -> arguments[0]);
            plan = new Compiler(app.providers(), mistakes).compile(signature, Set.of(), HTTP);
            mistakes.throwIfAny();
            provided.put(type, plan);
        }
        return Objects.requireNonNull(plan.call(plan.read(request, scope)), "the provider of " + type + " gave null");
    }

    // ------------------------------------------------------------------ answers

    private static Response answer(Route route, @Nullable Plan plan, Request request, Scope scope) throws Exception {
        if (plan == null) {
            throw new IllegalStateException(route + " was not prepared");
        }
        @Nullable Object[] arguments = plan.read(request, scope);
        Object result = route.isBlocking() ? Asyncio.toThread(() -> plan.call(arguments)) : plan.call(arguments);
        return response(result, route);
    }

    private static Response answer(Route route, Request request, Handler handler) throws Exception {
        Object result = route.isBlocking() ? Asyncio.toThread(() -> handler.handle(request)) : handler.handle(request);
        return response(result, route);
    }

    /// Returns the answer for what a path function has returned.
    private static Response response(@Nullable Object result, Route route) {
        return switch (result) {
            case Response made -> made;
            case byte[] bytes -> Response.bytes(bytes).status(route.status());
            case Path file -> Response.file(file).status(route.status());
            case Generator<?> items -> Items.response(items).status(route.status());
            case null, default ->
                Reasons.hasNoBody(route.status())
                        ? Response.empty().status(route.status()).type("application/json")
                        : Response.json(result).status(route.status());
        };
    }

    /// Returns `answering` with the middleware and the error handlers around it.
    private Answering around(Answering answering) {
        return (request, scope) -> {
            Next inner = innermost -> handled(answering, innermost, scope);
            return middleware.isEmpty() ? inner.handle(request) : through(middleware.size() - 1, request, inner);
        };
    }

    private Response through(int index, Request request, Next inner) throws Exception {
        return index < 0
                ? inner.handle(request)
                : middleware.get(index).handle(request, next -> through(index - 1, next, inner));
    }

    private Response handled(Answering answering, Request request, Scope scope) throws Exception {
        try {
            return answering.answer(request, scope);
        } catch (CancelledError | HttpError passed) {
            throw passed;
        } catch (UncheckedIOException streamed) {
            if (streamed.getCause() instanceof HttpError wrong) {
                throw wrong;
            }
            return onError(request, streamed);
        } catch (Exception thrown) {
            return onError(request, thrown);
        }
    }

    @SuppressWarnings("unchecked") // a handler is registered with the class of what it takes
    <E extends Exception> Response onError(Request request, E thrown) throws Exception {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            WebApp.ErrorHandler<?> handler = errorHandlers.get(type);
            if (handler != null) {
                return ((WebApp.ErrorHandler<E>) handler).handle(request, thrown);
            }
        }
        return usual(thrown);
    }

    /// Returns the answer to an exception of this package, and throws others.
    static <E extends Exception> Response usual(E thrown) throws E {
        return switch (thrown) {
            case HttpException refusal -> {
                int status = refusal.status();
                Object detail = refusal.detail() == null ? Reasons.of(status) : refusal.detail();
                Response response =
                        Reasons.hasNoBody(status) ? Response.empty().status(status) : failure(status, detail);
                for (Map.Entry<String, String> header : refusal.headers().entries()) {
                    response = response.header(header.getKey(), header.getValue());
                }
                yield response;
            }
            case ValidationException invalid ->
                own(Map.of("detail", invalid.errors())).status(422);
            default -> throw thrown;
        };
    }

    private static Response failure(int status, @Nullable Object detail) {
        if (detail instanceof String text
                && text.chars().allMatch(Site::isPlain)) { // without Jackson, which loads long
            byte[] json = ("{\"detail\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
            return Response.bytes(json).type("application/json").status(status);
        }
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("detail", detail);
        return Response.json(body).status(status);
    }

    /// Returns an answer whose form is the library's.
    private static Response own(Object value) {
        return Response.bytes(Json.own().writeValueAsBytes(value)).type("application/json");
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }
}
