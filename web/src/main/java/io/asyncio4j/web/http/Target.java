package io.asyncio4j.web.http;

/// The path and the query that a request names, both as they were sent.
///
/// @param query without its question mark; empty if there is none
public record Target(String path, String query) {
    /// Returns the parts of a target that begins with a slash. A percent sign that begins no code
    /// is the program's affair, as in FastAPI.
    public static Target of(String text) {
        int question = text.indexOf('?');
        String path = question < 0 ? text : text.substring(0, question);
        return new Target(path, question < 0 ? "" : text.substring(question + 1));
    }
}
