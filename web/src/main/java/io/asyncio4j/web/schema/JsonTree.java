package io.asyncio4j.web.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// JSON as plain objects: what [Shape#read] reads. Of members with the same name, the last one
/// counts.
public final class JsonTree {
    /// The most arrays and objects within one another.
    static final int DEEPEST = 200;

    /// The most characters of a number: the time to convert them grows faster than their number.
    private static final int LONGEST_NUMBER = 4_300;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonTree() {}

    /// The failure of bytes that are no JSON.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final int position;
        private final String words;
        private final boolean unreadable;

        Malformed(int position, String words, boolean unreadable) {
            super(words + " at " + position);
            this.position = position;
            this.words = words;
            this.unreadable = unreadable;
        }

        /// Returns whether there is no mistake to show: it is no UTF-8, or has a number of too many
        /// digits.
        public boolean isUnreadable() {
            return unreadable;
        }

        /// Returns the number of characters before the mistake.
        public int position() {
            return position;
        }

        /// Returns what is wrong.
        public String words() {
            return words;
        }
    }

    /// Reads UTF-8, perhaps with a byte order mark.
    ///
    /// @throws Malformed if it is no JSON, is nested too deeply, or has a number of too many digits
    public static @Nullable Object read(byte[] json) throws Malformed {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw JsonFault.find(json, "Expecting value");
            }
            Object value = value(parser, first);
            if (parser.nextToken() != null) {
                throw JsonFault.find(json, "Extra data");
            }
            return value;
        } catch (JacksonException wrong) {
            Malformed malformed = JsonFault.find(json, String.valueOf(wrong.getOriginalMessage()));
            malformed.initCause(wrong);
            throw malformed;
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> null;
        };
    }

    private static Object whole(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Object) parser.getLongValue();
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            members.put(name, value(parser, parser.nextToken()));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return items;
    }
}
