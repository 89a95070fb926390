package io.asyncio4j.web.http1;

import io.asyncio4j.web.http.Syntax;
import org.jspecify.annotations.Nullable;

/// The names of headers that are met often, so that they need not be decoded each time.
final class Names {
    private static final String[] COMMON = {
        "accept",
        "accept-encoding",
        "accept-language",
        "authorization",
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "date",
        "dnt",
        "expect",
        "forwarded",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "keep-alive",
        "last-event-id",
        "origin",
        "pragma",
        "priority",
        "range",
        "referer",
        "sec-ch-ua",
        "sec-ch-ua-mobile",
        "sec-ch-ua-platform",
        "sec-fetch-dest",
        "sec-fetch-mode",
        "sec-fetch-site",
        "sec-fetch-user",
        "sec-websocket-extensions",
        "sec-websocket-key",
        "sec-websocket-protocol",
        "sec-websocket-version",
        "te",
        "traceparent",
        "tracestate",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "upgrade-insecure-requests",
        "user-agent",
        "via",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-proto",
        "x-request-id",
        "x-requested-with"
    };
    private static final int SIZE = 256;
    private static final @Nullable String[] TABLE = new @Nullable String[SIZE];

    static {
        for (String name : COMMON) {
            int at = hashOf(name);
            while (TABLE[at] != null) {
                at = (at + 1) & (SIZE - 1);
            }
            TABLE[at] = name;
        }
    }

    private Names() {}

    private static int hashOf(String name) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = hash(hash, name.charAt(i));
        }
        return hash & (SIZE - 1);
    }

    /// Returns the hash of a name with one more character.
    static int hash(int before, int lower) {
        return 31 * before + lower;
    }

    /// Returns a name in lower case; null if it is empty or no token.
    static @Nullable String of(byte[] bytes, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            int lower = Syntax.lower(bytes[i]);
            if (lower == 0) {
                return null;
            }
            hash = hash(hash, lower);
        }
        return start == end ? null : of(bytes, start, end, hash);
    }

    /// Returns a token in lower case.
    ///
    /// @param hash of all its characters, in lower case
    static String of(byte[] bytes, int start, int end, int hash) {
        int at = hash & (SIZE - 1);
        for (String known; (known = TABLE[at]) != null; at = (at + 1) & (SIZE - 1)) {
            if (isSame(known, bytes, start, end)) {
                return known;
            }
        }
        char[] name = new char[end - start];
        for (int i = start; i < end; i++) {
            name[i - start] = (char) Syntax.lower(bytes[i]);
        }
        return new String(name);
    }

    private static boolean isSame(String name, byte[] bytes, int start, int end) {
        if (name.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (name.charAt(i - start) != Syntax.lower(bytes[i])) {
                return false;
            }
        }
        return true;
    }
}
