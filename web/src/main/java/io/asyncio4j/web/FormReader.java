package io.asyncio4j.web;

import io.asyncio4j.web.http.MediaType;
import java.nio.charset.StandardCharsets;
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
        String type = MediaType.of(contentType);
        if (type.equals("application/x-www-form-urlencoded")) {
            Percent.pairs(new String(body, StandardCharsets.ISO_8859_1), form::add);
        } else if (type.equals("multipart/form-data")) {
            String boundary = HeaderParameters.of(contentType).get("boundary");
            if (boundary == null || boundary.isEmpty()) {
                throw new HttpException(400, "Missing boundary in multipart.");
            }
            new MultipartReader(body, boundary, form).read();
        }
        return form;
    }
}
