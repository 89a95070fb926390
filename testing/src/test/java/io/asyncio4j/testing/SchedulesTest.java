package io.asyncio4j.testing;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.toThread;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.CancelledError;
import io.asyncio4j.DeadlockException;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.testing.explore.Exploration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SchedulesTest {
    /// Runs tasks of the given names at the same time, and returns the order in which they came.
    private static String orderOf(String... names) {
        List<String> order = new ArrayList<>();
        taskGroup(group -> {
            for (String name : names) {
                group.createTask(name, () -> order.add(name));
            }
        });
        return String.join(" ", order);
    }

    private static ScheduleFailure failureOf(VoidCoroutine main) {
        return failureOf(ScheduleOptions.of(100), main);
    }

    private static ScheduleFailure failureOf(ScheduleOptions options, VoidCoroutine main) {
        ScheduleFailure failure = catchThrowableOfType(ScheduleFailure.class, () -> Schedules.explore(options, main));
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void theFirstScheduleIsFifo() {
        List<String> orders = new ArrayList<>();

        int run = Schedules.explore(1, () -> orders.add(orderOf("a", "b", "c")));

        assertThat(run).isEqualTo(1);
        assertThat(orders).containsExactly("a b c");
    }

    @Test
    void everyInterleavingOfASmallProgramIsRunOnce() {
        List<String> orders = new ArrayList<>();

        int run = Schedules.explore(1000, () -> orders.add(orderOf("a", "b", "c", "d")));

        assertThat(run).isEqualTo(24);
        assertThat(orders).hasSize(24).doesNotHaveDuplicates();
    }

    @Test
    void ofALargeProgramAsManyAsAskedForAndNoneTwice() {
        Set<String> orders = new HashSet<>();

        int run = Schedules.explore(500, () -> orders.add(orderOf("a", "b", "c", "d", "e", "f", "g")));

        assertThat(run).isEqualTo(500);
        assertThat(orders).hasSize(500);
    }

    @Test
    void ofAProgramThatIsNotDeterministicNothingIsTakenToBeAll() {
        int[] runs = {0};

        int moreTasks = Schedules.explore(50, () -> {
            if (++runs[0] % 2 == 0) {
                orderOf("a", "b");
            } else {
                orderOf("a", "b", "c");
            }
        });
        int fewerRounds = Schedules.explore(50, () -> {
            orderOf("a", "b");
            if (++runs[0] % 3 == 0) {
                orderOf("a", "b");
            }
        });

        assertThat(moreTasks).isEqualTo(50);
        assertThat(fewerRounds).isEqualTo(50);
    }

    @Test
    void theSchedulesAreTheSameInEveryExploration() {
        List<List<String>> explorations = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            List<String> orders = new ArrayList<>();
            Schedules.explore(50, () -> orders.add(orderOf("a", "b", "c", "d", "e")));
            explorations.add(orders);
        }
        List<String> others = new ArrayList<>();
        Schedules.explore(ScheduleOptions.of(50).baseSeed(2), () -> others.add(orderOf("a", "b", "c", "d", "e")));

        assertThat(explorations.get(0)).isEqualTo(explorations.get(1)).isNotEqualTo(others);
    }

    @Test
    void aCoroutineMayHaveAResult() {
        assertThat(Schedules.explore(10, () -> {
                    sleep(ZERO);
                    return 42;
                }))
                .isEqualTo(1);
    }

    @Test
    void theFailureIsTheCause() {
        ScheduleFailure failure = failureOf(() -> {
            if (orderOf("a", "b", "c").startsWith("c")) {
                throw new IOException("c was first");
            }
        });

        assertThat(failure).hasCauseInstanceOf(IOException.class).hasRootCauseMessage("c was first");
        assertThat(failure.tried()).isEqualTo(2);
        assertThat(failure.seed()).isEqualTo("0:2/3#2-0420");
    }

    @Test
    void aDeadlockIsAFailureAlsoIfTheProgramHasTheLoop() {
        ScheduleFailure failure = failureOf(() -> {
            var loop = runningLoop();
            if (!orderOf("a", "b").equals("a b")) {
                loop.createFuture().await();
            }
        });

        assertThat(failure).hasCauseInstanceOf(DeadlockException.class);
    }

    @Test
    void aProblemThatReachesNobodyIsAFailure() {
        ScheduleFailure failure = failureOf(() -> {
            createTask("lost", () -> {
                throw new IOException("unplugged");
            });
            sleep(ofSeconds(1));
        });

        assertThat(failure.getCause())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("A problem reached nobody: ")
                .hasMessageContaining("'lost'")
                .hasRootCauseMessage("unplugged");
    }

    @Test
    void tooManyStepsAreAFailureWhichIsReplayed() {
        VoidCoroutine main = () -> {
            boolean spins = !orderOf("a", "b").equals("a b");
            while (spins) {
                sleep(ZERO);
            }
        };

        ScheduleFailure failure = failureOf(ScheduleOptions.of(10).maxSteps(50), main);
        ScheduleFailure replayed =
                catchThrowableOfType(ScheduleFailure.class, () -> Schedules.replay(failure.seed(), main));

        assertThat(failure.seed()).isEqualTo("0:1/2#1-0021@50");
        assertThat(failure.getCause())
                .hasMessage("The program had not ended after 50 steps; if it is right to take more, allow that with"
                        + " ScheduleOptions.maxSteps(...)");
        assertThat(replayed.getCause()).hasMessage(failure.getCause().getMessage());
    }

    @Test
    void aTaskThatRefusesToEndWithTheRunIsAFailureToo() {
        ScheduleFailure failure = failureOf(ScheduleOptions.of(2).maxSteps(1000), () -> {
            createTask("stubborn", () -> {
                while (true) {
                    try {
                        sleep(ofSeconds(1));
                    } catch (CancelledError ignored) {
                        // goes on
                    }
                }
            });
            sleep(ZERO);
        });

        assertThat(failure.getCause()).hasMessageStartingWith("The program had not ended after 1000 steps;");
    }

    @Test
    void otherThreadsMayTakePart() {
        List<String> orders = new ArrayList<>();

        Schedules.explore(6, () -> {
            toThread(() -> "done");
            orders.add(orderOf("a", "b", "c"));
        });

        assertThat(orders).contains("a b c", "c b a");
    }

    @Test
    void anInterruptEndsTheExploration() {
        int[] runs = {0};
        Exploration exploration = new Exploration(ScheduleOptions.of(100), _ -> {
            runs[0]++;
            Thread.currentThread().interrupt();
            throw new CancelledError("as a run does that is interrupted");
        });

        assertThatThrownBy(exploration::explore).isInstanceOf(CancelledError.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs[0]).isEqualTo(1);
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> ScheduleOptions.of(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot try 0 schedules; give a number of at least 1");
        assertThatThrownBy(() -> ScheduleOptions.of(1).maxSteps(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A run cannot take 0 steps; allow at least 1");
    }
}
