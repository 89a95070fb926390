package io.asyncio4j;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/// `Generator`.
final class GeneratorTest {
    private final List<Object> log = new ArrayList<>();

    /// Yields 1, 2 and so on, each after a time, and notes how it ends.
    private Generator<Integer> numbers(int count, int millis) {
        return new Generator<>(out -> {
            try {
                for (int i = 1; i <= count; i++) {
                    if (millis > 0) {
                        sleep(ofMillis(millis));
                    }
                    out.yield(i);
                }
                log.add("end");
            } catch (CancelledError cancelled) {
                log.add("cancelled: " + cancelled.getMessage());
                throw cancelled;
            }
        });
    }

    private static void named(VoidCoroutine main) {
        VirtualTime.runVirtually(() -> {
            currentTask().setName("main");
            main.run();
        });
    }

    @Test
    void aLoopTakesTheValues() {
        VirtualTime.runVirtually(() -> {
            try (Generator<Integer> numbers = numbers(3, 2)) {
                for (int number : numbers) {
                    log.add(number);
                }
            }
            assertThat(log).containsExactly(1, 2, 3, "end");
            assertThat(runningLoop().time()).isEqualTo(ofMillis(6).toNanos());
        });
    }

    @Test
    void valuesThatAreThereLetNobodyElseRun() {
        VirtualTime.runVirtually(() -> {
            runningLoop().callSoon(() -> log.add("other"));
            for (int number : numbers(3, 0)) {
                log.add(number);
            }
            assertThat(log).containsExactly(1, 2, 3, "end");
        });
    }

    @Test
    void nothingRunsBeforeTheFirstValueIsAskedFor() {
        VirtualTime.runVirtually(() -> {
            Generator<Integer> numbers = numbers(3, 0);
            assertThat(numbers).hasToString("Generator[new]");
            numbers.close();
            assertThat(numbers).hasToString("Generator[ended]");
            assertThat(numbers.iterator().hasNext()).isFalse();
            assertThat(log).isEmpty();
        });
    }

    @Test
    void closingCancelsTheBodyAndWaitsForItsCleanUp() {
        VirtualTime.runVirtually(() -> {
            try (Generator<String> generator = new Generator<>(out -> {
                try {
                    out.yield("first");
                } finally {
                    sleep(ofMillis(3));
                    log.add("cleaned up");
                }
            })) {
                assertThat(generator.iterator().next()).isEqualTo("first");
            }
            assertThat(log).containsExactly("cleaned up");
            assertThat(runningLoop().time()).isEqualTo(ofMillis(3).toNanos());
        });
    }

    @Test
    void closingThrowsWhatCleaningUpThrows() {
        VirtualTime.runVirtually(() -> {
            Generator<String> generator = new Generator<>(out -> {
                try {
                    out.yield("first");
                } finally {
                    fail("cleaning up");
                }
            });
            generator.iterator().next();
            assertThatThrownBy(generator::close).isInstanceOf(IOException.class).hasMessage("cleaning up");
            generator.close();
        });
    }

    private static void fail(String message) throws IOException {
        throw new IOException(message);
    }

    @Test
    void whatTheBodyThrowsIsThrownToWhoAsks() {
        VirtualTime.runVirtually(() -> {
            Generator<Integer> generator = new Generator<>(out -> {
                out.yield(1);
                throw new IOException("broken");
            });
            Iterator<Integer> iterator = generator.iterator();
            assertThat(iterator.next()).isEqualTo(1);
            assertThatThrownBy(iterator::hasNext)
                    .isInstanceOf(IOException.class)
                    .hasMessage("broken");
            assertThat(iterator.hasNext()).isFalse();
            assertThatThrownBy(iterator::next)
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessage("The generator has no more values; ask hasNext() first");
        });
    }

