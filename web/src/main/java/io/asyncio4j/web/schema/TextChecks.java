package io.asyncio4j.web.schema;

import io.asyncio4j.web.scalar.Fault;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The sizes and patterns of texts, as checks. Sizes count code points.
final class TextChecks {
    private TextChecks() {}

    static void addTo(List<Check> checks, Rules rules) {
        Rules.Size min = rules.minSize;
        if (min != null) {
            Fault fault = size("string_too_short", "at least", "min_length", min);
            int least = min.value();
            checks.add(value -> count((String) value) < least ? fault : null);
        }
        Rules.Size max = rules.maxSize;
        if (max != null) {
            Fault fault = size("string_too_long", "at most", "max_length", max);
            int most = max.value();
            checks.add(value -> ((String) value).length() > most && count((String) value) > most ? fault : null);
        }
        for (Rules.Regex regex : rules.patterns) {
            String pattern = regex.pattern().pattern();
            String message =
                    regex.message() == null ? "String should match pattern '" + pattern + "'" : regex.message();
            Fault fault = new Fault("string_pattern_mismatch", message, Map.of("pattern", pattern));
            checks.add(value -> matches(regex.pattern(), (String) value) ? null : fault);
        }
    }

    /// Returns whether a text fits. One that is too long for the JDK's matcher, which calls itself
    /// for each repetition of a group, does not.
    private static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(text).matches();
        } catch (StackOverflowError _) {
            return false;
        }
    }

    private static int count(String text) {
        return text.codePointCount(0, text.length());
    }

    private static Fault size(String type, String words, String key, Rules.Size size) {
        String message = size.message() == null
                ? "String should have " + words + " " + size.value()
                        + (size.value() == 1 ? " character" : " characters")
                : size.message();
        return new Fault(type, message, Map.of(key, size.value()));
    }
}
