import org.jspecify.annotations.NullMarked;

/// Testing programs on asyncio4j: virtual time.
@NullMarked
module io.asyncio4j.testing {
    requires static transitive org.jspecify;
    requires transitive io.asyncio4j;

    exports io.asyncio4j.testing;
}
