package io.asyncio4j.web.http2;

import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.RequestHead;
import io.asyncio4j.web.http.Syntax;
import io.asyncio4j.web.http.Target;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The checks that make a request of the fields of a header block. Used once.
final class RequestReader {
    private static final char DEL = 0x7f;
    private static final int UNKNOWN = -1;

    private final Limits limits;
    private @Nullable String method;
    private @Nullable String scheme;
    private @Nullable String authority;
    private @Nullable String path;
    private @Nullable String protocol;
    private @Nullable String host;
    private @Nullable StringBuilder cookies;
    private long length = UNKNOWN;
    private boolean regular;

    private RequestReader(Limits limits) {
        this.limits = limits;
    }

    /// Checks the fields of a request.
    ///
    /// @param fields names and values in turn
    /// @param scheme what the connection is, `http` or `https`
    /// @param last whether no body follows
    /// @throws MalformedException if the stream has to be reset
    /// @throws HttpError to be answered
    static RequestHead read(Limits limits, List<String> fields, String scheme, boolean last)
            throws MalformedException, HttpError {
        return new RequestReader(limits).request(fields, scheme, last);
    }

    /// Checks the fields behind a body.
    static void checkTrailers(List<String> fields) throws MalformedException {
        for (int i = 0; i < fields.size(); i += 2) {
            checkField(fields.get(i), fields.get(i + 1));
        }
    }

    private RequestHead request(List<String> fields, String known, boolean last) throws MalformedException, HttpError {
        for (int i = 0; i < fields.size(); i += 2) {
            String name = fields.get(i);
            if (name.startsWith(":")) {
                pseudo(name, fields.get(i + 1));
            } else {
                regular = true;
                regular(name, fields.get(i + 1));
            }
        }
        String verb = required(method, ":method");
        require(Syntax.isToken(verb), ":method must be a token");
        checkAuthority();
        boolean connects = verb.equals("CONNECT");
        String upgrade = protocol;
        require(upgrade == null || (connects && Syntax.isToken(upgrade)), ":protocol is for CONNECT only");
        if (connects && upgrade == null) {
            require(scheme == null && path == null, "CONNECT must have neither :scheme nor :path");
            throw new HttpError(501, "The server is no proxy: it does not know CONNECT");
        }
        String target = required(path, ":path");
        String told = required(scheme, ":scheme").toLowerCase(Locale.ROOT);
        require(told.equals("http") || told.equals("https"), ":scheme must be http or https");
        require(Syntax.isTarget(target), ":path must have visible characters only");
        require(
                target.startsWith("/") || (target.equals("*") && verb.equals("OPTIONS")),
                ":path must begin with a slash");
        require(!last || length <= 0, "content-length tells of a body, and there is none");
        checkLimits(fields.size() / 2, target);
        return head(fields, connects ? "GET" : verb, known, target, upgrade == null ? "" : upgrade, last);
    }

    private static String required(@Nullable String value, String name) throws MalformedException {
        if (value == null) {
            throw new MalformedException("there is no " + name);
        }
        return value;
    }

    private static void require(boolean holds, String otherwise) throws MalformedException {
        if (!holds) {
            throw new MalformedException(otherwise);
        }
    }

    private void pseudo(String name, String value) throws MalformedException {
        require(!regular, "a pseudo-header must stand before other headers");
        switch (name) {
            case ":method" -> method = once(method, value);
            case ":scheme" -> scheme = once(scheme, value);
            case ":authority" -> authority = once(authority, value);
            case ":path" -> path = once(path, value);
            case ":protocol" -> protocol = once(protocol, value);
            default -> throw new MalformedException("there is an unknown pseudo-header");
        }
    }

    private static String once(@Nullable String known, String value) throws MalformedException {
        require(known == null, "a header that must stand once stands twice");
        return value;
    }

    private static void checkField(String name, String value) throws MalformedException {
        require(isName(name), "the name of a header must be a token in lower case");
        require(isValue(value), "the value of a header must not have control characters");
        switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
                throw new MalformedException("the header " + name + " is not for HTTP/2");
            case "te" -> require(value.equalsIgnoreCase("trailers"), "te must be trailers");
            default -> {
                // any value
            }
        }
    }

    /// Returns whether `text` may be the name of a header, in lower case.
    private static boolean isName(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= 'A' && text.charAt(at) <= 'Z') {
                return false;
            }
        }
        return Syntax.isToken(text);
    }

    /// Returns whether `text` may be the value of a header. A DEL is no reason to refuse it.
    private static boolean isValue(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!Syntax.isValue(text.charAt(at)) && text.charAt(at) != DEL) {
                return false;
            }
        }
        return text.isEmpty() || (!Syntax.isBlank(text.charAt(0)) && !Syntax.isBlank(text.charAt(text.length() - 1)));
    }

    private void regular(String name, String value) throws MalformedException {
        checkField(name, value);
        switch (name) {
            case "host" -> host = once(host, value);
            case "content-length" -> {
                require(length == UNKNOWN, "there are two of content-length");
                length = Syntax.number(value);
                require(length >= 0, "content-length must be a number");
            }
            case "cookie" -> {
                StringBuilder crumbs = cookies;
                if (crumbs == null) {
                    cookies = new StringBuilder(value);
                } else {
                    crumbs.append("; ").append(value);
                }
            }
            default -> {
                // of no concern here
            }
        }
    }

    private void checkAuthority() throws MalformedException {
        String told = authority;
        String other = host;
        if (told == null) {
            told = required(other, ":authority");
        }
        require(!told.isEmpty() && Syntax.isAuthority(told), ":authority must be a host and perhaps a port");
        require(other == null || other.equalsIgnoreCase(told), "host and :authority must be the same");
        authority = told;
    }

    private void checkLimits(int count, String target) throws HttpError {
        if (target.length() > limits.requestLine()) {
            throw new HttpError(414, "The path is longer than " + limits.requestLine() + " bytes");
        }
        if (count > limits.headerCount()) {
            throw new HttpError(431, "There are more than " + limits.headerCount() + " headers");
        }
        if (length > limits.body()) {
            throw new HttpError(413, "The body must not be larger than " + limits.body() + " bytes");
        }
    }

    private RequestHead head(
            List<String> fields, String verb, String known, String target, String upgrade, boolean last)
            throws HttpError {
        Target parts = Target.of(target);
        return new RequestHead(
                verb,
                known,
                String.valueOf(authority),
                parts.path(),
                parts.query(),
                headers(fields),
                "HTTP/2",
                upgrade.toLowerCase(Locale.ROOT),
                last || !upgrade.isEmpty() ? 0 : length);
    }

    private Headers headers(List<String> fields) {
        Headers.Builder headers = Headers.builder();
        if (host == null) {
            headers.add("host", String.valueOf(authority));
        }
        StringBuilder crumbs = cookies;
        for (int i = 0; i < fields.size(); i += 2) {
            String name = fields.get(i);
            if (name.startsWith(":")) {
                continue;
            }
            if (!name.equals("cookie")) {
                headers.add(name, fields.get(i + 1).replace(DEL, ' '));
            } else if (crumbs != null) {
                headers.add(name, crumbs.toString().replace(DEL, ' '));
                crumbs = null;
            }
        }
        return headers.build();
    }
}
