package io.asyncio4j.testing;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.VoidCoroutine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The message about a failure, which leads back to it.
final class ScheduleFailureTest {
    private static ScheduleFailure explore(VoidCoroutine main) {
        return catchThrowableOfType(ScheduleFailure.class, () -> Schedules.explore(1000, main));
    }

    private static ScheduleFailure replay(String seed, VoidCoroutine main) {
        return catchThrowableOfType(ScheduleFailure.class, () -> Schedules.replay(seed, main));
    }

    /// Fails if the reader comes before the printer, and the writer after the callback.
    private static void newspaper() {
        List<String> events = new ArrayList<>();
        taskGroup(group -> {
            group.createTask("writer", () -> events.add("written"));
            group.createTask("printer", () -> {
                sleep(ofSeconds(1));
                events.add("printed");
            });
            group.createTask("reader", () -> {
                sleep(ofSeconds(1));
                events.add("read");
            });
            runningLoop().callSoon(() -> events.add("called"));
        });
        if (events.indexOf("read") < events.indexOf("printed")
                && events.indexOf("written") > events.indexOf("called")) {
            throw new IllegalStateException("nothing to read");
        }
    }

    @Test
    void itTellsTheStepsAndHowToReplayThem() {
        ScheduleFailure failure = explore(ScheduleFailureTest::newspaper);

        assertThat(failure).hasMessage("""
            Failed in schedule 6 of 1000: java.lang.IllegalStateException: nothing to read

            Replay it with @Schedule("0:3/4,3:1/2#4-f48f") or Schedules.replay("0:3/4,3:1/2#4-f48f", main).
            2 of 4 choices depart from FIFO order, the fewest found in 16 more runs.

            The steps, with > where one came before its turn:
              at PT0S
                task 'Task-1'
              > a callback before task 'writer', task 'printer', task 'reader'
                task 'writer'
                task 'printer'
                task 'reader'
              at PT1S
              > task 'reader' before task 'printer'
                task 'printer'
                task 'Task-1'
            """);
    }

    @Test
    void aReplayTellsTheSteps() {
        ScheduleFailure failure = explore(ScheduleFailureTest::newspaper);
        ScheduleFailure replayed = replay(failure.seed(), ScheduleFailureTest::newspaper);

        assertThat(replayed).hasMessage("""
            Failed in the schedule "0:3/4,3:1/2#4-f48f": java.lang.IllegalStateException: nothing to read

            2 of 4 choices depart from FIFO order.

            The steps, with > where one came before its turn:
              at PT0S
                task 'Task-1'
              > a callback before task 'writer', task 'printer', task 'reader'
                task 'writer'
                task 'printer'
                task 'reader'
              at PT1S
              > task 'reader' before task 'printer'
                task 'printer'
                task 'Task-1'
            """);
        assertThat(replayed.seed()).isEqualTo(failure.seed());
    }

    @Test
    void whatFailsInFifoOrderIsNoMatterOfInterleaving() {
        ScheduleFailure failure = explore(() -> {
            sleep(ZERO);
            sleep(ZERO);
            sleep(ofSeconds(90));
            throw new IllegalStateException("always");
        });

        assertThat(failure).hasMessage("""
            Failed in schedule 1 of 1000: java.lang.IllegalStateException: always

            It fails in FIFO order, as in any run: this is no matter of interleaving.

            The steps, with > where one came before its turn:
              at PT0S
                task 'Task-1' (3 times)
              at PT1M30S
                task 'Task-1'
            """);
    }

    @Test
    void theFailuresOfAGroupAreListed() {
        ScheduleFailure failure = explore(() -> taskGroup(group -> {
            group.createTask(() -> {
                throw new IllegalStateException("one");
            });
            group.createTask(() -> {
                throw new ExceptionGroup("more", List.of(new IllegalArgumentException("two")));
            });
        }));

        assertThat(failure.getMessage()).startsWith("""
            Failed in schedule 1 of 1000: io.asyncio4j.ExceptionGroup: unhandled errors in the task group of task \
            'Task-1' (2 exceptions)
              - java.lang.IllegalStateException: one
              - io.asyncio4j.ExceptionGroup: more (1 exception)
                - java.lang.IllegalArgumentException: two

            """);
    }

    @Test
    void aProgramThatIsNotDeterministicIsToldSo() {
        int[] runs = {0};
        ScheduleFailure failure = explore(() -> {
            List<String> order = new ArrayList<>();
            taskGroup(group -> {
                group.createTask("a", () -> order.add("a"));
                group.createTask("b", () -> order.add("b"));
            });
            if (++runs[0] == 2) {
                throw new IllegalStateException("by chance");
            }
        });

        assertThat(failure).hasMessage("""
            Failed in schedule 2 of 1000: java.lang.IllegalStateException: by chance

            When it was run in the same order again it did something else, so "0:1/2#1-0021" may not replay it.
            What it does depends on threads, random numbers, the time of day or the like.

            The steps, with > where one came before its turn:
              at PT0S
                task 'Task-1'
              > task 'b' before task 'a'
                task 'a'
                task 'Task-1'
            """);
    }

    @Test
    void aSeedThatTheProgramNoLongerFitsIsAnError() {
        String seed = explore(ScheduleFailureTest::newspaper).seed();

        assertMisfit(seed, () -> {}, "it had 4 choices, and now has 0");
        assertMisfit(
                seed,
                () -> {
                    createTask("d", () -> {});
                    newspaper();
                },
                "at choice 0 it had 4 candidates, and now has 5");
    }

    private static void assertMisfit(String seed, VoidCoroutine main, String misfit) {
        assertThatThrownBy(() -> Schedules.replay(seed, main))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The program no longer fits the schedule '" + seed + "': " + misfit + "; explore it again");
    }

    @Test
    void aProgramThatIsCorrectedAndHasTheSameChoicesPassesItsReplay() {
        String seed = explore(ScheduleFailureTest::newspaper).seed();

        Schedules.replay(seed, () -> {
            try {
                newspaper();
            } catch (IllegalStateException expected) {
                // corrected
            }
        });
    }
}
