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
    private Preloading() {}

    /// Begins, if the application has path functions that read parameters or return JSON.
    static void begin(WebApp app) {
        ObjectMapper chosen = app.options().objectMapper();
        List<Type> types = new ArrayList<>();
        if (collect(app, types)) {
            Thread.ofPlatform().daemon().name("asyncio4j-preloading").start(() -> {
                ObjectMapper mapper = chosen == null ? Json.own() : chosen;
                Loading.load(mapper, types);
            });
        }
    }

    /// Returns whether there are path functions that may need JSON.
    private static boolean collect(WebApp app, List<Type> types) {
        boolean needed = false;
        for (Route route : app.routes()) {
            if (route.target instanceof RouteTarget.OfMount(WebApp mounted)) {
                needed |= collect(mounted, types);
            } else if (route.target instanceof RouteTarget.OfFunction(Signature.OfMethod method)) {
                Type result = method.method().getGenericReturnType();
                needed |= method.method().getParameterCount() > 0 || !isPlain(result);
                types.add(result);
            } else {
                needed |= route.target instanceof RouteTarget.OfFunction;
            }
        }
        return needed;
    }

    /// Returns whether such results are not JSON; of an `Object` one cannot tell.
    private static boolean isPlain(Type type) {
        return type == void.class || type == Response.class || type == byte[].class;
    }

    /// The loading itself. A class of its own, so that Jackson's exception is not loaded with the
    /// class around it.
    private static final class Loading {
        private static final Map<String, Object> SAMPLE = Map.of("a", List.of("b", 1, 1.5, true));

        static void load(ObjectMapper mapper, List<Type> types) {
            mapper.readTree(mapper.writeValueAsBytes(SAMPLE));
            types.forEach(type -> load(mapper, type));
        }

        private static void load(ObjectMapper mapper, Type declared) {
            Type type = declared instanceof ParameterizedType some && some.getRawType() == Generator.class
                    ? some.getActualTypeArguments()[0]
                    : declared;
            if (isPlain(type) || type == Object.class) {
                return;
            }
            try {
                mapper.writerFor(mapper.constructType(type));
            } catch (JacksonException | IllegalArgumentException _) { // the request that needs it says so
            }
        }
    }
}
