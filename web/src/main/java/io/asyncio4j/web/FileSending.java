package io.asyncio4j.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.asyncio4j.Asyncio;
import io.asyncio4j.web.http.ByteRange;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The sending of a file, with the conditions and the ranges that the client asks for: RFC 9110,
/// sections 13 and 14.
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
                parts(headers, file, range);
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

    private void parts(Headers headers, Opened file, String range) throws IOException {
        List<ByteRange> wanted = ByteRange.parse(range, file.size());
        if (wanted == null) {
            whole(200, headers, file);
        } else if (wanted.isEmpty()) {
            exchange.respond(416, Headers.of("content-range", "bytes */" + file.size()), new byte[0]);
        } else if (wanted.size() == 1) {
            ByteRange part = wanted.getFirst();
            exchange.begin(206, headers.with("content-range", part.of(file.size())), part.length());
            exchange.writeFile(file.channel(), part.first(), part.length());
            exchange.end();
        } else {
            multipart(headers, file, wanted);
        }
    }

    /// Sends several parts, each after a head of its own: RFC 9110, section 14.6.
    private void multipart(Headers headers, Opened file, List<ByteRange> parts) throws IOException {
        String boundary = UUID.randomUUID().toString().replace("-", "");
        String before = "--" + boundary + "\r\nContent-Type: " + headers.get("content-type") + "\r\nContent-Range: ";
        List<byte[]> heads = new ArrayList<>();
        for (ByteRange part : parts) {
            String end = heads.isEmpty() ? "" : "\r\n"; // of the part before
            heads.add((end + before + part.of(file.size()) + "\r\n\r\n").getBytes(ISO_8859_1));
        }
        byte[] end = ("\r\n--" + boundary + "--").getBytes(ISO_8859_1);
        long length = end.length
                + heads.stream().mapToLong(head -> head.length).sum()
                + parts.stream().mapToLong(ByteRange::length).sum();
        exchange.begin(206, headers.with("content-type", "multipart/byteranges; boundary=" + boundary), length);
        for (int i = 0; i < parts.size(); i++) {
            ByteRange part = parts.get(i);
            write(heads.get(i));
            exchange.writeFile(file.channel(), part.first(), part.length());
        }
        write(end);
        exchange.end();
    }

    private void write(byte[] bytes) throws IOException {
        exchange.write(bytes, 0, bytes.length);
    }
}
