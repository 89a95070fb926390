import org.jspecify.annotations.NullMarked;

/// Testing programs on asyncio4j: virtual time.
@NullMarked
module io.asyncio4j.testing {
    requires static transitive org.jspecify;
    requires transitive io.asyncio4j;

    // Only for @AsyncTest, and for assertions: the rest works without them.
    requires static transitive org.assertj.core;
    requires static transitive org.junit.jupiter.api;

    // Only for the network in memory.
    requires static transitive io.asyncio4j.streams;

    exports io.asyncio4j.testing;

    // Makes the extension of @AsyncTest.
    opens io.asyncio4j.testing to
            org.junit.platform.commons;
}
