package io.asyncio4j.web.http;

/// The path and the query that a request names, both as they were sent.
///
/// @param query without its question mark; empty if there is none
public record Target(String path, String query) {
    /// Returns the parts of a target that begins with a slash.
    ///
    /// @throws HttpError if the path is not percent-encoded properly
    public static Target of(String text) throws HttpError {
        int question = text.indexOf('?');
        String path = question < 0 ? text : text.substring(0, question);
        if (!Syntax.isPercentEncoded(path)) {
            throw new HttpError(400, "A percent sign in the path must be followed by two hexadecimal digits");
        }
        return new Target(path, question < 0 ? "" : text.substring(question + 1));
    }
}
