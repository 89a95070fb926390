package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.CancelledError;
import io.asyncio4j.Generator;
import io.asyncio4j.web.http.Application;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.websocket.WebSocketSettings;
import io.asyncio4j.web.websocket.WebSockets;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The application's side of a request: finds the route, calls the handler within the middleware,
/// and sends what it returns.
final class Dispatcher implements Application {
    static final Response NOT_FOUND = refusal(404, "Not Found");
    private static final Response NOT_ALLOWED = refusal(405, "Method Not Allowed");
    private static final Response ONLY_WEBSOCKET =
            refusal(426, "This is a WebSocket").header("upgrade", "websocket");

    private final WebSocketSettings sockets;
    private final Proxies proxies;
    private final List<Route> routes;

    /// The routes with parameters, and for each path without any its routes; both by their number.
    private final List<Integer> patterns = new ArrayList<>();

    private final Map<String, List<Integer>> literals = new HashMap<>();
    private final List<Middleware> middleware;
    private final Map<Class<?>, WebApp.ErrorHandler<?>> errorHandlers;

    Dispatcher(WebApp app, ServeOptions options) {
        this.sockets = new WebSocketSettings(options.limits(), Json::mapper);
        this.proxies = new Proxies(options);
        this.routes = app.routes();
        this.middleware = app.middleware();
        this.errorHandlers = app.errorHandlers();
        for (int i = 0; i < routes.size(); i++) {
            PathTemplate path = routes.get(i).path;
            if (path.isLiteral()) {
                literals.computeIfAbsent(path.text, _ -> new ArrayList<>()).add(i);
            } else {
                patterns.add(i);
            }
        }
    }

    /// Returns a fixed answer. Written without Jackson, whose loading would hold up the loop.
    private static Response refusal(int status, String detail) {
        byte[] json = ("{\"detail\":\"" + detail + "\"}").getBytes(StandardCharsets.UTF_8);
        return Response.bytes(json).type("application/json").status(status);
    }

    static Response failure(int status, @Nullable Object detail) {
        Map<String, @Nullable Object> body = new HashMap<>();
        body.put("detail", detail);
        return Response.json(body).status(status);
    }

    // ------------------------------------------------------------------ routing

    @Override
    public Call route(RequestHead request) {
        String path = Percent.decode(request.path(), false);
        String method = request.upgrade().equals("websocket") ? "WEBSOCKET" : request.method();
        Set<String> allowed = new LinkedHashSet<>();
        Found head = null;
        Iterator<Integer> candidates = candidates(path);
        while (candidates.hasNext()) {
            Route route = routes.get(candidates.next());
            Map<String, String> params = route.path.match(path);
            if (params == null) {
                continue;
            }
            if (route.method.equals(method)) {
                return call(route.toString(), route, params);
            }
            if (route.method.equals("GET") && method.equals("HEAD") && head == null) {
                head = new Found(route, params);
            }
            allowed.add(route.method);
        }
        if (head != null) {
            return call("HEAD " + head.route.path, head.route, head.params);
        }
        return refusal(request, method, allowed);
    }

    private record Found(Route route, Map<String, String> params) {}

    /// Returns the numbers of the routes that may fit, in their order.
    private Iterator<Integer> candidates(String path) {
        List<Integer> exact = literals.getOrDefault(path, List.of());
        if (patterns.isEmpty()) {
            return exact.iterator();
        }
        if (exact.isEmpty()) {
            return patterns.iterator();
        }
        List<Integer> both = new ArrayList<>(patterns);
        both.addAll(exact);
        both.sort(null);
        return both.iterator();
    }

