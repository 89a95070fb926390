package io.asyncio4j.streams.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The file descriptors that the JDK needs to start a process.
///
/// With too few of them, [ProcessBuilder#start] of JDK 25 fails, and closes a descriptor that is
/// not its own, such as this program's standard input: another file or socket would get its number,
/// and whoever uses the old one would read and write there. So it is not called then.
final class FreeDescriptors {
    /// For three pipes, three more that the JDK makes for itself, and some that other threads may
    /// take meanwhile.
    private static final int NEEDED = 20;

    private static final File NOTHING = new File("/dev/null");

    private FreeDescriptors() {}

    /// Takes as many as are needed, and gives them back. Any thread.
    ///
    /// @throws IOException if there are not so many
    static void require() throws IOException {
        if (!NOTHING.exists()) {
            return; // not a system with descriptors
        }
        List<FileInputStream> taken = new ArrayList<>(NEEDED);
        try {
            while (taken.size() < NEEDED) {
                taken.add(new FileInputStream(NOTHING));
            }
        } catch (IOException none) {
            throw new IOException(
                    "too many open files; it needs " + NEEDED + " free file descriptors, and there are " + taken.size()
                            + "; close some, or raise the limit (ulimit -n)",
                    none);
        } finally {
            for (FileInputStream each : taken) {
                each.close();
            }
        }
    }
}
