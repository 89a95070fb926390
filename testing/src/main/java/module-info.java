import org.jspecify.annotations.NullMarked;

/// Testing programs on asyncio4j: virtual time.
@NullMarked
module io.asyncio4j.testing {
    requires static transitive org.jspecify;
    requires transitive io.asyncio4j;

    // Only for @AsyncTest, for assertions and for the network in memory: the rest works without them.
    // Not transitive, or who has no use for them could not be compiled without.
    requires static io.asyncio4j.streams;
    requires static org.assertj.core;
    requires static org.junit.jupiter.api;

    exports io.asyncio4j.testing;

    // Makes the extension of @AsyncTest.
    opens io.asyncio4j.testing.junit to
            org.junit.platform.commons;
}
