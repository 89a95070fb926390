package io.asyncio4j.web;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Body;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.web.http.Exchange;
import io.asyncio4j.web.http.GzipRules;
import io.asyncio4j.web.http.Reasons;
import io.asyncio4j.web.http.RequestHead;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// An exchange whose answer is compressed on its way, if the rules say so. Used as an exchange is;
/// closed at the end.
final class GzipExchange implements Exchange, AutoCloseable {
    /// The most bytes that are compressed on the loop: a millisecond's work at most.
    private static final int ON_LOOP = 16 * 1024;

    /// The most bytes that are compressed before the client takes what came of them.
    private static final int SLICE = 64 * 1024;

    private final Exchange exchange;
    private final Gzip gzip;
    private final boolean accepted;

    /// The compressor of the body after [#begin]; null for a body that is sent as it is.
    private @Nullable Compression compression;

    /// Whether a thread compresses. It is left alone if the task is cancelled meanwhile.
    private boolean threadIsBusy;

    GzipExchange(Exchange exchange, Gzip gzip) {
        this.exchange = exchange;
        this.gzip = gzip;
        this.accepted = GzipRules.accepts(exchange.request().headers().all("accept-encoding"));
    }

    /// A body that is compressed. Used by one thread at a time.
    private static final class Compression extends GZIPOutputStream {
        private final ByteArrayOutputStream to;

        private Compression(ByteArrayOutputStream to, int level) throws IOException {
            super(to, 8 * 1024, true);
            this.to = to;
            def.setLevel(level);
        }

        static Compression of(int level) throws IOException {
            return new Compression(new ByteArrayOutputStream(), level);
        }

        /// Returns what has come of the bytes so far, and forgets it.
        byte[] take() {
            byte[] bytes = to.toByteArray();
            to.reset();
            return bytes;
        }
    }

    // ------------------------------------------------------------------ the answer

    @Override
    public void respond(int status, Headers headers, byte[] body) throws IOException {
        if (!encodes(status, headers, body.length)) {
            exchange.respond(status, asItIs(status, headers, body.length), body);
            return;
        }
        byte[] small = body.length <= ON_LOOP ? compressed(body) : Asyncio.toThread(() -> compressed(body));
        if (small.length < body.length) {
            exchange.respond(status, GzipRules.encoded(headers), small);
        } else {
            exchange.respond(status, GzipRules.varied(headers), body);
        }
    }

    private byte[] compressed(byte[] body) throws IOException {
        try (Compression all = Compression.of(gzip.level())) {
            all.write(body);
            all.finish();
            return all.take();
        }
    }

    /// @param length of the body; -1 if it is not known
    private boolean encodes(int status, Headers headers, long length) {
        return accepted
                && depends(status, headers, length)
                && status != 206
                && !Reasons.hasNoBody(status)
                && !request().isHead();
    }

    /// Returns whether the answer depends on what the client accepts.
    private boolean depends(int status, Headers headers, long length) {
        boolean sizeTells = status != 206 && status != 304;
        return status >= 200
                && (length < 0 || length >= gzip.minimumSize() || !sizeTells)
                && GzipRules.mayBeEncoded(headers);
    }

    private Headers asItIs(int status, Headers headers, long length) {
        if (!depends(status, headers, length)) {
            return headers;
        }
        Headers varied = GzipRules.varied(headers);
        return status == 304 && accepted ? GzipRules.weak(varied) : varied;
    }

    @Override
    public void begin(int status, Headers headers, long length) throws IOException {
        if (encodes(status, headers, length)) {
            exchange.begin(status, GzipRules.encoded(headers), -1);
            compression = Compression.of(gzip.level());
        } else {
            exchange.begin(status, asItIs(status, headers, length), length);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Compression into = compression;
        if (into == null) {
            exchange.write(bytes, offset, length);
            return;
        }
        int end = offset + length;
        for (int at = offset; at < end; at += SLICE) {
            int from = at;
            int count = Math.min(SLICE, end - at);
            send(count <= ON_LOOP ? piece(into, bytes, from, count) : inThread(() -> piece(into, bytes, from, count)));
        }
    }

    /// Compresses a piece so that the client can unpack all of it.
    private static byte[] piece(Compression into, byte[] bytes, int offset, int count) throws IOException {
        into.write(bytes, offset, count);
        into.flush();
        return into.take();
    }

    private byte[] inThread(Body<byte[], IOException> work) throws IOException {
        threadIsBusy = true;
        byte[] bytes = Asyncio.toThread(work);
        threadIsBusy = false;
        return bytes;
    }

    private void send(byte[] bytes) throws IOException {
        exchange.write(bytes, 0, bytes.length);
    }

    @Override
    public void writeFile(FileChannel file, long position, long count) throws IOException {
        Compression into = compression;
        if (into == null) {
            exchange.writeFile(file, position, count);
            return;
        }
        for (long done = 0; done < count; done += SLICE) {
            long at = position + done;
            int size = (int) Math.min(SLICE, count - done);
            send(inThread(() -> part(into, file, at, size)));
        }
    }

    private static byte[] part(Compression into, FileChannel file, long position, int size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(size);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("The file has become shorter than " + (position + size) + " bytes meanwhile");
            }
        }
        into.write(buffer.array());
        return into.take();
    }

    @Override
    public void end() throws IOException {
        if (compression != null) {
            compression.finish();
            send(compression.take());
        }
        exchange.end();
    }

    /// Frees what compresses; the JDK does, if a thread still uses it.
    @Override
    public void close() throws IOException {
        if (compression != null && !threadIsBusy) {
            compression.close();
        }
    }

    // ------------------------------------------------------------------ as it is

    @Override
    public RequestHead request() {
        return exchange.request();
    }

    @Override
    public long number() {
        return exchange.number();
    }

    @Override
    public @Nullable SocketAddress peer() {
        return exchange.peer();
    }

    @Override
    public OptionalLong deadline() {
        return exchange.deadline();
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        return exchange.read();
    }

    @Override
    public boolean takesBody() {
        return exchange.takesBody();
    }

    @Override
    public void upgrade(Headers headers) throws IOException {
        exchange.upgrade(headers);
    }

    @Override
    public int offer(byte[] bytes, int offset, int length) throws IOException {
        return exchange.offer(bytes, offset, length);
    }

    @Override
    public void afterwards(List<VoidCoroutine> code) {
        exchange.afterwards(code);
    }

    @Override
    public boolean hasBegun() {
        return exchange.hasBegun();
    }

    @Override
    public boolean isDisconnected() {
        return exchange.isDisconnected();
    }

    @Override
    public boolean isShuttingDown() {
        return exchange.isShuttingDown();
    }

    @Override
    public void onShutdown(Runnable action) {
        exchange.onShutdown(action);
    }
}
