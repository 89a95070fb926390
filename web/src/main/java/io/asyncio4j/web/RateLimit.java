package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A limit to the number of requests of a client in a time:
/// `app.around(RateLimit.create(100, Duration.ofMinutes(1)))`. What may be set is immutable; any
/// thread.
///
/// The time begins with the first request of a client; when it is over, the next one begins with
/// its next request. What is too much is answered with status 429, and `Retry-After` with the
/// seconds until the time is over. Requests are counted for each loop, and so for each of
/// [ServeOptions#workers]. Behind a proxy, [ServeOptions#proxyHeaders] has to tell the clients
/// apart. FastAPI has no counterpart.
public final class RateLimit implements Middleware {
    private static final int CLIENTS = 100_000;

    /// The length from which a key is remembered by its hash.
    private static final int LONG_KEY = 64;

    /// The bytes of an IPv6 address that are one client's network.
    private static final int NETWORK = 8;

    private final int requests;
    private final Duration per;
    private final Function<Request, @Nullable String> key;
    private final int clients;

    /// The counts of each loop, guarded by itself.
    private final Map<EventLoop, RateCounts> counts = new WeakHashMap<>();

    private RateLimit(int requests, Duration per, Function<Request, @Nullable String> key, int clients) {
        this.requests = requests;
        this.per = per;
        this.key = key;
        this.clients = clients;
    }

    /// Returns a limit for each address of clients. Addresses of IPv6 are one client if they begin
    /// with the same 64 bits, since whoever has one has all of these.
    ///
    /// @param requests how many are answered, from 1 on
    /// @param per the time in which so many are
    /// @throws IllegalArgumentException if one is not positive
    public static RateLimit create(int requests, Duration per) {
        if (requests < 1) {
            throw new IllegalArgumentException("The number of requests must be positive, but is " + requests);
        }
        if (per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("The time of a rate limit must be positive, but is " + per);
        }
        return new RateLimit(requests, per, RateLimit::address, CLIENTS);
    }

    /// Returns this with another answer to who a client is. The function runs for each request,
    /// and returns the same text for the same client, or null if there is no limit.
    ///
    /// @param function such as `request -> request.headers().get("x-api-key")`
    public RateLimit key(Function<Request, @Nullable String> function) {
        return new RateLimit(requests, per, function, clients);
    }

    /// Returns this with another number of clients that are remembered; by default 100,000. If
    /// there are more, the one that began earliest is forgotten and begins anew.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public RateLimit clients(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("The number of clients must be positive, but is " + most);
        }
        return new RateLimit(requests, per, key, most);
    }

    @Override
    public Response handle(Request request, Next next) throws Exception {
        String client = key.apply(request);
        if (client == null) {
            return next.handle(request);
        }
        EventLoop loop = Asyncio.runningLoop();
        Duration wait = counts(loop).take(client.length() < LONG_KEY ? client : hash(client), loop.time());
        if (wait.isZero()) {
            return next.handle(request);
        }
        long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
        return Response.text("Too many requests").status(429).header("retry-after", Long.toString(seconds));
    }

    private RateCounts counts(EventLoop loop) {
        synchronized (counts) {
            return counts.computeIfAbsent(loop, _ -> new RateCounts(requests, per, clients));
        }
    }

    private static String address(Request request) {
        SocketAddress client = request.client();
        InetAddress address = client instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address == null) {
            return "";
        }
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK)
                : address.getHostAddress();
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return "RateLimit[" + requests + " per " + per + "]";
    }
}
