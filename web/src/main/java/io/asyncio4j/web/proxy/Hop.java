package io.asyncio4j.web.proxy;

import io.asyncio4j.web.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The statement of a proxy about the sender of a request.
///
/// @param node the address, perhaps with a port, or another name of it; empty if it is not said
/// @param scheme what was spoken; empty if it is not said
/// @param host whom that one meant to speak to; empty if it is not said
public record Hop(String node, String scheme, String host) {

    /// Returns the hops that `X-Forwarded-*` tell, the nearest last.
    public static List<Hop> ofList(Headers headers) {
        List<String> nodes = list(headers, "x-forwarded-for");
        List<String> schemes = list(headers, "x-forwarded-proto");
        List<String> hosts = list(headers, "x-forwarded-host");
        int count = nodes.size();
        if (count == 0) {
            return schemes.isEmpty() && hosts.isEmpty() ? List.of() : List.of(new Hop("", last(schemes), last(hosts)));
        }
        List<Hop> hops = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hops.add(new Hop(
                    nodes.get(i),
                    schemes.size() == count ? schemes.get(i) : last(schemes),
                    hosts.size() == count ? hosts.get(i) : last(hosts)));
        }
        return hops;
    }

    private static List<String> list(Headers headers, String name) {
        List<String> entries = new ArrayList<>();
        for (String line : headers.all(name)) {
            for (String entry : line.split(",", -1)) {
                entries.add(entry.strip());
            }
        }
        return entries;
    }

    private static String last(List<String> entries) {
        return entries.isEmpty() ? "" : entries.getLast();
    }

    // ------------------------------------------------------------------ RFC 7239

    /// Returns the hops that `Forwarded` tells, the nearest last; none if it is malformed.
    public static List<Hop> ofForwarded(Headers headers) {
        List<Hop> hops = new ArrayList<>();
        for (String line : headers.all("forwarded")) {
            Reader reader = new Reader(line);
            do {
                Map<String, String> pairs = reader.element();
                if (pairs == null) {
                    return List.of();
                }
                hops.add(new Hop(
                        pairs.getOrDefault("for", ""),
                        pairs.getOrDefault("proto", ""),
                        pairs.getOrDefault("host", "")));
            } while (reader.passes(','));
            if (!reader.isAtEnd()) {
                return List.of();
            }
        }
        return hops;
    }

    /// Reads the elements of a line: `for=192.0.2.43;proto=https, for="[2001:db8::17]:47011"`.
    private static final class Reader {
        private final String line;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        /// Returns the pairs up to a comma or the end; null if they are malformed.
        @Nullable
        Map<String, String> element() {
            Map<String, String> pairs = new LinkedHashMap<>();
            do {
                skipBlanks();
                String name = token().toLowerCase(Locale.ROOT);
                if (name.isEmpty()) {
                    continue; // nothing between two semicolons
                }
                String value = passes('=') ? value() : null;
                if (value == null || pairs.put(name, value) != null) {
                    return null;
                }
            } while (passes(';'));
            return pairs;
        }

        private @Nullable String value() {
            if (!passes('"')) {
                String token = token();
                return token.isEmpty() ? null : token;
            }
            StringBuilder text = new StringBuilder();
            while (at < line.length()) {
                char c = line.charAt(at++);
                if (c == '"') {
                    skipBlanks();
                    return text.toString();
                }
                if (c == '\\' && at < line.length()) {
                    c = line.charAt(at++);
                }
                text.append(c);
            }
            return null;
        }

        /// Reads up to a delimiter; more than a token may have, as many leave out the quotes.
        private String token() {
            int from = at;
            while (at < line.length() && " \t,;=\"".indexOf(line.charAt(at)) < 0) {
                at++;
            }
            String token = line.substring(from, at);
            skipBlanks();
            return token;
        }

        boolean passes(char expected) {
            boolean there = at < line.length() && line.charAt(at) == expected;
            at += there ? 1 : 0;
            return there;
        }

        private void skipBlanks() {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
        }

        boolean isAtEnd() {
            return at == line.length();
        }
    }
}
