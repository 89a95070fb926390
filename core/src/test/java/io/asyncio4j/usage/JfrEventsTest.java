package io.asyncio4j.usage;

import static io.asyncio4j.Asyncio.*;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.asyncio4j.DeadlockException;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Runner;
import io.asyncio4j.Task;
import io.asyncio4j.TaskOptions;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;

/// The events of a loop in a flight recording.
final class JfrEventsTest {
    private static final String PREFIX = "io.asyncio4j.";

    private final VirtualClock clock = new VirtualClock();

    /// Runs `main` while a recording wants the given event, whatever its duration, and nothing
    /// else.
    private List<RecordedEvent> record(String event, VoidCoroutine main) throws IOException {
        return record(event, recording -> recording.enable(PREFIX + event).withoutThreshold(), () -> {
            try (Runner runner = new Runner(clock)) {
                runner.run(main);
            }
        });
    }

    private static List<RecordedEvent> record(String wanted, Consumer<Recording> settings, Runnable program)
            throws IOException {
        Path file = Files.createTempFile("asyncio4j", ".jfr");
        try (Recording recording = new Recording()) {
            settings.accept(recording);
            recording.start();
            program.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(PREFIX + wanted))
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static RecordedEvent ofTask(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> methods(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .map(RecordedFrame::getMethod)
                .map(method -> method.getType().getName() + "." + method.getName())
                .toList();
    }

    private static Task<Void> createMailer() {
        return createTask("mailer", () -> sleep(ofMillis(3)));
    }

    @Test
    void aTaskThatIsCreatedIsToldWithThePlace() throws IOException {
        List<RecordedEvent> events = record("TaskCreated", () -> {
            createMailer().await();
        });
        assertThat(events).extracting(event -> event.getLong("task")).startsWith(1L, 2L);
        RecordedEvent mailer = ofTask(events, "mailer");
        assertThat(mailer.getString("name")).isEqualTo("mailer");
        assertThat(mailer.getLong("loop")).isPositive();
        assertThat(methods(mailer)).contains("io.asyncio4j.usage.JfrEventsTest.createMailer");
    }

    @Test
    void aTaskThatHasEndedIsToldWithItsOutcomeAndItsTimes() throws IOException {
        List<RecordedEvent> events = record("TaskEnded", () -> {
            sleep(ZERO); // the observation begins with an iteration
            Task<Void> worker = createTask("worker", () -> {
                clock.advance(ofMillis(20));
                sleep(ofMillis(300));
                clock.advance(ofMillis(5));
            });
            Task<Void> broken = createTask("broken", () -> {
                throw new IllegalStateException("no mail server");
            });
            Task<Void> cancelled = createTask("cancelled", () -> sleep(ofMillis(900)));
            worker.await();
            broken.exception();
            cancelled.cancel();
            sleep(ZERO);
        });
        assertThat(events)
                .extracting(e -> e.getString("name"), e -> e.getString("outcome"), e -> e.getString("failure"))
                .contains(
                        tuple("worker", "finished", null),
                        tuple("broken", "failed", "java.lang.IllegalStateException"),
                        tuple("cancelled", "cancelled", null));
        RecordedEvent worker = ofTask(events, "worker");
        assertThat(worker.getLong("steps")).isEqualTo(2);
        assertThat(worker.getDuration("running")).isEqualTo(ofMillis(25));
        assertThat(worker.getDuration("waiting")).isEqualTo(ofMillis(300));
        assertThat(worker.getDuration("lifetime")).isEqualTo(ofMillis(325));
        assertThat(ofTask(events, "broken").getDuration("ready")).isEqualTo(ofMillis(20));
    }

    private static void waste(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void fetch() {
        waste(ofMillis(2));
        sleep(ofMillis(1));
    }

    @Test
    void aStepIsToldWithThePlaceWhereItStopped() throws IOException {
        List<RecordedEvent> events = record("Step", () -> {
            sleep(ZERO);
            createTask("fetcher", () -> fetch()).await();
        });
        List<RecordedEvent> steps = events.stream()
                .filter(event -> event.getString("name").equals("fetcher"))
                .toList();
        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().getDuration()).isGreaterThanOrEqualTo(ofMillis(2));
        assertThat(steps.getFirst().getString("stoppedAt"))
                .startsWith("io.asyncio4j.usage.JfrEventsTest.fetch(JfrEventsTest.java:");
        assertThat(steps.getFirst().getBoolean("nested")).isFalse();
        assertThat(steps.getLast().getString("stoppedAt")).isNull();
    }

    @Test
    void onlyLongStepsAreToldUnlessTheRecordingSaysOtherwise() throws IOException {
        List<RecordedEvent> events = record(
                "Step",
                _ -> {},
                () -> run(() -> {
                    sleep(ZERO);
                    createTask("quick", () -> {}).await();
                    createTask("slow", () -> waste(ofMillis(25))).await();
                }));
        assertThat(events)
                .allSatisfy(event -> assertThat(event.getDuration()).isGreaterThanOrEqualTo(ofMillis(20)))
                .extracting(event -> event.getString("name"))
                .contains("slow");
    }

    @Test
    void aCallbackIsAStep() throws IOException {
        Runnable refresh = new Runnable() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                return "refresh";
            }
        };
        Runnable secret = new Runnable() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                throw new IllegalStateException("not shown");
            }
        };
        List<RecordedEvent> events = record("Step", () -> {
            sleep(ZERO);
            Future<String> answer = createFuture("answer");
            answer.addDoneCallback(_ -> {});
            answer.setResult("42");
            runningLoop().callSoon(refresh);
            runningLoop().callSoon(secret);
            sleep(ZERO);
        });
        assertThat(events)
                .filteredOn(event -> event.getLong("task") == 0)
                .extracting(event -> event.getString("name"))
                .containsExactly(
                        "DoneCallback[of future 'answer']", "Handle[refresh]", "a callback that cannot be shown");
    }

    @Test
    void aStepWithinAnotherIsToldAsWell() throws IOException {
        List<RecordedEvent> events = record("Step", () -> {
            sleep(ZERO);
            createTask("outer", () -> {
                        createTask(TaskOptions.named("eager").eagerStart(true), () -> waste(ofMillis(2)));
                    })
                    .await();
        });
        RecordedEvent eager = ofTask(events, "eager");
        RecordedEvent outer = ofTask(events, "outer");
        assertThat(eager.getBoolean("nested")).isTrue();
        assertThat(outer.getBoolean("nested")).isFalse();
        assertThat(outer.getDuration()).isGreaterThanOrEqualTo(eager.getDuration());
    }

    @Test
    void iterationsAreCountedWithTheirSteps() throws IOException {
        List<RecordedEvent> events = record("LoopIteration", () -> {
            sleep(ZERO);
            for (int i = 0; i < 5; i++) {
                runningLoop().callSoon(() -> {});
            }
            sleep(ZERO);
            sleep(ZERO);
        });
        assertThat(events).extracting(event -> event.getLong("steps")).contains(6L);
    }

    @Test
    void aPollSaysWhetherTheLoopWaited() throws IOException {
        List<RecordedEvent> events = record(
                "Poll",
                recording -> recording.enable(PREFIX + "Poll").withoutThreshold(),
                () -> run(() -> {
                    EventLoop loop = runningLoop();
                    sleep(ZERO);
                    long polls = loop.statistics().polls();
                    toThread(() -> {
                        while (loop.statistics().polls() == polls) {
                            Thread.onSpinWait(); // until the loop waits for this thread
                        }
                        waste(ofMillis(2));
                    });
                    sleep(ZERO);
                }));
        assertThat(events)
                .anySatisfy(event -> {
                    assertThat(event.getBoolean("waited")).isTrue();
                    assertThat(event.getDuration()).isGreaterThan(ofMillis(1));
                })
                .anySatisfy(event -> assertThat(event.getBoolean("waited")).isFalse());
    }

    @Test
    void aDeadlockIsToldWithItsMessage() throws IOException {
        List<RecordedEvent> events = record(
                "Deadlock",
                _ -> {},
                () -> assertThatThrownBy(() -> run(() -> {
                            createFuture("answer").await();
                        }))
                        .isInstanceOf(DeadlockException.class));
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().getString("message"))
                .startsWith("Deadlock: nothing can ever wake this event loop. 1 task waits,")
                .contains("Task 'Task-1' waits for future 'answer'");
    }
}
