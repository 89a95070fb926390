import org.jspecify.annotations.NullMarked;

/// asyncio for Java: the event loop, tasks, futures and task groups.
@NullMarked
module io.asyncio4j {
    requires static transitive org.jspecify;
    // For Ctrl-C, as in asyncio's runner: sun.misc.Signal has no standard counterpart.
    requires jdk.unsupported;
    // To name the owner of a lock that a task blocks the loop with; without them it is left out.
    requires static java.management;
    requires static jdk.management;

    exports io.asyncio4j;
    exports io.asyncio4j.spi;
    exports io.asyncio4j.sync;
}
