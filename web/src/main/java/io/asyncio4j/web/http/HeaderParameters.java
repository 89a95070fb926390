package io.asyncio4j.web.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The parameters of a header's value: `boundary` in `multipart/form-data; boundary=x`.
public final class HeaderParameters {
    private HeaderParameters() {}

    /// Returns them by their names in lower case; the first of several with the same name counts.
    public static Map<String, String> of(String value) {
        Map<String, String> parameters = new HashMap<>();
        int at = value.indexOf(';');
        int equals = 0;
        while (at >= 0 && at < value.length()) {
            if (equals <= at) {
                equals = value.indexOf('=', at);
            }
            if (equals < 0) {
                break;
            }
            int end = value.indexOf(';', at + 1);
            if (end >= 0 && end < equals) {
                at = end;
                continue;
            }
            String name = value.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT);
            int start = equals + 1;
            while (start < value.length() && value.charAt(start) == ' ') {
                start++;
            }
            if (start < value.length() && value.charAt(start) == '"') {
                StringBuilder text = new StringBuilder();
                at = quoted(value, start + 1, text);
                parameters.putIfAbsent(name, text.toString());
                at = value.indexOf(';', at);
            } else {
                at = value.indexOf(';', start);
                String text = at < 0 ? value.substring(start) : value.substring(start, at);
                parameters.putIfAbsent(name, text.strip());
            }
        }
        return parameters;
    }

    /// Appends what stands in quotes, and returns the position behind them.
    private static int quoted(String value, int start, StringBuilder text) {
        int i = start;
        while (i < value.length() && value.charAt(i) != '"') {
            // browsers write a quote within as %22, and a backslash as itself
            boolean escaped = value.charAt(i) == '\\'
                    && i + 1 < value.length()
                    && (value.charAt(i + 1) == '"' || value.charAt(i + 1) == '\\');
            text.append(value.charAt(escaped ? i + 1 : i));
            i += escaped ? 2 : 1;
        }
        return Math.min(i + 1, value.length());
    }
}
