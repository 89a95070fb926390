package io.asyncio4j.web.http1;

import io.asyncio4j.streams.spi.Incoming;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.CheckedHeaders;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.http.Syntax;
import io.asyncio4j.web.http.Target;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The reader of the heads of requests, one after the other, and of the trailers of bodies.
///
/// Reads line by line, and takes each line as it comes, so that a head is looked at once however it
/// is cut into pieces. A line ends with CR LF and with nothing else.
final class HeadParser {
    /// An empty line before a request is skipped, as RFC 9112 2.2 asks; not any number of them.
    private static final int MAX_EMPTY_LINES = 16;

    private static final Headers NONE = Headers.empty();

    private final Limits limits;
    private final String scheme;

    /// The parts that are read so far. The target is null while the first line has not come.
    private String method = "";

    private @Nullable String target;
    private String version = "";
    /// Names and values in turn, of `count` headers; used again for the next head.
    private String[] fields = new String[16];

    private int size;
    private int count;
    private int emptyLines;

    /// The number of bytes of an unfinished line that were looked at.
    private int seen;

    private Framing framing = new Framing();

    /// That of the head that was read last.
    private Framing lastFraming = framing;

    HeadParser(Limits limits, String scheme) {
        this.limits = limits;
        this.scheme = scheme;
    }

    /// Returns whether a part of a head was read.
    boolean hasBegun() {
        return target != null;
    }

    /// Reads on.
    ///
    /// @return the head, or null if there has to come more
    @Nullable
    RequestHead parse(Incoming in) throws HttpError {
        byte[] bytes = in.bytes();
        int at = in.start();
        int end = in.end();
        try {
            while (true) {
                at = plainHeaders(bytes, at, end);
                int lf = endOfLine(bytes, at, end);
                if (lf < 0) {
                    return null;
                }
                int start = at;
                at = lf + 1;
                if (line(bytes, start, lf - 1)) {
                    return finished();
                }
            }
        } finally {
            in.skip(at - in.start());
        }
    }

    /// Returns where the LF of a line is; -1 if it has not come. What is wrong with a line is found
    /// in the order of its bytes, so that it does not matter in which pieces they come.
    private int endOfLine(byte[] bytes, int start, int end) throws HttpError {
        int most = target == null ? limits.requestLine() : limits.headers() - size;
        int limit = Math.min(end, start + most + 2);
        for (int at = start + seen; at < limit; at++) {
            byte c = bytes[at];
            if (c == Syntax.LF) {
                seen = 0;
                if (at == start || bytes[at - 1] != Syntax.CR) {
                    throw new HttpError(400, "A line of the head must end with CR LF");
                }
                return at;
            }
            if (c == Syntax.CR && at + 1 < end && bytes[at + 1] != Syntax.LF) {
                throw new HttpError(400, "A line of the head must not have CR within it");
            }
        }
        if (limit < end || limit == start + most + 2) {
            throw target == null
                    ? new HttpError(414, "The request line is longer than " + limits.requestLine() + " bytes")
                    : new HttpError(431, "The headers are larger than " + limits.headers() + " bytes");
        }
        seen = Math.max(0, limit - start - 1); // the last byte again, with the next one
        return -1;
    }

    /// @return whether it was the last of the head
    private boolean line(byte[] bytes, int start, int end) throws HttpError {
        if (target == null) {
            if (start == end) {
                if (++emptyLines > MAX_EMPTY_LINES) {
                    throw new HttpError(400, "There are too many empty lines before the request");
                }
            } else {
                requestLine(bytes, start, end);
            }
            return false;
        }
        if (start == end) {
            return true;
        }
        size += end - start + 2;
        if (++count > limits.headerCount()) {
            throw new HttpError(431, "There are more than " + limits.headerCount() + " headers");
        }
        header(bytes, start, end);
        return false;
    }

    // ------------------------------------------------------------------ the request line

    private void requestLine(byte[] bytes, int start, int end) throws HttpError {
        int space = start;
        while (space < end && Syntax.isToken(bytes[space])) {
            space++;
        }
        int targetEnd = space + 1;
        while (targetEnd < end && Syntax.isTarget(bytes[targetEnd])) {
            targetEnd++;
        }
        if (space == start
                || targetEnd >= end
                || bytes[space] != ' '
                || bytes[targetEnd] != ' '
                || targetEnd == space + 1) {
            throw new HttpError(400, "The request line must be a method, a target and a version, with a space between");
        }
        version = version(bytes, targetEnd + 1, end);
        method = method(bytes, start, space);
        target = Syntax.text(bytes, space + 1, targetEnd);
    }

    private static String method(byte[] bytes, int start, int end) {
        if (end - start == 3 && bytes[start] == 'G' && bytes[start + 1] == 'E' && bytes[start + 2] == 'T') {
            return "GET";
        }
        return Syntax.text(bytes, start, end);
    }

