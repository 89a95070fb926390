// Generators of generators, and a limit of time within one: docs/generators.md.

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.asyncio4j.Generator;
import io.asyncio4j.TimeoutException;
import java.time.Duration;

Generator<Integer> numbers() {
    return new Generator<>(out -> {
        for (int number = 1; number <= 4; number++) {
            sleep(ofMillis(5));
            out.yield(number);
        }
        sleep(ofSeconds(60)); // the fifth takes too long
    });
}

Generator<Integer> squares(Generator<Integer> numbers, Duration patience) {
    return new Generator<>(out -> {
        try (numbers) {
            timeout(patience, () -> {
                for (int number : numbers) {
                    out.yield(number * number);
                }
            });
        }
    });
}

void main() {
    run(() -> {
        try (var squares = squares(numbers(), ofSeconds(1))) {
            for (int square : squares) {
                IO.println(square);
            }
        } catch (TimeoutException tooLate) {
            IO.println("no more in time");
        }
    });
}

// Output:
// 1
// 4
// 9
// 16
// no more in time
