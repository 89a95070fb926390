package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;

import io.asyncio4j.sync.Lock;

/// A file is closed between the check that it is open and its use.
final class UseAfterClose implements Race {
    private abstract static class Journal {
        boolean open = true;

        /// Returns false if the journal is closed.
        abstract boolean append(String line);

        abstract void close();

        String format(String line) {
            sleep(ofMillis(4));
            return line.strip();
        }

        void write(String line) {
            if (!open) {
                throw new IllegalStateException("'" + line + "' was written to a closed file");
            }
        }
    }

    private static final class Broken extends Journal {
        @Override
        boolean append(String line) {
            if (!open) {
                return false;
            }
            write(format(line));
            return true;
        }

        @Override
        void close() {
            open = false;
        }
    }

    /// Closing waits for those who write.
    private static final class Corrected extends Journal {
        private final Lock lock = new Lock("journal");

        @Override
        boolean append(String line) {
            try (var _ = lock.acquire()) {
                if (!open) {
                    return false;
                }
                write(format(line));
                return true;
            }
        }

        @Override
        void close() {
            try (var _ = lock.acquire()) {
                open = false;
            }
        }
    }

    @Override
    public void broken() {
        scenario(new Broken());
    }

    @Override
    public void corrected() {
        scenario(new Corrected());
    }

    private static void scenario(Journal journal) {
        taskGroup(group -> {
            group.createTask("writer", () -> {
                int lines = 0;
                while (journal.append("line " + lines)) {
                    lines++;
                    sleep(ofMillis(6));
                }
            });
            group.createTask("shutdown", () -> {
                sleep(ofMillis(31)); // until it is asked for
                sleep(ofMillis(3)); // for who is about to write
                journal.close();
            });
        });
    }
}
