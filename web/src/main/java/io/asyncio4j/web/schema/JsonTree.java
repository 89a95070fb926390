package io.asyncio4j.web.schema;

import org.jspecify.annotations.Nullable;

/// JSON as plain objects: what [Shape#read] reads.
public final class JsonTree {
    private JsonTree() {}

    /// The failure of bytes that are no JSON.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;
        private final int position;
        private final String words;

        Malformed(int position, String words) {
            super(words + " at " + position);
            this.position = position;
            this.words = words;
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

    /// @throws Malformed if it is no JSON
    public static @Nullable Object read(byte[] json) throws Malformed { throw new UnsupportedOperationException(); }
}
