package io.asyncio4j.web.http;

import io.asyncio4j.web.Headers;
import java.util.List;
import java.util.Locale;

/// The conditions under which an answer is compressed, and what becomes of its headers: RFC 9110,
/// sections 8.4, 8.8 and 12.5.
public final class GzipRules {
    /// The beginnings of types whose content is compressed itself.
    private static final List<String> COMPRESSED = List.of(
            "image/",
            "video/",
            "audio/",
            "font/woff",
            "application/zip",
            "application/gzip",
            "application/x-gzip",
            "application/zstd",
            "application/x-7z-compressed",
            "application/x-bzip2",
            "application/x-xz",
            "application/java-archive");

    private GzipRules() {}

    /// Returns whether an answer with these headers is one that may be compressed for some client.
    public static boolean mayBeEncoded(Headers headers) {
        if (headers.contains("content-encoding")) {
            return false;
        }
        String cache = headers.get("cache-control");
        if (cache != null && cache.toLowerCase(Locale.ROOT).contains("no-transform")) {
            return false;
        }
        String type = headers.get("content-type");
        String known = type == null ? "" : type.toLowerCase(Locale.ROOT);
        return !known.startsWith("text/event-stream")
                && (known.startsWith("image/svg") || COMPRESSED.stream().noneMatch(known::startsWith));
    }

    // ------------------------------------------------------------------ what the client accepts

    /// Returns whether a client accepts gzip, and does not prefer the answer as it is.
    ///
    /// @param lines the values of all its headers `Accept-Encoding`
    public static boolean accepts(List<String> lines) {
        double gzip = -1;
        double identity = -1;
        double others = -1;
        for (String line : lines) {
            for (String entry : line.split(",", -1)) {
                String[] parts = entry.split(";", -1);
                double weight = weight(parts);
                switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
                    case "gzip", "x-gzip" -> gzip = Math.max(gzip, weight);
                    case "identity" -> identity = weight;
                    case "*" -> others = weight;
                    default -> {} // a coding that is not known here
                }
            }
        }
        double wanted = gzip >= 0 ? gzip : others;
        return wanted > 0 && wanted >= identity;
    }

    /// Returns the weight of an entry: 1 if it has none, -1 if it is malformed.
    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, "q=", 0, 2)) {
                String text = parameter.substring(2);
                return text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(text) : -1;
            }
        }
        return 1;
    }

    // ------------------------------------------------------------------ headers

    /// Returns headers that say that the answer depends on what the client accepts.
    public static Headers varied(Headers headers) {
        return Vary.with(headers, "Accept-Encoding");
    }

    /// Returns the headers of a compressed answer. Its tag is weak, as the bytes are others; parts
    /// of it cannot be had.
    public static Headers encoded(Headers headers) {
        return weak(varied(headers))
                .with("content-encoding", "gzip")
                .without("accept-ranges")
                .without("content-length");
    }

    /// Returns headers with a weak tag in the place of a strong one.
    public static Headers weak(Headers headers) {
        String tag = headers.get("etag");
        return tag == null || tag.startsWith("W/") ? headers : headers.with("etag", "W/" + tag);
    }
}
