package io.asyncio4j.web;

/// The compression of answers for clients that accept it: `app.around(Gzip.create())`. Immutable;
/// any thread. FastAPI: `GZipMiddleware`.
///
/// An answer is compressed when it is sent, with all headers that other middleware has set. Left as
/// they are: answers below the minimum size, those to HEAD, parts of files, server-sent events,
/// what has a `Content-Encoding` already, what must not be transformed by its `Cache-Control`, and
/// types that are compressed themselves, such as pictures. A stream is sent on piece by piece. What
/// is large is compressed in another thread, so that the loop goes on.
public final class Gzip implements Middleware {
    private static final Gzip DEFAULTS = new Gzip(500, 6);
    private static final int BEST = 9;

    private final int minimumSize;
    private final int level;

    private Gzip(int minimumSize, int level) {
        this.minimumSize = minimumSize;
        this.level = level;
    }

    /// Returns the compression of answers of at least 500 bytes.
    public static Gzip create() {
        return DEFAULTS;
    }

    /// Returns this for answers of at least so many bytes; by default 500. A stream whose length is
    /// not known is compressed at any size.
    ///
    /// @throws IllegalArgumentException if it is negative
    public Gzip minimumSize(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "The minimum size of what is compressed must not be negative, but is " + bytes);
        }
        return new Gzip(bytes, level);
    }

    /// Returns this with another level: 1 is the fastest, 9 makes answers the smallest; by default
    /// 6.
    ///
    /// @throws IllegalArgumentException if it is none of these
    public Gzip level(int level) {
        if (level < 1 || level > BEST) {
            throw new IllegalArgumentException("The level of compression must be from 1 to 9, but is " + level);
        }
        return new Gzip(minimumSize, level);
    }

    int minimumSize() {
        return minimumSize;
    }

    int level() {
        return level;
    }

    @Override
    public Response handle(Request request, Next next) throws Exception {
        Response response = next.handle(request);
        if (response.content() instanceof Response.Content.Compressed) {
            return response;
        }
        return response.with(response.headers(), new Response.Content.Compressed(response.content(), this));
    }

    @Override
    public String toString() {
        return "Gzip[minimumSize=" + minimumSize + ", level=" + level + "]";
    }
}
