package io.asyncio4j.web;

import io.asyncio4j.web.binding.AnnotatedMethods;
import io.asyncio4j.web.binding.Signature;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The path functions among the methods of an object.
final class AnnotatedRoutes {
    private final Object object;
    private final Class<?> type;
    private final String prefix;

    private AnnotatedRoutes(Object object) {
        this.object = Objects.requireNonNull(object, "object");
        this.type = object.getClass();
        Prefix declared = type.getAnnotation(Prefix.class);
        this.prefix = declared == null ? "" : declared.value();
    }

    /// Returns their routes, in the order of the source.
    ///
    /// @throws IllegalArgumentException if there are none, or a path is malformed
    static List<Route> of(Object object) {
        return new AnnotatedRoutes(object).routes();
    }

    private List<Route> routes() {
        try {
            Router.checkPrefix(prefix);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(type.getName() + ": " + wrong.getMessage(), wrong);
        }
        List<Route> routes = new ArrayList<>();
        for (Method method : AnnotatedMethods.of(type)) {
            for (Annotation annotation : method.getDeclaredAnnotations()) {
                Mapping mapping = mapping(annotation);
                if (mapping != null) {
                    routes.add(route(method, mapping));
                }
            }
        }
        if (routes.isEmpty()) {
            throw new IllegalArgumentException(type.getName() + " has no path functions; annotate its methods with"
                    + " @Get(\"/path\"), @Post or another of that kind");
        }
        return routes;
    }

    /// A method and a path.
    private record Mapping(String method, String path) {}

    private static @Nullable Mapping mapping(Annotation annotation) {
        return switch (annotation) {
            case Get get -> new Mapping("GET", get.value());
            case Post post -> new Mapping("POST", post.value());
            case Put put -> new Mapping("PUT", put.value());
            case Patch patch -> new Mapping("PATCH", patch.value());
            case Delete delete -> new Mapping("DELETE", delete.value());
            case Head head -> new Mapping("HEAD", head.value());
            case Options options -> new Mapping("OPTIONS", options.value());
            case Trace trace -> new Mapping("TRACE", trace.value());
            case WebSocket socket -> new Mapping("WEBSOCKET", socket.value());
            default -> null;
        };
    }

    private Route route(Method method, Mapping mapping) {
        Signature signature = AnnotatedMethods.signature(object, method);
        RouteTarget target = mapping.method.equals("WEBSOCKET")
                ? new RouteTarget.OfSocketFunction(signature)
                : new RouteTarget.OfFunction(signature);
        Route route;
        try {
            route = new Route(mapping.method, PathTemplate.of(prefix + mapping.path), target);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(signature.name() + ": " + wrong.getMessage(), wrong);
        }
        route.name(method.getName());
        describe(route, method);
        return route;
    }

    private void describe(Route route, Method method) {
        Status status = method.getAnnotation(Status.class);
        if (status != null) {
            route.status(status.value());
        }
        if (method.isAnnotationPresent(Blocking.class) || type.isAnnotationPresent(Blocking.class)) {
            route.blocking();
        }
        Summary summary = method.getAnnotation(Summary.class);
        if (summary != null) {
            route.summary(summary.value());
        }
        Description description = method.getAnnotation(Description.class);
        if (description != null) {
            route.description(description.value());
        }
        Tags tags = method.isAnnotationPresent(Tags.class)
                ? method.getAnnotation(Tags.class)
                : type.getAnnotation(Tags.class);
        if (tags != null) {
            route.tags(tags.value());
        }
        OperationId id = method.getAnnotation(OperationId.class);
        route.operationId(id == null ? method.getName() : id.value());
        if (method.isAnnotationPresent(Hidden.class) || type.isAnnotationPresent(Hidden.class)) {
            route.hidden();
        }
        if (method.isAnnotationPresent(Deprecated.class)) {
            route.deprecated();
        }
        for (Responds responds : method.getAnnotationsByType(Responds.class)) {
            route.responds(responds.status(), responds.body(), responds.description());
        }
    }
}
