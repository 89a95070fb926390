package io.asyncio4j.inspect;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists, strings, numbers and truth values as JSON.
final class Json {
    private Json() {}

    static String of(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("null");
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            case Map<?, ?> object -> writeObject(object, text);
            case Iterable<?> array -> writeArray(array, text);
            default -> writeString(value.toString(), text);
        }
    }

    private static void writeObject(Map<?, ?> object, StringBuilder text) {
        text.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            text.append(separator);
            writeString(String.valueOf(entry.getKey()), text);
            write(entry.getValue(), text.append(':'));
            separator = ",";
        }
        text.append('}');
    }

    private static void writeArray(Iterable<?> array, StringBuilder text) {
        text.append('[');
        for (Iterator<?> elements = array.iterator(); elements.hasNext(); ) {
            write(elements.next(), text);
            text.append(elements.hasNext() ? "," : "");
        }
        text.append(']');
    }

    private static void writeString(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                text.append("\\u").append(Character.forDigit(c >> 12, 16)).append(Character.forDigit(c >> 8 & 15, 16));
                text.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
