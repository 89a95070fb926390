package io.asyncio4j.web.schema;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The search for what is wrong with bytes that are no JSON: where Python's `json` module says that
/// it is, in its words. Positions count characters.
final class JsonFault {
    private static final String NO_VALUE = "Expecting value";
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final char LARGEST_CONTROL = '\u001f';

    private final int[] text;
    private int at;

    private JsonFault(int[] text) {
        this.text = text;
    }

    /// Returns what is wrong.
    ///
    /// @param otherwise what to say if nothing is wrong for Python
    static JsonTree.Malformed find(byte[] json, String otherwise) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
        } catch (CharacterCodingException otherEncoding) {
            return new JsonTree.Malformed(0, otherwise, true);
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        JsonFault search = new JsonFault(text.codePoints().toArray());
        try {
            search.skipSpace();
            search.value(0);
            search.skipSpace();
            boolean more = search.at < search.text.length;
            return new JsonTree.Malformed(search.at, more ? "Extra data" : otherwise, !more);
        } catch (JsonTree.Malformed found) {
            return found;
        }
    }

    private static JsonTree.Malformed fault(String words, int position) {
        return new JsonTree.Malformed(position, words, false);
    }

    private int next() {
        return at < text.length ? text[at] : -1;
    }

    private void skipSpace() {
        while (next() == ' ' || next() == '\t' || next() == '\n' || next() == '\r') {
            at++;
        }
    }

    private void value(int depth) throws JsonTree.Malformed {
        if (depth > JsonTree.DEEPEST) {
            throw fault("More than " + JsonTree.DEEPEST + " arrays and objects within one another", at);
        }
        switch (next()) {
            case '"' -> string();
            case '{' -> object(depth);
            case '[' -> array(depth);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void word(String word) throws JsonTree.Malformed {
        int start = at;
        for (int i = 0; i < word.length(); i++, at++) {
            if (next() != word.charAt(i)) {
                throw fault(NO_VALUE, start);
            }
        }
    }

    private void number() throws JsonTree.Malformed {
        int start = at;
        if (next() == '-') {
            at++;
        }
        if (next() == '0') {
            at++;
        } else if (skipDigits() == 0) {
            throw fault(NO_VALUE, start);
        }
        int whole = at;
        if (next() == '.') {
            at++;
            at = skipDigits() == 0 ? whole : at;
        }
        whole = at;
        if (next() == 'e' || next() == 'E') {
            at++;
            if (next() == '+' || next() == '-') {
                at++;
            }
            at = skipDigits() == 0 ? whole : at;
        }
    }

    private int skipDigits() {
        int start = at;
        while (next() >= '0' && next() <= '9') {
            at++;
        }
        return at - start;
    }

    private void array(int depth) throws JsonTree.Malformed {
        at++;
        skipSpace();
        if (next() == ']') {
            at++;
            return;
        }
        while (true) {
            value(depth + 1);
            skipSpace();
            if (next() == ']') {
                at++;
                return;
            }
            comma();
        }
    }

    private void object(int depth) throws JsonTree.Malformed {
        at++;
        skipSpace();
        if (next() == '}') {
            at++;
            return;
        }
        while (true) {
            if (next() != '"') {
                throw fault("Expecting property name enclosed in double quotes", at);
            }
            string();
            skipSpace();
            if (next() != ':') {
                throw fault("Expecting ':' delimiter", at);
            }
            at++;
            skipSpace();
            value(depth + 1);
            skipSpace();
            if (next() == '}') {
                at++;
                return;
            }
            comma();
        }
    }

    private void comma() throws JsonTree.Malformed {
        if (next() != ',') {
            throw fault("Expecting ',' delimiter", at);
        }
        at++;
        skipSpace();
    }

    private void string() throws JsonTree.Malformed {
        int start = at++;
        while (next() != '"') {
            if (at >= text.length) {
                throw fault("Unterminated string starting at", start);
            }
            if (next() <= LARGEST_CONTROL) {
                throw fault("Invalid control character at", at);
            }
            if (next() == '\\') {
                escape(start);
            } else {
                at++;
            }
        }
        at++;
    }

    private void escape(int start) throws JsonTree.Malformed {
        int backslash = at++;
        if (at >= text.length) {
            throw fault("Unterminated string starting at", start);
        }
        if (next() != 'u') {
            if ("\"\\/bfnrt".indexOf(next()) < 0) {
                throw fault("Invalid \\escape", backslash);
            }
            at++;
            return;
        }
        at++;
        boolean ends = at + 4 >= text.length;
        for (int end = at + 4; at < end; at++) {
            if (ends || Character.digit(next(), 16) < 0 || next() > 'f') {
                throw fault("Invalid \\uXXXX escape", backslash + 1);
            }
        }
    }
}
