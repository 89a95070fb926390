package io.asyncio4j.web.form;

import io.asyncio4j.web.HttpException;
import io.asyncio4j.web.http.HeaderParameters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reading of `multipart/form-data`.
final class MultipartReader {
    private static final int LONGEST_HEAD = 16 * 1024;

    private final byte[] body;
    private final byte[] delimiter;
    private final FormValues form;
    private int fields;
    private int files;

    MultipartReader(byte[] body, String boundary, FormValues form) {
        this.body = body;
        this.delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        this.form = form;
    }

    private static HttpException malformed() {
        return new HttpException(400, "Invalid multipart data.");
    }

    /// @throws HttpException with status 400 if it is malformed, or has too many or too long parts
    void read() {
        if (body.length == 0) {
            return;
        }
        int at = find(delimiter, 0, body.length);
        if (at < 0 || !isLineStart(at)) {
            throw malformed();
        }
        at += delimiter.length;
        byte[] separator = new byte[delimiter.length + 2];
        separator[0] = '\r';
        separator[1] = '\n';
        System.arraycopy(delimiter, 0, separator, 2, delimiter.length);
        while (!startsWith(at, "--")) {
            if (!startsWith(at, "\r\n")) {
                throw malformed();
            }
            int end = find(separator, at, body.length);
            if (end < 0) {
                throw malformed();
            }
            part(at + 2, end);
            at = end + separator.length;
        }
    }

    private boolean isLineStart(int at) {
        return at == 0 || (at >= 2 && body[at - 2] == '\r' && body[at - 1] == '\n');
    }

    private boolean startsWith(int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= body.length || body[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int find(byte[] wanted, int start, int end) {
        for (int i = start; i <= end - wanted.length; i++) {
            if (body[i] == wanted[0] && Arrays.equals(body, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    /// Reads a part: its headers, an empty line, and its content up to `end`.
    private void part(int start, int end) {
        byte[] gap = {'\r', '\n', '\r', '\n'};
        int head = startsWith(start, "\r\n") ? start - 2 : find(gap, start, Math.min(end, start + LONGEST_HEAD));
        if (head < 0) {
            throw malformed();
        }
        int content = head + gap.length;
        if (content > end) {
            throw malformed();
        }
        String disposition = "";
        @Nullable String type = null;
        String headers = head < start ? "" : new String(body, start, head - start, StandardCharsets.UTF_8);
        for (String line : headers.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            if (name.equals("content-disposition")) {
                disposition = line.substring(colon + 1);
            } else if (name.equals("content-type")) {
                type = line.substring(colon + 1).strip();
            }
        }
        add(HeaderParameters.of(disposition), type, content, end - content);
    }

    /// Returns text of UTF-8; as in Starlette, what is none is read as ISO 8859-1.
    private String text(int start, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body, start, length))
                    .toString();
        } catch (CharacterCodingException otherEncoding) {
            return new String(body, start, length, StandardCharsets.ISO_8859_1);
        }
    }

    private void add(Map<String, String> disposition, @Nullable String type, int start, int length) {
        String name = disposition.get("name");
        if (name == null) {
            throw new HttpException(400, "The Content-Disposition header field \"name\" must be provided.");
        }
        String file = disposition.get("filename");
        if (file != null) {
            if (++files > FormReader.MOST_FIELDS) {
                throw new HttpException(
                        400, "Too many files. Maximum number of files is " + FormReader.MOST_FIELDS + ".");
            }
            form.add(name, new FilePart(file, type, body, start, length));
            return;
        }
        if (++fields > FormReader.MOST_FIELDS) {
            throw FormReader.tooMany();
        }
        if (length > FormReader.LONGEST_FIELD) {
            throw new HttpException(400, "Part exceeded maximum size of " + FormReader.LONGEST_FIELD / 1024 + "KB.");
        }
        form.add(name, text(start, length));
    }
}
