package io.asyncio4j.web;

import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.web.binding.Mistakes;
import io.asyncio4j.web.binding.Scope;
import io.asyncio4j.web.http.Application;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.Percent;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.json.Json;
import io.asyncio4j.web.proxy.Proxies;
import io.asyncio4j.web.websocket.WebSocketSettings;
import io.asyncio4j.web.websocket.WebSockets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.ObjectMapper;

/// The application's side of a request: finds what it calls, calls it, and sends what it returns.
final class Dispatcher implements Application {
    private final WebSocketSettings sockets;
    private final Proxies proxies;
    private final Site site;

    /// @throws IllegalStateException with all that is wrong with the application's declarations
    Dispatcher(WebApp app, ServeOptions options) {
        this.sockets = new WebSocketSettings(options.limits(), new Mapper());
        this.proxies = new Proxies(options.trustedProxies(), options.unixSocket() != null);
        Mistakes mistakes = new Mistakes();
        this.site = new Site(app, mistakes);
        mistakes.throwIfAny();
    }

    /// The mapper for JSON. No lambda, as that would load the class of what it returns, and with it
    /// a part of Jackson.
    private static final class Mapper implements Supplier<ObjectMapper> {
        @Override
        public ObjectMapper get() {
            return Json.mapper();
        }
    }

    @Override
    public Call route(RequestHead request) {
        String method = request.upgrade().equals("websocket") ? "WEBSOCKET" : request.method();
        return new Found(site.find(method, Percent.decode(request.path(), false), request));
    }

    /// The call of what was found.
    private final class Found implements Call {
        private final Site.Found found;

        Found(Site.Found found) {
            this.found = found;
        }

        @Override
        public String name() {
            return found.name();
        }

        @Override
        public void serve(Exchange exchange) throws Exception {
            ObjectMapper mapper = found.site().mapper;
            if (mapper != null) {
                Json.choose(mapper);
            }
            Request request = new Request(exchange, found.params(), proxies);
            Scope scope = new Scope();
            request.source(type -> found.site().provided(type, request, scope));
            try {
                Site.SocketServing socket = found.socket();
                if (socket == null) {
                    answer(exchange, request, scope);
                } else {
                    serve(exchange, request, session -> socket.serve(request, session, scope));
                }
            } finally {
                scope.close();
            }
        }

        private void answer(Exchange exchange, Request request, Scope scope) throws Exception {
            Response response;
            try {
                response = found.answer(request, scope);
            } catch (HttpException | ValidationException ofMiddleware) {
                response = Site.usual(ofMiddleware);
            }
            List<VoidCoroutine> added = request.background().added();
            if (!added.isEmpty() || !response.afterwards().isEmpty()) {
                List<VoidCoroutine> afterwards = new ArrayList<>(response.afterwards());
                afterwards.addAll(added);
                exchange.afterwards(afterwards);
            }
            new Sending(exchange).send(response);
        }

        private void serve(Exchange exchange, Request request, WebSocketHandler handler) throws Exception {
            try {
                WebSockets.serve(exchange, request, sockets, handler);
            } catch (Exception thrown) {
                if (exchange.hasBegun() || thrown instanceof HttpError) {
                    throw thrown;
                }
                new Sending(exchange).send(found.site().onError(request, thrown));
            }
        }
    }
}
