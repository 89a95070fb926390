package io.asyncio4j.web;

import io.asyncio4j.web.http.RequestHead;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The refusal of requests for hosts that are not the application's own, with status 400:
/// `app.around(TrustedHosts.create("example.com", "*.example.com"))`. Immutable; any thread.
/// FastAPI: `TrustedHostMiddleware`.
///
/// A client may write any host into a request. It becomes part of [Request#url] and of redirects.
public final class TrustedHosts implements Middleware {
    private static final String WWW = "www.";

    private final List<String> hosts;
    private final boolean redirectsToWww;

    private TrustedHosts(List<String> hosts, boolean redirectsToWww) {
        this.hosts = hosts;
        this.redirectsToWww = redirectsToWww;
    }

    /// Returns the refusal of all hosts but these.
    ///
    /// @param hosts names without ports; `*.example.com` is every name that ends so, `*` is all
    /// @throws IllegalArgumentException if there is none, or if a star stands elsewhere
    public static TrustedHosts create(String... hosts) {
        if (hosts.length == 0) {
            throw new IllegalArgumentException("No host is given; name those that the application has, such as"
                    + " 'example.com' and '*.example.com'");
        }
        for (String host : hosts) {
            String rest = host.startsWith("*.") ? host.substring(2) : host;
            if (!host.equals("*")
                    && (rest.isEmpty() || rest.contains("*") || !portless(host).equals(host))) {
                throw new IllegalArgumentException(
                        "A host must be like 'example.com' or '*.example.com', without a port, but is '" + host + "'");
            }
        }
        return new TrustedHosts(
                Arrays.stream(hosts).map(host -> host.toLowerCase(Locale.ROOT)).toList(), true);
    }

    /// Returns this with or without the redirection, with status 307, of clients that have left
    /// out the `www.` of a host; by default with it.
    public TrustedHosts redirectToWww(boolean on) {
        return new TrustedHosts(hosts, on);
    }

    @Override
    public Response handle(Request request, Next next) throws Exception {
        RequestHead head = request.head();
        String host = portless(head.authority()).toLowerCase(Locale.ROOT);
        if (hosts.contains("*") || (!host.isEmpty() && hosts.stream().anyMatch(known -> fits(host, known)))) {
            return next.handle(request);
        }
        return redirectsToWww && hosts.contains(WWW + host)
                ? Response.redirect(address(head.scheme(), WWW + head.authority(), head))
                : refusal();
    }

    private static boolean fits(String host, String known) {
        return known.startsWith("*") ? host.endsWith(known.substring(1)) : host.equals(known);
    }

    private static String portless(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 || authority.indexOf(']', colon) >= 0 ? authority : authority.substring(0, colon);
    }

    static Response refusal() {
        return Response.text("Invalid host header").status(400);
    }

    /// Returns the address of a request at another place.
    static String address(String scheme, String authority, RequestHead head) {
        String path = head.path().equals("*") ? "" : head.path();
        return scheme + "://" + authority + path + (head.query().isEmpty() ? "" : "?") + head.query();
    }

    @Override
    public String toString() {
        return "TrustedHosts" + hosts;
    }
}
