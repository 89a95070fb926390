package io.asyncio4j.web.proxy;

import io.asyncio4j.web.Headers;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.RequestHead;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The reading of what trusted proxies say of a client, in `X-Forwarded-For`, `-Proto`, `-Host` and
/// `-Port`, or, if there is none of these, in `Forwarded` (RFC 7239). What is malformed counts as
/// not said.
public final class Proxies {
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=%-]++|\\[[0-9A-Fa-f:.]++])(:\\d{1,5})?+");
    private static final int HIGHEST_PORT = 65_535;

    private final TrustedProxies trusted;
    private final boolean onUnixSocket;

    /// Trusts some proxies.
    ///
    /// @param onUnixSocket whether the server listens on a Unix socket
    public Proxies(TrustedProxies trusted, boolean onUnixSocket) {
        this.trusted = trusted;
        this.onUnixSocket = onUnixSocket;
    }

    /// The client and the request as a proxy has got it.
    public record Origin(@Nullable SocketAddress client, RequestHead head) {}

    /// Returns the client, as a proxy tells it or as the connection does.
    @Nullable
    public SocketAddress client(Exchange exchange) {
        Origin origin = origin(exchange);
        return origin == null ? exchange.peer() : origin.client();
    }

    /// Returns what a proxy says of a request; null if no trusted one has sent it.
    @Nullable
    public Origin origin(Exchange exchange) {
        if (trusted.isEmpty()) {
            return null;
        }
        SocketAddress peer = exchange.peer();
        boolean believed = peer instanceof InetSocketAddress inet
                ? trusted.has(inet.getAddress())
                : onUnixSocket && trusted.hasUnix();
        return believed ? origin(peer, exchange.request()) : null;
    }

    private Origin origin(@Nullable SocketAddress peer, RequestHead head) {
        Headers headers = head.headers();
        String port = headers.get("x-forwarded-port");
        List<Hop> hops = Hop.ofList(headers);
        if (hops.isEmpty() && port == null) {
            hops = Hop.ofForwarded(headers);
        }
        SocketAddress client = peer;
        int at = hops.size() - 1;
        for (int i = at; i >= 0; i--) {
            InetSocketAddress node = node(hops.get(i).node());
            if (node == null) {
                break; // who is beyond is not known
            }
            client = node;
            at = i;
            if (!trusted.has(node.getAddress())) {
                break; // what this one says is not believed
            }
        }
        Hop hop = at < 0 ? new Hop("", "", "") : hops.get(at);
        String scheme = scheme(hop.scheme(), head.scheme());
        String host = isHost(hop.host()) ? hop.host() : head.authority();
        return new Origin(client, head.reached(scheme, withPort(host, scheme, port)));
    }

    private static String scheme(String told, String otherwise) {
        return switch (told.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> "http";
            case "https", "wss" -> "https";
            default -> otherwise;
        };
    }

    private static boolean isHost(String text) {
        var match = HOST.matcher(text);
        return match.matches() && (match.group(1) == null || port(match.group(1).substring(1)) >= 0);
    }

    /// Returns a host with a port, unless it has one already or it is the one that the scheme has.
    private static String withPort(String host, String scheme, @Nullable String told) {
        int port = told == null ? -1 : port(told);
        boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
        int usual = scheme.equals("https") ? 443 : 80;
        return port <= 0 || port == usual || hasPort || host.isEmpty() ? host : host + ":" + port;
    }

    // ------------------------------------------------------------------ addresses

    /// Returns an address of one of the forms `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`,
    /// `[2001:db8::1]` and `[2001:db8::1]:80`, with port 0 if it has none; null for all else, such
    /// as `unknown`.
    public static @Nullable InetSocketAddress node(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort =
                colon >= 0 && (text.charAt(0) == '[' ? colon > text.indexOf(']') : colon == text.indexOf(':'));
        String host = hasPort ? text.substring(0, colon) : text;
        String told = hasPort ? text.substring(colon + 1) : "0";
        InetAddress address = TrustedProxies.address(host);
        int port = told.startsWith("_") ? 0 : port(told); // RFC 7239, 6.3: a name for a port
        return address == null || port < 0 ? null : new InetSocketAddress(address, port);
    }

    private static int port(String digits) {
        if (!digits.matches("\\d{1,5}")) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= HIGHEST_PORT ? port : -1;
    }
}
