package io.asyncio4j.web;

import io.asyncio4j.Generator;
import io.asyncio4j.web.binding.Signature;
import io.asyncio4j.web.json.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/// The loading of what writes and reads JSON, in a thread beside the start of a server: the first
/// request would block the loop for as long as it takes.
final class Preloading {
    private static final Map<String, Object> SAMPLE = Map.of("a", List.of("b", 1, 1.5, true));

    private Preloading() {}

    /// Begins, if the application has path functions, whose results are JSON mostly.
    static void begin(WebApp app) {
        ObjectMapper chosen = app.options().objectMapper();
        List<Type> types = new ArrayList<>();
        boolean typed = collect(app, types);
        if (typed) {
            Thread.ofPlatform().daemon().name("asyncio4j-preloading").start(() -> {
                ObjectMapper mapper = chosen == null ? Json.own() : chosen;
                load(mapper, types);
            });
        }
    }

    /// Returns whether there are path functions with declared parameters.
    private static boolean collect(WebApp app, List<Type> types) {
        boolean typed = false;
        for (Route route : app.routes()) {
            switch (route.target) {
                case RouteTarget.OfFunction(Signature signature) -> {
                    typed = true;
                    if (signature instanceof Signature.OfMethod method) {
                        types.add(method.method().getGenericReturnType());
                    }
                }
                case RouteTarget.OfMount(WebApp mounted) -> typed |= collect(mounted, types);
                default -> {}
            }
        }
        return typed;
    }

    private static void load(ObjectMapper mapper, List<Type> types) {
        mapper.readTree(mapper.writeValueAsBytes(SAMPLE));
        types.forEach(type -> load(mapper, type));
    }

    private static void load(ObjectMapper mapper, Type declared) {
        Type type = declared instanceof ParameterizedType some && some.getRawType() == Generator.class
                ? some.getActualTypeArguments()[0]
                : declared;
        if (type == void.class || type == Object.class || type == Response.class || type == byte[].class) {
            return;
        }
        try {
            mapper.writerFor(mapper.constructType(type));
        } catch (JacksonException | IllegalArgumentException _) { // the request that needs it says so
        }
    }
}
