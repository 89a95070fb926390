package io.asyncio4j.streams.netty;

import io.netty.channel.DefaultFileRegion;
import java.nio.channels.FileChannel;

/// A part of a file that stays open when it was sent.
final class OpenFileRegion extends DefaultFileRegion {
    OpenFileRegion(FileChannel file, long position, long count) {
        super(file, position, count);
    }

    @Override
    protected void deallocate() {}
}
