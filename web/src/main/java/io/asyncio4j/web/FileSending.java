package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.HttpDate;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sending of a file, with the conditions and the range that the client asks for: RFC 9110,
/// sections 13 and 14. Several ranges at once are answered with the whole file.
final class FileSending {
    /// Types that the JDK does not know, by the ends of names.
    private static final Map<String, String> TYPES = Map.of(
            "mjs", "text/javascript",
            "avif", "image/avif",
            "ico", "image/vnd.microsoft.icon",
            "woff", "font/woff",
            "woff2", "font/woff2",
            "ttf", "font/ttf",
            "jsonl", "application/jsonl",
            "map", "application/json");

    private final Exchange exchange;
    private final Headers asked;
    private final Path path;

    FileSending(Exchange exchange, Path path) {
        this.exchange = exchange;
        this.asked = exchange.request().headers();
        this.path = path;
    }

    /// An open file.
    private record Opened(FileChannel channel, long size, Instant changed) implements AutoCloseable {
        static Opened of(Path path) throws IOException {
            if (!Files.isRegularFile(path)) { // opening a pipe would wait for who writes to it
                throw new NoSuchFileException(path.toString());
            }
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            boolean complete = false;
            try {
                Instant changed = Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.SECONDS);
                Opened opened = new Opened(channel, channel.size(), changed);
                complete = true;
                return opened;
            } finally {
                if (!complete) {
                    channel.close();
                }
            }
        }

        String tag() {
            return "\"" + Long.toHexString(changed.getEpochSecond()) + "-" + Long.toHexString(size) + "\"";
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    void send(Response response) throws IOException {
        try (Opened file = Asyncio.toThread(() -> Opened.of(path))) {
            send(response, file);
        } catch (NoSuchFileException missing) {
            Response answer = Site.usual(new HttpException(404));
            exchange.respond(answer.status(), answer.headers(), ((Response.Content.Bytes) answer.content()).bytes());
        }
    }

    private void send(Response response, Opened file) throws IOException {
        Headers headers = response.headers();
        if (!headers.contains("content-type")) {
            headers = headers.with("content-type", type());
        }
        headers = headers.with("last-modified", HttpDate.format(file.changed()))
                .with("etag", file.tag())
                .with("accept-ranges", "bytes");
        if (response.status() != 200) {
            whole(response.status(), headers, file);
        } else if (!isAsExpected(file)) {
            exchange.respond(412, Headers.empty(), new byte[0]);
        } else if (isKnown(file)) {
            exchange.respond(304, headers.without("content-type"), new byte[0]);
        } else {
            String range = exchange.request().method().equals("GET") ? asked.get("range") : null;
            if (range == null || !isStillTheSame(file)) {
                whole(200, headers, file);
            } else {
                part(headers, file, range);
            }
        }
    }

    private String type() {
        String name = String.valueOf(path.getFileName());
        String guessed = URLConnection.guessContentTypeFromName(name);
        if (guessed == null) {
            String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            guessed = TYPES.getOrDefault(end, "application/octet-stream");
        }
        return guessed.startsWith("text/") ? guessed + "; charset=utf-8" : guessed;
    }

    private void whole(int status, Headers headers, Opened file) throws IOException {
        exchange.begin(status, headers, file.size());
        if (exchange.takesBody()) {
            exchange.writeFile(file.channel(), 0, file.size());
        }
        exchange.end();
    }

    // ------------------------------------------------------------------ conditions

    private boolean isAsExpected(Opened file) {
        String match = asked.get("if-match");
        if (match != null) {
            return names(match, file.tag(), true);
        }
        Instant since = date(asked.get("if-unmodified-since"));
        return since == null || !file.changed().isAfter(since);
    }

    private boolean isKnown(Opened file) {
        String match = asked.get("if-none-match");
        if (match != null) {
            return names(match, file.tag(), false);
        }
        Instant since = date(asked.get("if-modified-since"));
        return since != null && !file.changed().isAfter(since);
    }

    private boolean isStillTheSame(Opened file) {
        String range = asked.get("if-range");
        if (range == null) {
            return true;
        }
        Instant at = date(range);
        return at == null ? range.equals(file.tag()) : at.equals(file.changed());
    }

    private static boolean names(String list, String tag, boolean strongly) {
        for (String entry : list.split(",", -1)) {
            String known = entry.strip();
            if (known.equals("*") || known.equals(tag) || (!strongly && known.equals("W/" + tag))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Instant date(@Nullable String text) {
        return text == null ? null : HttpDate.parse(text); // another form counts as none: RFC 9110 13.1.3
    }

    // ------------------------------------------------------------------ ranges

    private void part(Headers headers, Opened file, String range) throws IOException {
        long[] wanted = parse(range, file.size());
        if (wanted == null) {
            whole(200, headers, file);
            return;
        }
        long first = wanted[0];
        long last = wanted[1];
        if (first > last) {
            exchange.respond(416, Headers.of("content-range", "bytes */" + file.size()), new byte[0]);
            return;
        }
        Headers partial = headers.with("content-range", "bytes " + first + "-" + last + "/" + file.size());
        exchange.begin(206, partial, last - first + 1);
        if (exchange.takesBody()) {
            exchange.writeFile(file.channel(), first, last - first + 1);
        }
        exchange.end();
    }

    /// Returns the first and the last byte of one range; the first beyond the last if the file has
    /// none of it; null if it is to be ignored.
    private static long @Nullable [] parse(String range, long size) {
        if (!range.startsWith("bytes=") || range.indexOf(',') >= 0) {
            return null;
        }
        String spec = range.substring("bytes=".length()).strip();
        int dash = spec.indexOf('-');
        if (dash < 0) {
            return null;
        }
        long first = number(spec.substring(0, dash));
        long last = number(spec.substring(dash + 1));
        if (dash == 0) {
            return last < 0 ? null : new long[] {last == 0 ? size : Math.max(0, size - last), size - 1};
        }
        boolean open = dash == spec.length() - 1;
        if (first < 0 || (!open && (last < 0 || last < first))) {
            return null;
        }
        return new long[] {first, open ? size - 1 : Math.min(last, size - 1)};
    }

    private static long number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
