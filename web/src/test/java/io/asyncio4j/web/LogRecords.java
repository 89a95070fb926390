package io.asyncio4j.web;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The lines that the server logs, in the place of its log.
final class LogRecords extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.asyncio4j.web");
    private final List<String> lines = new ArrayList<>();

    LogRecords() {
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    /// Returns level, text, and what was thrown.
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        @Nullable Throwable thrown = line.getThrown();
        lines.add(line.getLevel() + " " + line.getMessage() + (thrown == null ? "" : ": " + thrown.getMessage()));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