    private Call refusal(RequestHead request, String method, Set<String> found) {
        Set<String> allowed = new LinkedHashSet<>(found);
        allowed.remove("WEBSOCKET");
        if (request.path().equals("*") || (!allowed.isEmpty() && method.equals("OPTIONS"))) {
            return answer(request, allow(Response.empty(), allowed));
        }
        if (found.isEmpty()) {
            return answer(request, NOT_FOUND);
        }
        if (allowed.isEmpty()) {
            return answer(request, ONLY_WEBSOCKET);
        }
        return answer(request, allow(NOT_ALLOWED, allowed));
    }

    private static Response allow(Response response, Set<String> methods) {
        if (methods.isEmpty()) {
            return response;
        }
        Set<String> all = new LinkedHashSet<>(methods);
        if (all.contains("GET")) {
            all.add("HEAD");
        }
        return response.header("allow", String.join(", ", all));
    }

    // ------------------------------------------------------------------ calls

    private interface Answering {
        Response answer(Request request) throws Exception;
    }

    private Call answer(RequestHead head, Response response) {
        return new HandlerCall(head.method() + " " + response.status(), Map.of(), _ -> response);
    }

    private Call call(String name, Route route, Map<String, String> params) {
        WebSocketHandler socket = route.socket;
        if (socket != null) {
            return new SocketCall(name, params, socket);
        }
        Handler handler = Objects.requireNonNull(route.handler);
        return new HandlerCall(name, params, request -> {
            Object result =
                    route.isBlocking() ? Asyncio.toThread(() -> handler.handle(request)) : handler.handle(request);
            return response(result, route);
        });
    }

    /// Returns the answer for what a handler has returned.
    private static Response response(@Nullable Object result, Route route) {
        Response response = switch (result) {
            case Response made -> made;
            case byte[] bytes -> Response.bytes(bytes).status(route.status());
            case Path file -> Response.file(file).status(route.status());
            case Generator<?> items -> Items.response(items).status(route.status());
            case null, default -> Response.json(result).status(route.status());
        };
        return response;
    }

    private final class SocketCall implements Call {
        private final String name;
        private final Map<String, String> params;
        private final WebSocketHandler handler;

        SocketCall(String name, Map<String, String> params, WebSocketHandler handler) {
            this.name = name;
            this.params = params;
            this.handler = handler;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void serve(Exchange exchange) throws Exception {
            Request request = new Request(exchange, params, proxies);
            try {
                WebSockets.serve(exchange, request, sockets, handler);
            } catch (Exception thrown) {
                if (exchange.hasBegun() || thrown instanceof HttpError) {
                    throw thrown;
                }
                new Sending(exchange).send(onError(request, thrown));
            }
        }
    }

    private final class HandlerCall implements Call {
        private final String name;
        private final Map<String, String> params;
        private final Answering answering;

        HandlerCall(String name, Map<String, String> params, Answering answering) {
            this.name = name;
            this.params = params;
            this.answering = answering;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void serve(Exchange exchange) throws Exception {
            Request request = new Request(exchange, params, proxies);
            Response response = middleware.isEmpty() ? handle(request) : through(middleware.size() - 1, request);
            exchange.afterwards(response.afterwards());
            new Sending(exchange).send(response);
        }

        private Response through(int index, Request request) throws Exception {
            if (index < 0) {
                return handle(request);
            }
            return middleware.get(index).handle(request, next -> through(index - 1, next));
        }

        private Response handle(Request request) throws Exception {
            try {
                return answering.answer(request);
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
    }

    @SuppressWarnings("unchecked") // a handler is registered with the class of what it takes
    private <E extends Exception> Response onError(Request request, E thrown) throws Exception {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            WebApp.ErrorHandler<?> handler = errorHandlers.get(type);
            if (handler != null) {
                return ((WebApp.ErrorHandler<E>) handler).handle(request, thrown);
            }
        }
        if (thrown instanceof HttpException answer) {
            Response response = failure(answer.status(), answer.detail());
            for (Map.Entry<String, String> header : answer.headers().entries()) {
                response = response.header(header.getKey(), header.getValue());
            }
            return response;
        }
        throw thrown;
    }
}
