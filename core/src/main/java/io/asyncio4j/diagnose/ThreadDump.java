package io.asyncio4j.diagnose;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a thread dump who holds a monitor: the only way to learn it of virtual threads. All use of
/// module `jdk.management`, which may be absent.
final class ThreadDump {
    /*
     * The dump is JSON with one value a line. Of each thread it has, in this order,
     *
     *   "tid": "27",
     *   "name": "writer",
     *   "blockedOn": "java.lang.Object@29950d05",       if it waits to enter a monitor
     *   "waitingOn": "java.lang.Object@29950d05",       if it has left one, in Object.wait()
     *   "stack": [ "Main.save(Main.java:12)", ... ],
     *   "monitorsOwned": [ { "depth": 3, "locks": [ "java.lang.Object@29950d05" ] } ]
     */

    private final Map<String, BlockedOn> ownedMonitors = new HashMap<>();
    private final long threadId;

    /// The monitor that the thread waits to enter.
    private @Nullable String wanted;

    // What was read last.
    private long tid;
    private String name = "";
    private String waitingOn = "";
    private boolean inLocks;

    ThreadDump(long threadId) {
        this.threadId = threadId;
    }

    /// Returns the monitor for which a thread waits, with its owner; null if nothing was found.
    static @Nullable BlockedOn ofMonitor(long threadId) {
        Path folder = null;
        Path file = null;
        try {
            folder = Files.createTempDirectory("asyncio4j");
            file = folder.resolve("threads.json");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                return new ThreadDump(threadId).read(lines);
            }
        } catch (IOException unable) {
            return null;
        } finally {
            delete(file);
            delete(folder);
        }
    }

    private static void delete(@Nullable Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException unable) {
            path.toFile().deleteOnExit();
        }
    }

    @Nullable
    BlockedOn read(BufferedReader lines) throws IOException {
        for (String line; (line = lines.readLine()) != null; ) {
            read(line.strip());
        }
        if (wanted == null) {
            return null;
        }
        BlockedOn owned = ownedMonitors.get(wanted);
        return owned == null ? new BlockedOn("the monitor of " + wanted, -1, "") : owned;
    }

    private void read(String line) {
        if (line.startsWith("\"tid\": ")) {
            tid = Long.parseLong(value(line));
            name = "";
            waitingOn = "";
        } else if (line.startsWith("\"name\": ")) {
            name = value(line);
        } else if (line.startsWith("\"waitingOn\": ")) {
            waitingOn = value(line);
        } else if (line.startsWith("\"blockedOn\": ") && tid == threadId) {
            wanted = value(line);
        } else if (line.startsWith("\"locks\": [")) {
            inLocks = true;
        } else if (line.startsWith("]")) {
            inLocks = false;
        } else if (inLocks && line.startsWith("\"")) {
            owned(unquoted(line));
        }
    }

    private void owned(String monitor) {
        if (!monitor.equals(waitingOn)) {
            ownedMonitors.put(monitor, new BlockedOn("the monitor of " + monitor, tid, name));
        }
    }

    private static String value(String line) {
        return unquoted(line.substring(line.indexOf(": ") + 2));
    }

    private static String unquoted(String value) {
        int end = value.lastIndexOf('"');
        return value.substring(1, Math.max(1, end)).replace("\\/", "/").replace("\\\"", "\"");
    }
}
