package io.asyncio4j.streams.bytes;

import io.asyncio4j.Asyncio;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Sends a file through the heap, where the transport cannot do better.
final class FileCopy {
    private static final int CHUNK = 64 * 1024;

    private FileCopy() {}

    static void copy(FileChannel file, long position, long count, ByteOutput output) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        for (long sent = 0; sent < count; ) {
            chunk.clear().limit((int) Math.min(CHUNK, count - sent));
            long from = position + sent;
            int read = Asyncio.toThread(() -> file.read(chunk, from));
            if (read < 0) {
                throw new EOFException("The file became shorter while it was sent: " + sent + " bytes of " + count);
            }
            output.write(chunk.array(), 0, read);
            output.drain();
            sent += read;
        }
    }
}
