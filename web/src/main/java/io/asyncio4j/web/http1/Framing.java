package io.asyncio4j.web.http1;

import io.asyncio4j.web.http.HttpError;
import io.asyncio4j.web.http.Syntax;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The headers of a request that say where its body ends and what becomes of the connection.
final class Framing {
    static final int CHUNKED = -1;

    private @Nullable String host;
    private boolean manyHosts;
    private @Nullable String length;
    private boolean manyLengths;
    private @Nullable String coding;
    private boolean close;
    private boolean keepAlive;
    private boolean connectionUpgrade;
    private boolean expectsContinue;
    private String upgrade = "";
    private long bodyLength;

    /// Notes a header. Its name is in lower case.
    void header(String name, String value) {
        switch (name) {
            case "host" -> {
                manyHosts |= host != null;
                host = value;
            }
            case "content-length" -> {
                manyLengths |= length != null && !length.equals(value);
                length = value;
            }
            case "transfer-encoding" -> coding = coding == null ? value : coding + "," + value;
            case "connection" -> connection(value);
            case "expect" -> expectsContinue = value.equalsIgnoreCase("100-continue");
            case "upgrade" -> upgrade = value;
            default -> {
                // says nothing about framing
            }
        }
    }

    /// Reads options. One that is no token, such as what is left of two lines whose end was lost,
    /// may have been a `close`: the connection ends after the answer, as it may after any.
    private void connection(String value) {
        for (String option : value.split(",", -1)) {
            switch (option.strip().toLowerCase(Locale.ROOT)) {
                case "keep-alive" -> keepAlive = true;
                case "upgrade" -> connectionUpgrade = true;
                case "close" -> close = true;
                case String other -> close |= !other.isEmpty() && !Syntax.isToken(other);
            }
        }
    }

    /// Checks all headers together.
    ///
    /// @param old whether the version is 1.0
    /// @param maxBody the largest body that is taken
    void check(boolean old, long maxBody) throws HttpError {
        if (manyHosts || (host == null && !old)) {
            throw new HttpError(400, "The request must have one Host header");
        }
        if (host != null && !Syntax.isAuthority(host)) {
            throw new HttpError(400, "The Host header must be a host, perhaps with a port");
        }
        if (coding != null) {
            checkCoding(coding, old);
            bodyLength = CHUNKED;
        } else if (length != null) {
            bodyLength = parseLength(length, maxBody);
        }
    }

    private void checkCoding(String known, boolean old) throws HttpError {
        if (length != null) {
            throw new HttpError(400, "The request must not have both Content-Length and Transfer-Encoding");
        }
        if (old) {
            throw new HttpError(400, "A request of version 1.0 must not have Transfer-Encoding");
        }
        if (!known.equalsIgnoreCase("chunked")) {
            throw new HttpError(501, "The only Transfer-Encoding that the server knows is chunked");
        }
    }

    private long parseLength(String text, long maxBody) throws HttpError {
        long parsed = manyLengths ? -1 : Syntax.number(text);
        if (parsed < 0) {
            throw new HttpError(400, "Content-Length must be one number of bytes");
        }
        if (parsed > maxBody) {
            throw new HttpError(413, "The body must not be larger than " + maxBody + " bytes");
        }
        return parsed;
    }

    /// Returns the length of the body in bytes, 0 if there is none, or [#CHUNKED].
    long length() {
        return bodyLength;
    }

    /// Returns the host that the client means.
    String authority() {
        return host == null ? "" : host;
    }

    /// Returns the protocol to change to; empty if there is none.
    String upgrade() {
        return connectionUpgrade ? upgrade : "";
    }

    boolean expectsContinue() {
        return expectsContinue;
    }

    /// Returns whether the connection can be used again after the answer.
    ///
    /// @param old whether the version is 1.0
    boolean keepsAlive(boolean old) {
        return !close && (!old || keepAlive);
    }
}
