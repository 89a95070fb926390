package io.asyncio4j.checks;

import com.google.errorprone.VisitorState;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The methods of the JDK that block the calling thread, each with what to write in a coroutine.
///
/// Not here is what blocks in some programs only, or never for long: files and output, and
/// `Lock.lock`, which is right around a few lines without an await.
final class BlockingMethods {
    /// The replacement of a call.
    enum Remedy {
        SLEEP("Write Asyncio.sleep(duration)."),
        AWAIT("Write await(%2$s)."),
        SEND_ASYNC("Write await(%2$s.sendAsync(...))."),
        EXIT("Write await(%2$s.onExit()), or use Subprocess of io.asyncio4j.streams."),
        SYNC("Between tasks use the types of io.asyncio4j.sync; if another thread is to end the wait, write %1$s."),
        SOCKET("Use Streams of io.asyncio4j.streams, or write %1$s."),
        TO_THREAD("Write %1$s.");

        private final String text;

        Remedy(String text) {
            this.text = text;
        }

        /// @param toThread the call, taken off the loop
        /// @param receiver what the method is called on
        String text(String toThread, String receiver) {
            return text.formatted(toThread, receiver);
        }
    }

    /// A class and methods of it that block, `name` or `name/number of parameters`.
    private record Entry(String className, Remedy remedy, Set<String> methods) {
        boolean names(Symbol method, int parameters) {
            String name = method.isConstructor() ? "new" : Library.nameOf(method);
            return methods.contains(name) || methods.contains(name + "/" + parameters);
        }
    }

    /// The first that fits is taken.
    private static final List<Entry> ENTRIES = List.of(
            entry("java.lang.Thread", Remedy.SLEEP, "sleep"),
            entry("java.util.concurrent.TimeUnit", Remedy.SLEEP, "sleep"),
            entry("java.util.concurrent.CompletableFuture", Remedy.AWAIT, "get join"),
            entry("java.net.http.HttpClient", Remedy.SEND_ASYNC, "send"),
            entry("java.lang.Process", Remedy.EXIT, "waitFor"),
            entry("java.lang.Object", Remedy.SYNC, "wait"),
            entry("java.util.concurrent.CountDownLatch", Remedy.SYNC, "await"),
            entry("java.util.concurrent.CyclicBarrier", Remedy.SYNC, "await"),
            entry("java.util.concurrent.Phaser", Remedy.SYNC, "arriveAndAwaitAdvance awaitAdvance"),
            entry("java.util.concurrent.Exchanger", Remedy.SYNC, "exchange"),
            entry("java.util.concurrent.Semaphore", Remedy.SYNC, "acquire acquireUninterruptibly"),
            entry("java.util.concurrent.locks.Condition", Remedy.SYNC, "await awaitNanos awaitUninterruptibly"),
            entry("java.util.concurrent.BlockingQueue", Remedy.SYNC, "take put/1 poll/2 offer/3"),
            entry("java.util.concurrent.BlockingDeque", Remedy.SYNC, "takeFirst takeLast putFirst putLast"),
            entry("java.net.Socket", Remedy.SOCKET, "new/2 new/4 connect"),
            entry("java.net.ServerSocket", Remedy.SOCKET, "accept"),
            entry("java.net.DatagramSocket", Remedy.SOCKET, "receive"),
            entry("java.net.InetAddress", Remedy.SOCKET, "getByName getAllByName isReachable"),
            entry("java.lang.Thread", Remedy.TO_THREAD, "join"),
            entry("java.util.concurrent.Future", Remedy.TO_THREAD, "get"),
            entry("java.util.concurrent.ForkJoinTask", Remedy.TO_THREAD, "join invoke"),
            entry(
                    "java.util.concurrent.ExecutorService",
                    Remedy.TO_THREAD,
                    "awaitTermination close invokeAll invokeAny"),
            entry("java.util.concurrent.CompletionService", Remedy.TO_THREAD, "take poll/2"),
            entry("java.util.concurrent.locks.LockSupport", Remedy.TO_THREAD, "park parkNanos parkUntil"),
            entry("java.nio.channels.Selector", Remedy.TO_THREAD, "select"),
            entry("java.net.URL", Remedy.TO_THREAD, "openStream getContent"),
            entry("java.net.URLConnection", Remedy.TO_THREAD, "connect getInputStream getContent"),
            entry("java.net.HttpURLConnection", Remedy.TO_THREAD, "getResponseCode getResponseMessage"),
            entry("java.sql.DriverManager", Remedy.TO_THREAD, "getConnection"),
            entry("javax.sql.DataSource", Remedy.TO_THREAD, "getConnection"),
            entry("java.sql.Connection", Remedy.TO_THREAD, "commit rollback isValid"),
            entry(
                    "java.sql.Statement",
                    Remedy.TO_THREAD,
                    "execute executeQuery executeUpdate executeLargeUpdate executeBatch executeLargeBatch"),
            entry("java.io.InputStream", Remedy.TO_THREAD, "read readNBytes readAllBytes skipNBytes transferTo"),
            entry("java.io.Reader", Remedy.TO_THREAD, "read readLine lines readAllLines readAllAsString transferTo"),
            entry("java.lang.IO", Remedy.TO_THREAD, "readln"),
            entry("java.io.Console", Remedy.TO_THREAD, "readLine readPassword"),
            entry(
                    "java.util.Scanner",
                    Remedy.TO_THREAD,
                    "next nextLine nextInt nextLong nextDouble nextBoolean hasNext hasNextLine hasNextInt"));

    /// Unbounded queues: putting never waits.
    private static final List<String> UNBOUNDED = List.of(
            "java.util.concurrent.PriorityBlockingQueue",
            "java.util.concurrent.DelayQueue",
            "java.util.concurrent.LinkedTransferQueue");

    private BlockingMethods() {}

    private static Entry entry(String className, Remedy remedy, String methods) {
        return new Entry(className, remedy, Set.copyOf(Arrays.asList(methods.split(" "))));
    }

    /// Returns how to replace a call of a method, if it blocks.
    ///
    /// @param receiver the type of what it is called on
    static Optional<Remedy> remedy(MethodSymbol method, @Nullable Type receiver, VisitorState state) {
        boolean neverWaits = Library.nameOf(method).equals("put")
                && UNBOUNDED.stream().anyMatch(queue -> Library.isA(receiver, queue, state));
        if (neverWaits) {
            return Optional.empty();
        }
        int parameters = method.getParameters().size();
        return ENTRIES.stream()
                .filter(entry -> entry.names(method, parameters) && Library.isA(receiver, entry.className(), state))
                .map(Entry::remedy)
                .findFirst();
    }
}
