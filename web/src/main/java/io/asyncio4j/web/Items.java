package io.asyncio4j.web;

import io.asyncio4j.Generator;
import io.asyncio4j.web.json.Json;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/// The answer that a [Generator] makes: server-sent events, bytes, or JSON Lines, by its first
/// item.
final class Items {
    private static final byte[] NOTHING = {};

    private Items() {}

    /// Returns the answer. Suspends until there is a first item or the end.
    static Response response(Generator<?> items) {
        Iterator<?> iterator = items.iterator();
        boolean complete = false;
        try {
            Object first = iterator.hasNext() ? iterator.next() : NOTHING;
            Response response = switch (first) {
                case ServerSentEvent event -> Response.events(new Source<>(items, iterator, event, Items::event));
                case byte[] bytes -> Response.stream(new Source<>(items, iterator, bytes, Items::bytes));
                case null, default ->
                    Response.stream(new Source<>(items, iterator, first, lines(Json.mapper())))
                            .type("application/jsonl");
            };
            complete = true;
            return response;
        } finally {
            if (!complete) {
                items.close();
            }
        }
    }

    private static ServerSentEvent event(@Nullable Object item) {
        return (ServerSentEvent) Objects.requireNonNull(item);
    }

    private static byte[] bytes(@Nullable Object item) {
        return (byte[]) Objects.requireNonNull(item);
    }

    private static Conversion<byte[]> lines(ObjectMapper mapper) {
        return item -> {
            byte[] json = mapper.writeValueAsBytes(item);
            byte[] line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        };
    }

    private interface Conversion<T> {
        T of(@Nullable Object item);
    }

    /// The items of a generator, whose first was taken.
    private record Source<T>(
            Generator<?> items, Iterator<?> rest, @Nullable Object first, Conversion<T> conversion)
            implements Iterable<T>, AutoCloseable {
        @Override
        public Iterator<T> iterator() {
            return new Iterator<>() {
                private boolean begun;

                @Override
                public boolean hasNext() {
                    return !begun || rest.hasNext();
                }

                @Override
                public T next() {
                    Object item = begun ? rest.next() : first;
                    begun = true;
                    return conversion.of(item);
                }
            };
        }

        @Override
        public void close() {
            items.close();
        }
    }
}
