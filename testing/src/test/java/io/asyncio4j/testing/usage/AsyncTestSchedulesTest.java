package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.EventLoop;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.Schedule;
import io.asyncio4j.testing.ScheduleFailure;
import io.asyncio4j.testing.VirtualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A test in many interleavings, each as if it were the first.
final class AsyncTestSchedulesTest {
    private static final List<String> TRACE = new ArrayList<>();
    private static final Set<Object> INSTANCES = new HashSet<>();

    /// Of two tasks with two steps each, which begin in the same iteration.
    private static final int INTERLEAVINGS = 4;

    /// Two tasks of which the second must come last, which FIFO order grants by chance.
    static class Races {
        String last = "nobody";

        void race() {
            taskGroup(tg -> {
                tg.createTask("one", () -> {
                    sleep(ZERO);
                    last = "one";
                });
                tg.createTask("two", () -> {
                    sleep(ZERO);
                    last = "two";
                });
            });
        }
    }

    static final class FailsInAnotherOrder extends Races {
        @AsyncTest(schedules = 1000)
        void twoIsLast() {
            race();
            assertThat(last).isEqualTo("two");
        }
    }

    @Test
    void anInterleavingThatFailsIsShownWithItsSeed() {
        JUnitRun run = JUnitRun.of(FailsInAnotherOrder.class);

        assertThat(run.failure()).isInstanceOf(ScheduleFailure.class).hasCauseInstanceOf(AssertionError.class);
        assertThat(run.message()).isEqualTo("""
            Failed in schedule 3 of 1000: org.opentest4j.AssertionFailedError:\s
            expected: "two"
             but was: "one"

            Replay it with @Schedule("1:1/2#2-0401") or Schedules.replay("1:1/2#2-0401", main).
            1 of 2 choices departs from FIFO order, the fewest found in 1 more run.

            The steps, with > where one came before its turn:
              at PT0S
                task 'twoIsLast()'
                task 'one'
                task 'two'
              > task 'two' before task 'one'
                task 'one'
                task 'twoIsLast()'
            """);
    }

    static final class ReplaysIt extends Races {
        @AsyncTest(schedules = 1000)
        @Schedule("1:1/2#2-0401")
        void twoIsLast() {
            TRACE.add("run");
            race();
            assertThat(last).isEqualTo("two");
        }
    }

    @Test
    void aGivenInterleavingIsRunOnceMore() {
        TRACE.clear();

        assertThat(JUnitRun.of(ReplaysIt.class).message())
                .startsWith("Failed in the schedule \"1:1/2#2-0401\": org.opentest4j.AssertionFailedError: ");
        assertThat(TRACE).hasSize(1);
    }

    static final class HasChanged extends Races {
        @AsyncTest
        @Schedule("1:1/2#2-0401")
        void doesSomethingElse() {
            sleep(ZERO);
        }
    }

    @Test
    void anInterleavingThatNoLongerExistsIsAFailure() {
        assertThat(JUnitRun.of(HasChanged.class).message())
                .isEqualTo("The program no longer fits the schedule '1:1/2#2-0401': it had 2 choices, and now has 0;"
                        + " explore it again");
    }

    static final class StartsAfresh extends Races {
        final List<String> seen = new ArrayList<>();

        @TempDir
        Path folder;

        Path given;
        EventLoop loop;

        StartsAfresh() {
            INSTANCES.add(this);
        }

        @BeforeEach
        void before(@TempDir Path other, TestInfo info, VirtualClock clock, EventLoop loop) {
            this.loop = loop;
            given = other;
            assertThat(clock.elapsed()).isZero();
            assertThat(info.getTestMethod()).isPresent();
            assertThat(folder).isDirectory();
            assertThat(last).isEqualTo("nobody");
            sleep(ofSeconds(1));
            seen.add("before");
        }

        @AsyncTest(schedules = 1000)
        void test(EventLoop same) {
            race();
            assertThat(same).isSameAs(loop);
            assertThat(given).isDirectory();
            seen.add("test");
        }

        @AfterEach
        void after() {
            sleep(ofSeconds(1));
            TRACE.add(seen + " and after");
        }
    }

    @Test
    void eachInterleavingHasAFreshInstanceAndAllTheMethodsAroundTheTest() {
        TRACE.clear();
        INSTANCES.clear();
        JUnitRun run = JUnitRun.of(StartsAfresh.class);

        assertThat(run.tests().failed().list()).isEmpty();
        assertThat(TRACE).hasSize(INTERLEAVINGS).containsOnly("[before, test] and after");
        assertThat(INSTANCES).hasSize(INTERLEAVINGS + 1);
    }

    static class Outer {
        String connection;

        @BeforeEach
        void connect() {
            connection = connection == null ? "fresh" : "used";
        }

        @Nested
        final class Inner extends Races {
            @BeforeEach
            void greet() {
                connection += " greeted";
            }

            @AsyncTest(schedules = 1000)
            void test() {
                race();
                TRACE.add(connection);
            }
        }
    }

    @Test
    void nestedClassesHaveFreshInstancesOfTheOuterOnesToo() {
        TRACE.clear();

        assertThat(JUnitRun.of(Outer.class).succeeded()).isEqualTo(1);
        assertThat(TRACE).hasSize(INTERLEAVINGS).containsOnly("fresh greeted");
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static final class HasOneInstance extends Races {
        int runs;

        @BeforeAll
        void once() {
            runs = 100;
        }

        @AsyncTest(schedules = 1000)
        void test() {
            race();
            TRACE.add("" + ++runs);
        }
    }

    @Test
    void oneInstanceOfAClassServesAllInterleavings() {
        TRACE.clear();

        assertThat(JUnitRun.of(HasOneInstance.class).succeeded()).isEqualTo(1);
        assertThat(TRACE).containsExactly("101", "102", "103", "104");
    }

    static final class LeavesATaskInAnotherOrder extends Races {
        @AsyncTest(schedules = 1000)
        void leaves() {
            race();
            if (last.equals("one")) {
                createTask("left", () -> sleep(ofHours(1)));
            }
        }
    }

    @Test
    void whatIsLeftBehindInOneInterleavingIsAFailure() {
        assertThat(JUnitRun.of(LeavesATaskInAnotherOrder.class).failure())
                .isInstanceOf(ScheduleFailure.class)
                .cause()
                .satisfies(cause -> assertThat(JUnitRun.readable(cause))
                        .startsWith("'leaves()' has left behind:\n  Task 'left' waits for a sleep, 3600.0 s left\n"));
    }

    static final class FailsAtTheEnd extends Races {
        @AsyncTest(schedules = 1000)
        void test() {
            race();
        }

        @AfterEach
        void check() {
            assertThat(last).isEqualTo("two");
        }
    }

    @Test
    void aFailureAfterEachIsOneOfTheInterleaving() {
        assertThat(JUnitRun.of(FailsAtTheEnd.class).failure()).isInstanceOf(ScheduleFailure.class);
    }

    static final class Hangs extends Races {
        @AsyncTest(schedules = 1000, realTimeout = "50 ms")
        void hangs() {
            TRACE.add("run");
            while (true) {
                race();
            }
        }
    }

    @Test
    void aHangInRealTimeIsNotTriedAgain() {
        TRACE.clear();

        assertThat(JUnitRun.of(Hangs.class).message())
                .startsWith("'hangs()' was not done after 50 ms of real time (realTimeout). Its tasks:");
        assertThat(TRACE).hasSize(1);
    }
}
