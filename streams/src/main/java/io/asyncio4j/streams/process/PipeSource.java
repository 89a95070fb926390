package io.asyncio4j.streams.process;

import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.bytes.ByteInput;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Brings a subprocess's output to a [ByteInput]: a thread reads the pipe and posts the chunks
/// to the loop.
///
/// The thread is at most a few chunks ahead of the loop; while the reader is full, it waits, and so
/// does the subprocess in its writes.
public final class PipeSource implements ByteInput.Source {
    private static final int CHUNK = 64 * 1024;
    private static final int CHUNKS_AHEAD = 4;

    public final ByteInput input;
    private final LoopAccess loop;
    private final String name;

    /// How many more chunks the thread may read.
    private final Semaphore credit = new Semaphore(CHUNKS_AHEAD);

    /// Nobody wants to read any more; read by the thread.
    private volatile boolean stopped;

    // The rest belongs to the loop.

    private Runnable whenOver = () -> {};
    private boolean paused;
    private boolean over;

    /// How many chunks came while the reader was full.
    private int owed;

    /// @param name of the stream, for messages
    PipeSource(LoopAccess loop, int limit, String name) {
        this.loop = loop;
        this.name = name;
        this.input = new ByteInput(loop, limit, this);
    }

    /// Has `action` called on the loop, once, when nothing more will come.
    void whenOver(Runnable action) {
        whenOver = action;
    }

    boolean isOver() {
        return over;
    }

    /// Drops what has not come yet. The pipe is closed as soon as its thread notices: closing it
    /// under a read would free its descriptor for another file, which the read would then get.
    void stop() {
        if (!over) {
            stopped = true;
            credit.release();
            ended(null);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String state() {
        return input.readState();
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        credit.release(owed);
        owed = 0;
    }

    // ------------------------------------------------------------------ in the thread

    /// Reads the pipe to its end, and closes it.
    ///
    /// @param begun called first, when nothing can be lost any longer
    void pump(InputStream pipe, Runnable begun) {
        // When the process has ended, the JDK closes the pipe, with what a child of the process would still write
        // to it. It does so under this lock; held to the end, it keeps the pipe open.
        synchronized (pipe) {
            begun.run();
            IOException failure = null;
            try (pipe) {
                readAll(pipe);
            } catch (IOException thrown) {
                failure = thrown;
            }
            IOException cause = failure;
            loop.post(() -> ended(cause));
        }
    }

    private void readAll(InputStream pipe) throws IOException {
        byte[] buffer = new byte[CHUNK];
        while (true) {
            credit.acquireUninterruptibly();
            int length = stopped ? -1 : pipe.read(buffer);
            if (length < 0) {
                return;
            }
            byte[] chunk = Arrays.copyOf(buffer, length);
            if (!loop.post(() -> arrived(chunk))) {
                return;
            }
        }
    }

    // ------------------------------------------------------------------ on the loop

    private void arrived(byte[] chunk) {
        if (over) {
            return;
        }
        input.feed(chunk, 0, chunk.length);
        if (paused) {
            owed++;
        } else {
            credit.release();
        }
    }

    private void ended(@Nullable IOException failure) {
        if (over) {
            return;
        }
        over = true;
        if (failure == null) {
            input.feedEof();
        } else {
            input.fail(ConnectionErrors.withCause(
                    new IOException("Cannot read " + name + ": " + failure.getMessage()), failure));
        }
        whenOver.run();
    }
}
