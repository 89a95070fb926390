package io.asyncio4j.testing.docs;

import static io.asyncio4j.Asyncio.await;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static io.asyncio4j.testing.ExceptionGroupAssert.assertThatGroup;
import static io.asyncio4j.testing.GroupShape.exception;
import static io.asyncio4j.testing.GroupShape.group;
import static io.asyncio4j.testing.Tasks.waitUntilAllBlocked;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.sync.Queue;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.Recorder;
import io.asyncio4j.testing.Schedule;
import io.asyncio4j.testing.Sequencer;
import io.asyncio4j.testing.VirtualClock;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/// The examples of `docs/testing.md` for `@AsyncTest` and the tools beside it.
final class AsyncTestExampleTest {
    private static String failureOf(Class<?> testClass) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .map(failure -> failure.getMessage()
                        .replace(System.lineSeparator(), "\n")
                        .replaceAll("\\.java:\\d+", ".java")
                        .replaceAll("[\\w.]+\\$Leaky", "InboxTest")
                        .replaceAll("[\\w.]+\\$Late", "InboxTest"))
                .findFirst()
                .orElse("none");
    }

    private static String askSlowServer() {
        sleep(ofHours(1));
        return "at last";
    }

    @AsyncTest
    void aSlowAnswerIsGivenUp(VirtualClock clock) {
        assertThatThrownBy(() -> timeout(ofSeconds(30), () -> askSlowServer())).isInstanceOf(TimeoutException.class);

        assertThat(clock.elapsed()).isEqualTo(ofSeconds(30));
    }

    // ------------------------------------------------------------------ before and after

    static final class Inbox {
        private final Queue<String> inbox = new Queue<>();
        private final Recorder events = new Recorder();
        private Task<?> worker;

        @BeforeEach
        void startWorker() {
            worker = createTask("worker", () -> work());
        }

        @AfterEach
        void stopWorker() {
            worker.cancel();
        }

        private void work() {
            while (true) {
                String message = inbox.get();
                sleep(ofMinutes(1));
                events.add("done with " + message);
            }
        }

        @AsyncTest
        void messagesAreWorkedOnOneAfterTheOther() {
            inbox.put("a");
            inbox.put("b");
            sleep(ofMinutes(5));

            assertThat(events.timed()).containsExactly("60s done with a", "120s done with b");
        }

        @AsyncTest
        void nothingIsDoneBeforeAMessageComes() {
            waitUntilAllBlocked();

            assertThat(events.list()).isEmpty();
        }
    }

    @Test
    void methodsBeforeAndAfterEachTestAreTasksToo() {
        assertThat(failureOf(Inbox.class)).isEqualTo("none");
    }

    // ------------------------------------------------------------------ what is left behind

    static final class Leaky {
        @AsyncTest
        void mailIsSent() {
            createTask("mailer", () -> send("hello"));
            createTask("pinger", () -> ping());
            sleep(ofSeconds(1));
        }

        @SuppressWarnings("DoNotCallSuggester")
        void send(String text) throws IOException {
            throw new ConnectException("no mail server");
        }

        void ping() {
            while (true) {
                sleep(ofSeconds(10));
            }
        }
    }

    @Test
    void whatIsLeftBehindFailsTheTest() {
        assertThat(failureOf(Leaky.class) + "\n").isEqualTo("""
            'mailIsSent()' has left behind:
              Task 'pinger' waits for a sleep, 9.0 s left
                  at InboxTest.ping(AsyncTestExampleTest.java)
                  at InboxTest.lambda$mailIsSent$1(AsyncTestExampleTest.java)
                  created at InboxTest.mailIsSent(AsyncTestExampleTest.java)
              The failure of task 'mailer', created at InboxTest.mailIsSent(AsyncTestExampleTest.java), was not noticed: nobody awaited it or asked for its exception
                  java.net.ConnectException: no mail server
            """);
    }

    static final class Late {
        @AsyncTest
        void mailIsAnswered() {
            Queue<String> answers = new Queue<>("answers");
            createTask("pinger", () -> ping());
            assertThat(answers.get()).isEqualTo("welcome");
        }

        void ping() {
            while (true) {
                sleep(ofSeconds(10));
            }
        }
    }

    @Test
    void aTestThatTakesTooLongSaysWhatItWaitsFor() {
        assertThat(failureOf(Late.class) + "\n").isEqualTo("""
            'mailIsAnswered()' was not done after 1 h of virtual time (timeout). Its tasks:
              Task 'mailIsAnswered()' waits for queue 'answers', empty
                  at InboxTest.mailIsAnswered(AsyncTestExampleTest.java)
              Task 'pinger' waits for a sleep, 10.0 s left
                  at InboxTest.ping(AsyncTestExampleTest.java)
                  at InboxTest.lambda$mailIsAnswered$0(AsyncTestExampleTest.java)
                  created at InboxTest.mailIsAnswered(AsyncTestExampleTest.java)
            """);
    }

    // ------------------------------------------------------------------ schedules

    static final class Counting {
        private int counter;

        private void increment() {
            int before = counter;
            sleep(ofSeconds(1)); // asks somebody, say
            counter = before + 1;
        }

        @AsyncTest(schedules = 1000)
        void isIncrementedOneAfterTheOther() {
            taskGroup(group -> {
                group.createTask("first", () -> increment());
                group.createTask("second", () -> {
                    sleep(ofSeconds(1));
                    increment();
                });
            });
            assertThat(counter).isEqualTo(2);
        }

        @AsyncTest
        @Schedule("1:1/2#2-0401")
        void isIncrementedOneAfterTheOtherInTheOrderThatFailed() {
            isIncrementedOneAfterTheOther();
        }
    }

    @Test
    void anOrderThatFailsIsPrintedAndReplayed() {
        assertThat(EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(Counting.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .map(Object::toString))
                .hasSize(2)
                .allMatch(failure -> failure.contains("1:1/2#2-0401"));
    }

    // ------------------------------------------------------------------ tools

    @AsyncTest
    void blocksOfSeveralTasksComeInAGivenOrder() {
        Sequencer order = new Sequencer();
        Recorder events = new Recorder();
        taskGroup(group -> {
            group.createTask("reader", () -> {
                try (var _ = order.at(1)) {
                    events.add("reads");
                }
            });
            group.createTask("writer", () -> {
                try (var _ = order.at(0)) {
                    sleep(ofSeconds(1));
                    events.add("writes");
                }
            });
        });

        assertThat(events.named()).containsExactly("writer: writes", "reader: reads");
    }

    @AsyncTest
    void allFailuresOfAGroupAreSeen() {
        assertThatGroup(() -> taskGroup(group -> {
                    group.createTask(() -> sleep(ofHours(1)));
                    group.createTask(() -> {
                        throw new FileNotFoundException("config");
                    });
                    group.createTask(() -> taskGroup(inner -> {
                        inner.createTask(() -> {
                            throw new ConnectException("no server");
                        });
                    }));
                }))
                .hasException(ConnectException.class)
                .hasShape(group(exception(IOException.class, "config"), group(exception(ConnectException.class))));
    }

    @AsyncTest
    void aTaskCanBeAwaited() {
        assertThat(await(createTask(() -> askSlowServer()))).isEqualTo("at last");
    }
}
