package io.asyncio4j.web;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The reading of forms: `application/x-www-form-urlencoded` and `multipart/form-data`.
final class FormReader {
    private FormReader() {}

    /// Returns the form that a body is said to be; an empty one if it is said to be something else.
    ///
    /// @throws HttpException with status 400 if it is malformed
    static FormData read(@Nullable String contentType, byte[] body) {
        FormData form = new FormData();
        if (contentType == null) {
            return form;
        }
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (type.equals("application/x-www-form-urlencoded")) {
            urlEncoded(new String(body, StandardCharsets.ISO_8859_1), form);
        } else if (type.equals("multipart/form-data")) {
            String boundary =
                    semicolon < 0 ? null : HeaderParameters.of(contentType).get("boundary");
            if (boundary == null || boundary.isEmpty()) {
                throw new HttpException(400, "Missing boundary in multipart.");
            }
            new MultipartReader(body, boundary, form).read();
        }
        return form;
    }

    private static void urlEncoded(String text, FormData form) {
        for (String pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                form.add(
                        Percent.decode(equals < 0 ? pair : pair.substring(0, equals), true),
                        equals < 0 ? "" : Percent.decode(pair.substring(equals + 1), true));
            }
        }
    }
}
