package io.asyncio4j.web;

import io.asyncio4j.web.http.Percent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The path of a route: `/items/{id}`, where a name stands for one segment, or
/// `/files/{rest:path}`, where it stands for all that follows.
final class PathTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)(:[a-z]*)?}");

    final String text;
    final List<String> names;
    private final @Nullable Pattern pattern;

    private PathTemplate(String text, List<String> names, @Nullable Pattern pattern) {
        this.text = text;
        this.names = names;
        this.pattern = pattern;
    }

    /// @param text may be empty: the path itself of a router that is included
    /// @throws IllegalArgumentException if the template does not begin with a slash, or has a name
    ///     twice, a brace alone, or a kind that is not known
    static PathTemplate of(String text) {
        if (!text.isEmpty() && !text.startsWith("/")) {
            throw new IllegalArgumentException("The path of a route must begin with a slash, but is '" + text + "'");
        }
        List<String> names = new ArrayList<>();
        StringBuilder regex = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        int done = 0;
        while (place.find()) {
            literal(regex, text, done, place.start());
            if (names.contains(place.group(1))) {
                throw new IllegalArgumentException(
                        "The path '" + text + "' has the parameter '" + place.group(1) + "' twice");
            }
            names.add(place.group(1));
            regex.append(kind(text, place.group(2)));
            done = place.end();
        }
        literal(regex, text, done, text.length());
        return new PathTemplate(text, List.copyOf(names), names.isEmpty() ? null : Pattern.compile(regex + "\n?"));
    }

    private static void literal(StringBuilder regex, String text, int start, int end) {
        String literal = text.substring(start, end);
        if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
            throw new IllegalArgumentException("The path '" + text
                    + "' has a brace that belongs to no parameter; a parameter is {name} or {name:path}");
        }
        if (!literal.isEmpty()) {
            regex.append(Pattern.quote(literal));
        }
    }

    private static String kind(String text, @Nullable String kind) {
        return switch (kind) {
            case null -> "([^/]+)";
            case ":path" -> "([^\n]*)";
            default ->
                throw new IllegalArgumentException("The path '" + text + "' has a parameter of the kind '"
                        + kind.substring(1) + "'; the only one is 'path'");
        };
    }

    /// Returns whether it is one path only.
    boolean isLiteral() {
        return pattern == null;
    }

    /// Returns the values of the names; null if `path`, decoded, does not fit.
    @Nullable
    Map<String, String> match(String path) {
        if (pattern == null) {
            return text.equals(path) ? Map.of() : null;
        }
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return null;
        }
        Map<String, String> values = HashMap.newHashMap(names.size());
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), matcher.group(i + 1));
        }
        return values;
    }

    /// Returns a path that fits, with values that no other path has.
    String sample() {
        return PLACE.matcher(text).replaceAll("~");
    }

    /// Returns the path with these values, encoded.
    ///
    /// @throws IllegalArgumentException if one is missing, there is one too many, or one has a
    ///     slash where it must not
    String fill(Map<String, ?> values) {
        if (!values.keySet().equals(Set.copyOf(names))) {
            throw new IllegalArgumentException("The path '" + text + "' has the parameters " + names
                    + ", but the values are of " + values.keySet());
        }
        return PLACE.matcher(text).replaceAll(place -> {
            String value = String.valueOf(values.get(place.group(1)));
            boolean rest = place.group(2) != null;
            if (!rest && (value.isEmpty() || value.indexOf('/') >= 0)) {
                throw new IllegalArgumentException("The value of '" + place.group(1) + "' in the path '" + text
                        + "' must be neither empty nor have a slash, but is '" + value + "'");
            }
            return Matcher.quoteReplacement(Percent.encodePath(value));
        });
    }

    @Override
    public String toString() {
        return text;
    }
}
