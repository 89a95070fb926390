package io.asyncio4j.web.http;

import java.util.Locale;

/// The main part of a `Content-Type`.
public final class MediaType {
    private MediaType() {}

    /// Returns it in lower case and without its parameters: `text/html` of `Text/HTML;
    /// charset=utf-8`.
    public static String of(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