    @Test
    void cancellingTheWaitingTaskCancelsTheBody() {
        VirtualTime.runVirtually(() -> {
            Task<Void> task = createTask(() -> {
                for (int number : numbers(3, 2)) {
                    log.add(number);
                }
            });
            sleep(ofMillis(3));
            task.cancel("stop");
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class).hasMessage("stop");
            assertThat(log).containsExactly(1, "cancelled: stop");
            assertThat(allTasks()).containsExactly(currentTask());
        });
    }

    @Test
    void aBodyMayRefuseToBeCancelled() {
        VirtualTime.runVirtually(() -> {
            Task<String> task = createTask(() -> {
                try (Generator<String> generator = new Generator<>(out -> {
                    try {
                        sleep(ofMillis(9));
                    } catch (CancelledError refused) {
                        out.yield("refused");
                    }
                })) {
                    return generator.iterator().next();
                }
            });
            sleep(ofMillis(1));
            task.cancel();
            assertThat(task.await()).isEqualTo("refused");
        });
    }

    @Test
    void aTimeoutRoundTheLoopCancelsTheBody() {
        VirtualTime.runVirtually(() -> {
            assertThatThrownBy(() -> timeout(ofMillis(5), () -> {
                        for (int number : numbers(9, 2)) {
                            log.add(number);
                        }
                    }))
                    .isInstanceOf(TimeoutException.class);
            assertThat(log).containsExactly(1, 2, "cancelled: null");
        });
    }

    @Test
    void aTimeoutOrAGroupInTheBodyMayContainAYield() {
        named(() -> {
            Generator<Integer> generator = new Generator<>(out -> timeout(
                    ofMillis(5),
                    () -> taskGroup(group -> {
                        group.createTask(() -> sleep(ofMillis(1)));
                        out.yield(1);
                        out.yield(2);
                    })));
            Iterator<Integer> iterator = generator.iterator();
            assertThat(iterator.next()).isEqualTo(1);
            sleep(ofMillis(9)); // its timeout expires meanwhile, and that is its own business
            assertThat(currentTask().cancelling()).isZero();
            assertThatThrownBy(iterator::next)
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("Timed out after PT0.005S in task 'generator of main'");
            generator.close();
        });
    }

    @Test
    void theBodyRunsInTheContextOfWhoAsks() {
        VirtualTime.runVirtually(() -> {
            ContextVar<String> user = new ContextVar<>("user");
            user.set("ada");
            Generator<String> generator = new Generator<>(out -> {
                out.yield(user.get());
                user.set("grace");
                out.yield("changed");
            });
            Iterator<String> iterator = generator.iterator();
            assertThat(iterator.next()).isEqualTo("ada");
            iterator.next();
            assertThat(user.get()).isEqualTo("grace");
            generator.close();
        });
    }

    @Test
    void aForgottenGeneratorIsCancelledAtTheEndOfTheRun() {
        VirtualTime.runVirtually(
                () -> assertThat(numbers(3, 0).iterator().next()).isEqualTo(1));
        assertThat(log).containsExactly("cancelled: null");
    }

    @Test
    void generatorsCanFeedOnGenerators() {
        VirtualTime.runVirtually(() -> {
            Generator<Integer> squares = new Generator<>(out -> {
                try (Generator<Integer> numbers = numbers(9, 1)) {
                    for (int number : numbers) {
                        out.yield(number * number);
                    }
                }
            });
            try (squares) {
                for (int square : squares) {
                    log.add(square);
                    if (square == 9) {
                        break;
                    }
                }
            }
            assertThat(log).containsExactly(1, 4, 9, "cancelled: the generator was closed");
        });
    }

    @Test
    void onlyOneTaskAtATimeTakesValues() {
        named(() -> {
            Generator<Integer> numbers = numbers(3, 5);
            Task<Integer> first = createTask(() -> numbers.iterator().next());
            sleep(ZERO);
            assertThatThrownBy(() -> numbers.iterator().hasNext())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot ask for a value of a generator while another task, or its own body, waits for a"
                            + " value of it; let one task at a time take values");
            assertThatThrownBy(numbers::close)
                    .hasMessage("Cannot close a generator while another task, or its own body, waits for a value of it;"
                            + " let one task at a time take values");
            assertThat(first.await()).isEqualTo(1);
            assertThat(numbers).hasToString("Generator[yielded]");
            numbers.close();
        });
    }

    @Test
    void onlyTheBodyYields() {
        named(() -> {
            Generator<Integer> generator = new Generator<>(out -> {
                taskGroup(group -> {
                    group.createTask("helper", () -> out.yield(1));
                });
            });
            assertThatThrownBy(() -> generator.iterator().hasNext())
                    .isInstanceOf(ExceptionGroup.class)
                    .cause()
                    .hasMessage("Task 'helper' cannot yield for task 'generator of main': only the body itself can;"
                            + " hand the value over in a queue");
        });
    }

    @Test
    void aBodyThatYieldsWhileItIsClosedFails() {
        named(() -> {
            Generator<Integer> generator = new Generator<>(out -> {
                try {
                    out.yield(1);
                } finally {
                    out.yield(2);
                }
            });
            generator.iterator().next();
            assertThatThrownBy(generator::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The generator of main cannot yield while it is being closed;"
                            + " let the CancelledError pass");
        });
    }

    @Test
    void theCallGraphShowsWhoWaitsForTheBody() {
        named(() -> {
            List<CallGraph> graphs = new ArrayList<>();
            Generator<Integer> generator = new Generator<>(out -> {
                sleep(ZERO);
                graphs.add(captureCallGraph());
                out.yield(1);
            });
            generator.iterator().next();
            assertThat(graphs.getFirst().awaitedBy().getFirst().future()).isSameAs(currentTask());
            generator.close();
        });
    }
}
