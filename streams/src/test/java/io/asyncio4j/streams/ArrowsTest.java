package io.asyncio4j.streams;

import io.asyncio4j.layers.Layers;
import java.io.IOException;
import java.net.URISyntaxException;

/// The layers of the module.
final class ArrowsTest extends Layers {
    ArrowsTest() throws IOException, URISyntaxException {
        super(Streams.class);
    }
}