    private static String version(byte[] bytes, int start, int end) throws HttpError {
        boolean wellFormed = end - start == 8
                && bytes[start] == 'H'
                && bytes[start + 1] == 'T'
                && bytes[start + 2] == 'T'
                && bytes[start + 3] == 'P'
                && bytes[start + 4] == '/'
                && isDecimal(bytes[start + 5])
                && bytes[start + 6] == '.'
                && isDecimal(bytes[start + 7]);
        if (!wellFormed) {
            throw new HttpError(400, "The request line must end with a version such as HTTP/1.1");
        }
        if (bytes[start + 5] != '1') {
            throw new HttpError(505, "The version of the request must be 1.0 or 1.1");
        }
        return bytes[start + 7] == '0' ? "HTTP/1.0" : "HTTP/1.1";
    }

    private static boolean isDecimal(byte c) {
        return c >= '0' && c <= '9';
    }

    // ------------------------------------------------------------------ headers

    /// Reads headers as long as they have come as a whole and are as they should be, in one pass
    /// over their bytes. All others are left to the reading by lines, which tells what is wrong.
    ///
    /// @return where the first of the others begins
    private int plainHeaders(byte[] bytes, int start, int end) {
        int at = start;
        if (target != null && seen == 0) {
            int next = at;
            while (next >= 0 && count < limits.headerCount()) {
                at = next;
                next = plainHeader(bytes, at, end);
            }
            at = Math.max(at, next);
        }
        return at;
    }

    /// @return the place behind the header; -1 if it is not read
    private int plainHeader(byte[] bytes, int start, int end) {
        int limit = Math.min(end, start + limits.headers() - size + 1);
        int hash = 0;
        int colon = start;
        for (int lower; colon < limit && (lower = Syntax.lower(bytes[colon])) != 0; colon++) {
            hash = Names.hash(hash, lower);
        }
        if (colon == start || colon == limit || bytes[colon] != ':') {
            return -1;
        }
        int cr = Syntax.endOfValue(bytes, colon + 1, limit);
        if (cr == limit || cr + 1 == end || bytes[cr] != Syntax.CR || bytes[cr + 1] != Syntax.LF) {
            return -1;
        }
        size += cr - start + 2;
        count++;
        add(Names.of(bytes, start, colon, hash), bytes, colon + 1, cr);
        return cr + 2;
    }

    private void header(byte[] bytes, int start, int end) throws HttpError {
        int colon = start;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        String name = colon == end ? null : Names.of(bytes, start, colon);
        if (name == null) {
            throw new HttpError(400, "A header must be a name, a colon and a value on one line");
        }
        for (int at = colon + 1; at < end; at++) {
            if (!Syntax.isValue(bytes[at])) {
                throw new HttpError(400, "The header '" + name + "' must not have control characters");
            }
        }
        add(name, bytes, colon + 1, end);
    }

    private void add(String name, byte[] bytes, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && Syntax.isBlank(bytes[from])) {
            from++;
        }
        while (to > from && Syntax.isBlank(bytes[to - 1])) {
            to--;
        }
        String value = Syntax.text(bytes, from, to);
        int at = 2 * (count - 1);
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, 2 * at);
        }
        fields[at] = name;
        fields[at + 1] = value;
        framing.header(name, value);
    }

    // ------------------------------------------------------------------ the whole

    private RequestHead finished() throws HttpError {
        RequestHead head = head();
        lastFraming = framing;
        method = "";
        target = null;
        size = 0;
        count = 0;
        emptyLines = 0;
        framing = new Framing();
        return head;
    }

    /// Returns how the message of the head is framed that was read last.
    Framing framing() {
        return lastFraming;
    }

    private RequestHead head() throws HttpError {
        boolean old = version.equals("HTTP/1.0");
        framing.check(old, limits.body());
        String known = String.valueOf(target);
        String authority = framing.authority();
        String path = known;
        if (!known.startsWith("/")) {
            if (known.equals("*") && method.equals("OPTIONS")) {
                return new RequestHead(method, scheme, authority, "*", "", headers(), version, "", framing.length());
            }
            if (method.equals("CONNECT")) {
                throw new HttpError(501, "The server is no proxy: it does not know CONNECT");
            }
            int start = startOfAuthority(known);
            int end = endOfAuthority(known, start);
            authority = known.substring(start, end);
            if (authority.isEmpty() || !Syntax.isAuthority(authority)) {
                throw new HttpError(400, "The target must name a host, and no user");
            }
            path = known.startsWith("/", end) ? known.substring(end) : "/" + known.substring(end);
        }
        Target parts = Target.of(path);
        return new RequestHead(
                method,
                scheme,
                authority,
                parts.path(),
                parts.query(),
                headers(),
                version,
                old ? "" : framing.upgrade().toLowerCase(Locale.ROOT),
                framing.length());
    }

    private Headers headers() {
        return count == 0 ? NONE : (Headers) CheckedHeaders.of(Arrays.copyOf(fields, 2 * count));
    }

    private static int startOfAuthority(String target) throws HttpError {
        if (target.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        if (target.regionMatches(true, 0, "https://", 0, 8)) {
            return 8;
        }
        throw new HttpError(400, "The target must begin with a slash, or be a whole http address");
    }

    private static int endOfAuthority(String target, int start) {
        int end = start;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return end;
    }
}
