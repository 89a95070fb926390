package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.asyncio4j.ContextVar;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Task;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.TestClock;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tests and the methods around them are tasks of one loop, and go together with the rest of JUnit.
final class AsyncTestLifecycleTest {
    private static final List<String> TRACE = new ArrayList<>();
    private static final ContextVar<String> USER = new ContextVar<>("user");

    static class Connects {
        EventLoop loop;

        @BeforeEach
        void connect(VirtualClock clock) {
            loop = runningLoop();
            USER.set("alice");
            sleep(ofMinutes(1));
            TRACE.add(currentTask().name() + " " + clock.elapsed());
        }

        @AfterEach
        void disconnect(EventLoop same) {
            sleep(ofMinutes(1));
            assertThat(same).isSameAs(loop).isSameAs(runningLoop());
            TRACE.add(currentTask().name() + " " + USER.get());
        }
    }

    static final class Talks extends Connects {
        @BeforeEach
        void greet() {
            sleep(ofMinutes(1));
            TRACE.add(currentTask().name());
        }

        @AsyncTest
        void talks(EventLoop same, VirtualClock clock, TestInfo info) {
            assertThat(same).isSameAs(loop);
            sleep(ofMinutes(1));
            TRACE.add(info.getDisplayName() + " " + clock.elapsed());
        }
    }

    @Test
    void theMethodsOfATestAreTasksOfOneLoopAndShareItsTimeAndContext() {
        TRACE.clear();

        assertThat(JUnitRun.of(Talks.class).succeeded()).isEqualTo(1);
        assertThat(TRACE)
                .containsExactly(
                        "connect() PT1M",
                        "greet()",
                        "talks(EventLoop, VirtualClock, TestInfo) PT3M",
                        "disconnect() alice");
    }

    static final class ServesInTheBackground {
        Task<?> server;
        int served;

        @BeforeEach
        void start() {
            server = createTask("server", () -> {
                while (true) {
                    sleep(ofSeconds(1));
                    served++;
                }
            });
        }

        @AsyncTest
        void isServed() {
            sleep(ofSeconds(10));
            assertThat(served).isBetween(9, 10);
        }

        @AfterEach
        void stop() {
            server.cancel();
        }
    }

    @Test
    void tasksStartedBeforeEachGoOnInTheTest() {
        assertThat(JUnitRun.of(ServesInTheBackground.class).succeeded()).isEqualTo(1);
    }

    static final class FailsBeforeEach {
        @BeforeEach
        void connect() throws IOException {
            sleep(ofSeconds(1));
            throw new IOException("refused");
        }

        @AsyncTest
        void isNotRun() {
            TRACE.add("test");
        }

        @AfterEach
        void after() {
            TRACE.add("after");
        }
    }

    @Test
    void aFailureBeforeEachKeepsTheTestFromBeingRun() {
        TRACE.clear();

        assertThat(JUnitRun.of(FailsBeforeEach.class).failure())
                .isInstanceOf(IOException.class)
                .hasMessage("refused");
        assertThat(TRACE).containsExactly("after");
    }

    static final class HasEverything {
        @TempDir
        Path folder;

        @AsyncTest
        @DisplayName("is displayed")
        @Tag("tagged")
        void isTagged(TestInfo info, @TempDir Path other) {
            sleep(ofSeconds(1));
            TRACE.add(info.getDisplayName() + " " + info.getTags());
            assertThat(folder).isDirectory();
            assertThat(other).isDirectory();
        }

        @AsyncTest
        @Disabled
        void isDisabled() {
            TRACE.add("disabled");
        }

        @AsyncTest
        void isAborted() {
            sleep(ofSeconds(1));
            assumeThat(false).isTrue();
        }

        @Test
        void isAPlainTest() {
            TRACE.add("plain");
        }

        @Nested
        final class Inner {
            @AsyncTest
            void isNested(VirtualClock clock) {
                sleep(ofHours(1));
                TRACE.add("nested " + clock.elapsed());
            }
        }
    }

    @Test
    void otherFeaturesOfJUnitWorkAsEver() {
        TRACE.clear();
        JUnitRun run = JUnitRun.of(HasEverything.class);

        run.tests()
                .assertStatistics(
                        tests -> tests.succeeded(3).skipped(1).aborted(1).failed(0));
        assertThat(TRACE).containsExactlyInAnyOrder("is displayed [tagged]", "plain", "nested PT1H");
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static final class HasOneInstance {
        int runs;

        @BeforeAll
        void once() {
            runs = 10;
        }

        @AsyncTest
        void first() {
            runs++;
        }

        @AsyncTest
        void second(VirtualClock clock) {
            runs++;
            assertThat(clock.elapsed()).isZero();
            TRACE.add("" + runs);
        }

        @Test
        void third() {
            runs++;
        }
    }

    @Test
    void oneInstanceMayServeAllTestsOfAClassEachWithALoopOfItsOwn() {
        assertThat(JUnitRun.of(HasOneInstance.class).succeeded()).isEqualTo(3);
    }

    static final class WantsAVirtualClockInRealTime {
        @AsyncTest(clock = TestClock.REAL)
        void wants(VirtualClock clock) {
            TRACE.add("" + clock);
        }
    }

    @Test
    void thereIsNoVirtualClockInRealTime() {
        assertThat(JUnitRun.of(WantsAVirtualClockInRealTime.class).message())
                .isEqualTo("There is no VirtualClock in 'wants()', which runs in real time; remove the parameter, or"
                        + " clock = REAL");
    }

    static final class RunsInRealTime {
        @AsyncTest(clock = TestClock.REAL)
        void runs(EventLoop loop) {
            long before = System.nanoTime();
            long loopBefore = loop.time();
            sleep(java.time.Duration.ofMillis(2));
            assertThat(System.nanoTime() - before).isGreaterThan(1_000_000);
            assertThat(loop.time() - loopBefore).isGreaterThan(1_000_000);
        }
    }

    @Test
    void aTestMayRunInRealTime() {
        assertThat(JUnitRun.of(RunsInRealTime.class).succeeded()).isEqualTo(1);
    }
}
