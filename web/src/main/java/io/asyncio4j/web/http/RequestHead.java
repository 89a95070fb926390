package io.asyncio4j.web.http;

import io.asyncio4j.web.Headers;

/// The head of a request, checked: whatever stands here is well-formed.
///
/// @param method such as `GET`, in the case it was sent in
/// @param scheme `http` or `https`
/// @param authority the host and perhaps the port that the client means; empty if HTTP/1.0 named
///     none
/// @param path the path as it was sent, percent-encoded; begins with `/`, or is `*` for OPTIONS
/// @param query the query as it was sent, without its question mark; empty if there is none
/// @param headers the headers, without those that belong to the connection's protocol alone
/// @param version `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`
/// @param upgrade the lower-case name of the protocol to change to, such as `websocket`; else empty
/// @param length the length of the body in bytes; 0 if there is none, -1 if it is not known
public record RequestHead(
        String method,
        String scheme,
        String authority,
        String path,
        String query,
        Headers headers,
        String version,
        String upgrade,
        long length) {

    /// Returns this as it was reached by way of a proxy.
    public RequestHead reached(String byScheme, String atAuthority) {
        return new RequestHead(method, byScheme, atAuthority, path, query, headers, version, upgrade, length);
    }

    /// Returns whether the client wants the headers only.
    public boolean isHead() {
        return method.equals("HEAD");
    }
}
