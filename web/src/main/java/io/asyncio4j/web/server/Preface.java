package io.asyncio4j.web.server;

import io.asyncio4j.Asyncio;
import io.asyncio4j.Future;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.streams.spi.Incoming;
import io.asyncio4j.web.http.HttpService;
import org.jspecify.annotations.Nullable;

/// The first bytes of a client, which tell HTTP/2 from HTTP/1.1.
final class Preface {
    /// The method of the preface's first line; no request of HTTP/1.1 has it.
    private static final byte[] START = {'P', 'R', 'I', ' '};

    private Preface() {}

    /// Suspends until the bytes that have come are enough to tell. A client that sends nothing in
    /// time is left to HTTP/1.1.
    static Protocol await(Incoming in, HttpService service) {
        try {
            return Asyncio.timeout(service.limits.headerTime(), () -> {
                while (true) {
                    int there = Math.min(in.end() - in.start(), START.length);
                    for (int i = 0; i < there; i++) {
                        if (in.bytes()[in.start() + i] != START[i]) {
                            return Protocol.HTTP1;
                        }
                    }
                    if (there == START.length) {
                        return Protocol.HTTP2;
                    }
                    if (in.hasEnded() || in.failure() != null || service.isShuttingDown()) {
                        return Protocol.HTTP1;
                    }
                    more(in, service);
                }
            });
        } catch (TimeoutException silent) {
            return Protocol.HTTP1;
        }
    }

    private static void more(Incoming in, HttpService service) {
        Future<@Nullable Void> arrival = service.access.createFuture(() -> "first bytes of a client");
        in.listen(() -> {
            if (!arrival.isDone()) {
                arrival.setResult(null);
            }
        });
        Runnable shutDown = () -> {
            if (!arrival.isDone()) {
                arrival.setResult(null);
            }
        };
        service.onShutDown(shutDown);
        try {
            arrival.await();
        } finally {
            in.listen(null);
            service.notOnShutDown(shutDown);
        }
    }
}
