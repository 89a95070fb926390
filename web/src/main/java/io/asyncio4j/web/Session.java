package io.asyncio4j.web;

import io.asyncio4j.web.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values that the server keeps with a client, in a cookie: see [Sessions]. Used by the request's
/// task and those that it has created, until the answer is made. The client can read the values,
/// but not change them. Nothing suspends. FastAPI: `request.session`.
public final class Session {
    private final Map<String, Object> values;
    private final String before;
    private boolean accessed;
    private boolean changed;
    private boolean over;

    /// Makes an empty one.
    Session() {
        this(new LinkedHashMap<>());
    }

    /// @param values what the client has sent; belongs to this from now on
    Session(Map<String, Object> values) {
        this.values = values;
        this.before = values.isEmpty() ? "" : text();
    }

    // ------------------------------------------------------------------ values

    /// Returns the value of a name as JSON gives it: a string, number, boolean, list or map; null
    /// if there is none.
    public @Nullable Object get(String name) {
        accessed = true;
        return values.get(name);
    }

    /// Returns the value of a name as a type, such as a record; null if there is none.
    ///
    /// @throws RuntimeException if the value cannot be read as that type
    public <T> @Nullable T get(String name, Class<T> type) {
        Object value = get(name);
        return value == null ? null : Json.own().convertValue(value, type);
    }

    /// Returns whether there is a value of this name.
    public boolean contains(String name) {
        return get(name) != null;
    }

    /// Returns whether there is no value.
    public boolean isEmpty() {
        accessed = true;
        return values.isEmpty();
    }

    /// Returns the names of all values.
    public Set<String> names() {
        accessed = true;
        return Collections.unmodifiableSet(values.keySet());
    }

    /// Sets a value, whatever JSON can be made of, in the place of one with this name. The cookie
    /// is sent again, also if the value is the same.
    ///
    /// @throws IllegalStateException if the answer has been made
    public void set(String name, Object value) {
        change();
        values.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        changed = true;
    }

    /// Removes a value, and returns whether there was one.
    ///
    /// @throws IllegalStateException if the answer has been made
    public boolean remove(String name) {
        change();
        boolean known = values.remove(name) != null;
        changed |= known;
        return known;
    }

    /// Removes all values; the client deletes the cookie.
    ///
    /// @throws IllegalStateException if the answer has been made
    public void clear() {
        change();
        changed |= !values.isEmpty();
        values.clear();
    }

    private void change() {
        if (over) {
            throw new IllegalStateException(
                    "The session can be changed no more, since the answer with its cookie has been made;"
                            + " change it before the path function returns");
        }
        accessed = true;
    }

    // ------------------------------------------------------------------ for the cookie

    /// Ends the time in which it may be changed.
    void end() {
        over = true;
    }

    boolean wasAccessed() {
        return accessed;
    }

    /// Returns whether the client has to get it: it was changed, or a list or a map within it was.
    boolean wasChanged() {
        return changed || (accessed && !values.isEmpty() && !text().equals(before));
    }

    boolean wasEmptyBefore() {
        return before.isEmpty();
    }

    /// Returns it as JSON.
    private String text() {
        return new String(json(), StandardCharsets.UTF_8);
    }

    byte[] json() {
        return Json.own().writeValueAsBytes(values);
    }

    /// Shows the names alone: the values may be secrets.
    @Override
    public String toString() {
        return "Session" + values.keySet();
    }
}
