package io.asyncio4j.web.form;

import io.asyncio4j.web.FormData;
import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.http.HeaderParameters;
import io.asyncio4j.web.http.MediaType;
import io.asyncio4j.web.http.Percent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The reading of forms: `application/x-www-form-urlencoded` and `multipart/form-data`.
public final class FormReader {
    /// The most fields, and of those that are multipart, the most files.
    static final int MOST_FIELDS = 1_000;

    /// The most bytes of a field: name and value.
    static final int LONGEST_FIELD = 1024 * 1024;

    /// The longest boundary. RFC 2046 has 70; the time to search a body for it grows with it.
    private static final int LONGEST_BOUNDARY = 200;

    private FormReader() {}

    /// Returns the form that a body is said to be; an empty one if it is said to be something else.
    ///
    /// @throws HttpException with status 400 if it is malformed
    public static FormData read(@Nullable String contentType, byte[] body) {
        FormValues form = new FormValues();
        if (contentType == null) {
            return form;
        }
        String type = MediaType.of(contentType);
        if (type.equals("application/x-www-form-urlencoded")) {
            pairs(new String(body, StandardCharsets.ISO_8859_1), form);
        } else if (type.equals("multipart/form-data")) {
            String boundary = HeaderParameters.of(contentType).get("boundary");
            if (boundary == null || boundary.isEmpty()) {
                throw new HttpException(400, "Missing boundary in multipart.");
            }
            if (boundary.length() > LONGEST_BOUNDARY) {
                throw new HttpException(400, "The boundary is longer than " + LONGEST_BOUNDARY + " characters.");
            }
            new MultipartReader(body, boundary, form).read();
        }
        return form;
    }

    private static void pairs(String text, FormValues form) {
        int[] fields = {0};
        Percent.pairs(text, (name, value) -> {
            if (++fields[0] > MOST_FIELDS) {
                throw tooMany();
            }
            if (name.length() + value.length() > LONGEST_FIELD) {
                throw new HttpException(400, "Field exceeded maximum size of " + LONGEST_FIELD / 1024 + "KB.");
            }
            form.add(name, value);
        });
    }

    static HttpException tooMany() {
        return new HttpException(400, "Too many fields. Maximum number of fields is " + MOST_FIELDS + ".");
    }
}
