import org.jspecify.annotations.NullMarked;

/// asyncio for Java: the event loop, tasks, futures and task groups.
@NullMarked
module io.asyncio4j {
    requires static transitive org.jspecify;
    // For Ctrl-C, as in asyncio's runner: sun.misc.Signal has no standard counterpart.
    requires jdk.unsupported;
    // For the bean of Inspection, and to name the owner of a lock that blocks a loop: where there is JMX.
    requires static java.management;
    requires static jdk.management;
    // For the events of JfrEvents, where there is a flight recorder.
    requires static jdk.jfr;

    exports io.asyncio4j;
    exports io.asyncio4j.spi;
    exports io.asyncio4j.sync;
}
