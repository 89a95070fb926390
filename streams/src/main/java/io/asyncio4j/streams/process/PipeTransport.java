package io.asyncio4j.streams.process;

import io.asyncio4j.spi.LoopAccess;
import io.asyncio4j.streams.bytes.ByteInput;
import io.asyncio4j.streams.bytes.ByteOutput;
import io.asyncio4j.streams.bytes.ConnectionErrors;
import io.asyncio4j.streams.bytes.Limits;
import io.asyncio4j.streams.bytes.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Carries what a [ByteOutput] takes to a subprocess's standard input.
///
/// What was written gathers here; a thread writes it to the pipe, then what has gathered meanwhile.
/// Belongs to the loop, but for what says otherwise.
public final class PipeTransport extends Transport {
    private static final int SMALL = 8 * 1024;

    public final ByteOutput output;
    private final LoopAccess loop;
    private final OutputStream pipe;
    private final String name;

    /// What waits for a thread.
    private ByteArrayOutputStream outgoing = new ByteArrayOutputStream();

    /// How many bytes a thread is writing.
    private int inFlight;

    /// Whether a thread has the pipe.
    private boolean busy;

    /// Whether the pipe is to be closed when all is written.
    private boolean wantsClose;

    private boolean over;
    private Runnable whenOver = () -> {};

    /// @param name of the stream, for messages
    PipeTransport(LoopAccess loop, OutputStream pipe, Limits limits, String name) {
        this.loop = loop;
        this.pipe = pipe;
        this.name = name;
        this.output = new ByteOutput(loop, this, new ByteInput(loop, limits.read(), this), limits);
    }

    /// The process has ended: nobody reads the pipe.
    void processEnded() {
        wantsClose = true; // what is pending fails, and says so
        next();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        outgoing.write(bytes, offset, length);
        next();
    }

    @Override
    public long pending() {
        return over ? 0 : inFlight + outgoing.size();
    }

    @Override
    public void writeEof() {
        wantsClose = true;
        next();
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public void close() {
        wantsClose = true;
        next();
    }

    /// A write that is under way goes on until the process takes it or ends.
    @Override
    public void abort() {
        if (!over) {
            ended(null);
            if (!busy) {
                PipeThreads.run(this::closePipe);
            }
        }
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public String name() {
        return name;
    }

    boolean isOver() {
        return over;
    }

    /// Has `action` called on the loop, once, when nothing more will be written.
    void whenOver(Runnable action) {
        whenOver = action;
    }

    @Override
    public void pauseReading() {}

    @Override
    public void resumeReading() {}

    private void next() {
        if (busy || over) {
            return;
        }
        if (outgoing.size() > 0) {
            byte[] chunk = outgoing.toByteArray();
            outgoing.reset();
            if (chunk.length > SMALL) {
                outgoing = new ByteArrayOutputStream();
            }
            inFlight = chunk.length;
            busy = true;
            PipeThreads.run(() -> writeInThread(chunk));
        } else if (wantsClose) {
            busy = true;
            PipeThreads.run(() -> {
                closePipe();
                loop.post(() -> ended(null));
            });
        }
    }

    private void writeInThread(byte[] chunk) {
        IOException failure = null;
        try {
            pipe.write(chunk);
            pipe.flush();
        } catch (IOException thrown) {
            failure = thrown;
        }
        IOException cause = failure;
        if (!loop.post(() -> written(cause))) {
            closePipe();
        }
    }

    private void closePipe() {
        try {
            pipe.close();
        } catch (IOException broken) {
            // The process has ended, or closed its end: all the same now.
        }
    }

    private void written(@Nullable IOException failure) {
        busy = false;
        inFlight = 0;
        if (failure != null && !over) {
            ended(ConnectionErrors.withCause(
                    new IOException(
                            "Cannot write to " + name + ": it has ended or does not read any longer (broken pipe)"),
                    failure));
        }
        if (over) {
            PipeThreads.run(this::closePipe);
        } else {
            next();
            output.progressed();
        }
    }

    private void ended(@Nullable IOException failure) {
        if (!over) {
            over = true;
            outgoing = new ByteArrayOutputStream();
            output.connectionLost(failure);
            whenOver.run();
        }
    }
}
