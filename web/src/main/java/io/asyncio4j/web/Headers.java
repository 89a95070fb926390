package io.asyncio4j.web;

import io.asyncio4j.web.http.CheckedHeaders;
import io.asyncio4j.web.http.Syntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The headers of a request or an answer, in their order. Immutable; any thread.
///
/// Names are compared without regard to case, and given back in lower case. FastAPI: `Headers`.
public final class Headers {
    private static final Headers EMPTY = new Headers(new String[0]);

    static {
        CheckedHeaders.madeBy(Headers::new);
    }

    /// Names and values in turn.
    private final String[] fields;

    private Headers(String[] fields) {
        this.fields = fields;
    }

    /// Returns no headers.
    public static Headers empty() {
        return EMPTY;
    }

    /// Returns headers.
    ///
    /// @param namesAndValues a name, its value, the next name, and so on
    /// @throws IllegalArgumentException if a name is no token, or a value has a control character
    ///     other than a tab, or if a value is missing
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("The header '" + namesAndValues[namesAndValues.length - 1]
                    + "' has no value; give names and values in turn");
        }
        Builder builder = new Builder(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /// Returns a builder without headers.
    public static Builder builder() {
        return new Builder(8);
    }

    /// Returns the value of the first header with this name; null if there is none.
    public @Nullable String get(String name) {
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                return fields[i + 1];
            }
        }
        return null;
    }

    /// Returns the values of all headers with this name, in their order.
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            if (fields[i].equalsIgnoreCase(name)) {
                values.add(fields[i + 1]);
            }
        }
        return List.copyOf(values);
    }

    /// Returns whether there is a header with this name.
    public boolean contains(String name) {
        return get(name) != null;
    }

    /// Returns the names in lower case, each once, in the order of their first header.
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        forEach((name, value) -> names.add(name));
        return names;
    }

    /// Returns the number of headers.
    public int size() {
        return fields.length / 2;
    }

    /// Calls `action` with the name and the value of each header.
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < fields.length; i += 2) {
            action.accept(fields[i], fields[i + 1]);
        }
    }

    /// Returns the headers as entries.
    public List<Map.Entry<String, String>> entries() {
        List<Map.Entry<String, String>> entries = new ArrayList<>();
        forEach((name, value) -> entries.add(Map.entry(name, value)));
        return List.copyOf(entries);
    }

    /// Returns these headers with one in the place of all that have its name.
    ///
    /// @throws IllegalArgumentException as [#of]
    public Headers with(String name, String value) {
        return without(name).plus(name, value);
    }

    /// Returns these headers and one more.
    ///
    /// @throws IllegalArgumentException as [#of]
    public Headers plus(String name, String value) {
        return new Builder(this).add(name, value).build();
    }

    /// Returns these headers without those with this name.
    public Headers without(String name) {
        if (!contains(name)) {
            return this;
        }
        Builder builder = new Builder(size());
        forEach((known, value) -> {
            if (!known.equalsIgnoreCase(name)) {
                builder.add(known, value);
            }
        });
        return builder.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Headers headers && List.of(fields).equals(List.of(headers.fields));
    }

    @Override
    public int hashCode() {
        return List.of(fields).hashCode();
    }

    /// Returns the names only: values may be secrets.
    @Override
    public String toString() {
        return "Headers" + names();
    }

    /// Collects headers. Not for several threads.
    public static final class Builder {
        private String[] fields;
        private int used;

        private Builder(int expected) {
            fields = new String[2 * expected];
        }

        private Builder(Headers from) {
            used = from.fields.length;
            fields = Arrays.copyOf(from.fields, used + 2);
        }

        /// Adds a header. White space around the value is dropped.
        ///
        /// @throws IllegalArgumentException if the name is no token, or the value has a control
        ///     character other than a tab, or one beyond U+00FF
        public Builder add(String name, String value) {
            String known = requireName(name);
            String text = requireValue(name, value);
            if (used == fields.length) {
                fields = Arrays.copyOf(fields, Math.max(8, 2 * used));
            }
            fields[used++] = known;
            fields[used++] = text;
            return this;
        }

        /// Returns the headers.
        public Headers build() {
            return used == 0
                    ? EMPTY
                    : new Headers(used == fields.length ? fields.clone() : Arrays.copyOf(fields, used));
        }
    }

    private static String requireName(String name) {
        boolean lower = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            lower &= (c < 'A') || (c > 'Z');
        }
        if (!Syntax.isToken(name)) {
            throw new IllegalArgumentException("The name of a header must be of letters, digits and some of "
                    + "!#$%&'*+-.^_`|~, but is '" + printable(name) + "'");
        }
        return lower ? name : name.toLowerCase(Locale.ROOT);
    }

    private static String requireValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!Syntax.isValue(c)) {
                throw new IllegalArgumentException("The header '" + name + "' must not have the character "
                        + String.format("U+%04X", (int) c) + " at index " + i + " of its value '" + printable(value)
                        + "'; encode it, such as with percent signs");
            }
        }
        boolean blankEnds = !value.isEmpty()
                && (Syntax.isBlank(value.charAt(0)) || Syntax.isBlank(value.charAt(value.length() - 1)));
        return blankEnds ? trim(value) : value;
    }

    private static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && Syntax.isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && Syntax.isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static String printable(String text) {
        String shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
        return shown.codePoints()
                .collect(
                        StringBuilder::new,
                        (to, c) -> {
                            if (Character.isISOControl(c)) {
                                to.append(String.format("\\u%04x", c));
                            } else {
                                to.appendCodePoint(c);
                            }
                        },
                        StringBuilder::append)
                .toString();
    }
}
