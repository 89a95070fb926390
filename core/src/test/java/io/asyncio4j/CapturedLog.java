package io.asyncio4j;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The log of `io.asyncio4j` while this is open; none of it reaches the console.
public final class CapturedLog implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.asyncio4j");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            String thread = Thread.currentThread().getName();
            if (thread.equals("asyncio4j-closer") || thread.startsWith("asyncio4j-watchdog")) {
                return; // about a loop that an earlier test dropped, or how slow the machine is
            }
            records.add(record);
            told.run();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /// Called after each record.
    private final Runnable told;

    public CapturedLog() {
        this(() -> {});
    }

    public CapturedLog(Runnable told) {
        this.told = told;
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    /// Level and message of each record.
    public List<String> lines() {
        return records.stream().map(r -> r.getLevel() + " " + r.getMessage()).toList();
    }

    /// What was logged as thrown, record by record.
    public List<Throwable> thrown() {
        return records.stream().map(LogRecord::getThrown).toList();
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
