package io.asyncio4j.testing.docs;

import static io.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The examples of `docs/testing.md` for virtual time.
final class VirtualTimeExampleTest {
    private int calls;

    private String call() throws IOException {
        if (++calls < 4) {
            throw new IOException("server is down");
        }
        return "hello";
    }

    private String callWithRetries() throws IOException {
        for (Duration pause = ofMinutes(1); ; pause = pause.multipliedBy(2)) {
            try {
                return call();
            } catch (IOException e) {
                sleep(pause);
            }
        }
    }

    @Test
    void waitsLongerAfterEachFailure() throws IOException {
        var result = VirtualTime.run(() -> callWithRetries());

        assertEquals("hello", result.value());
        assertEquals(ofMinutes(1 + 2 + 4), result.elapsed());
    }
}
