package io.asyncio4j.web;

/// The redirection of requests without encryption to `https`, with status 307:
/// `app.around(HttpsRedirect.create())`. Immutable; any thread. FastAPI: `HTTPSRedirectMiddleware`.
///
/// Behind a proxy, [ServeOptions#proxyHeaders] has to tell the scheme, or the client is sent round
/// in circles. A port other than 80 and 443 is kept.
public final class HttpsRedirect implements Middleware {
    private static final HttpsRedirect ONLY = new HttpsRedirect();

    private HttpsRedirect() {}

    /// Returns the redirection.
    public static HttpsRedirect create() {
        return ONLY;
    }

    @Override
    public Response handle(Request request, Next next) throws Exception {
        if (!request.scheme().equals("http")) {
            return next.handle(request);
        }
        String authority = request.head().authority();
        return authority.isEmpty()
                ? TrustedHosts.refusal()
                : Response.redirect(TrustedHosts.address("https", portless(authority), request.head()));
    }

    private static String portless(String authority) {
        int colon = authority.lastIndexOf(':');
        String port = authority.substring(colon + 1);
        return colon > 0 && (port.equals("80") || port.equals("443")) && !insideBrackets(authority, colon)
                ? authority.substring(0, colon)
                : authority;
    }

    private static boolean insideBrackets(String authority, int index) {
        return authority.indexOf(']', index) >= 0;
    }

    @Override
    public String toString() {
        return "HttpsRedirect[]";
    }
}
