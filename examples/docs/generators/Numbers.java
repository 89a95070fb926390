// A coroutine that gives values one by one: docs/generators.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;

import io.asyncio4j.Generator;

Generator<String> lines(String host) {
    return new Generator<>(out -> {
        IO.println("connecting to " + host);
        try {
            for (int number = 1; ; number++) {
                sleep(ofMillis(20)); // stands for reading from the network
                out.yield("line " + number);
            }
        } finally {
            IO.println("closing");
        }
    });
}

void main() {
    run(() -> {
        try (var lines = lines("example.org")) {
            IO.println("nothing runs yet");
            for (String line : lines) {
                IO.println(line);
                if (line.endsWith("2")) {
                    break; // leaving the try block closes the generator
                }
            }
        }
        IO.println("closed");
    });
}

// Output:
// nothing runs yet
// connecting to example.org
// line 1
// line 2
// closing
// closed
