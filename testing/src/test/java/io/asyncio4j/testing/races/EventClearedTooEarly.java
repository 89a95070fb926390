package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.sync.Event;
import java.util.ArrayList;
import java.util.List;

/// A lost wake-up: the event is cleared after the work was looked at, and with it what was
/// announced meanwhile.
final class EventClearedTooEarly implements Race {
    private abstract static class Printer {
        final Event jobsCame = new Event("jobs came");
        final List<String> jobs = new ArrayList<>();
        final List<String> printed = new ArrayList<>();

        void submit(String job) {
            jobs.add(job);
            jobsCame.set();
        }

        abstract void run();

        void printAll() {
            List<String> batch = List.copyOf(jobs);
            jobs.clear();
            sleep(ofMillis(10));
            printed.addAll(batch);
        }
    }

    private static final class Broken extends Printer {
        @Override
        void run() {
            while (printed.size() < 3) {
                jobsCame.await();
                printAll();
                jobsCame.clear();
            }
        }
    }

    /// Clears first: what comes after that sets the event again.
    private static final class Corrected extends Printer {
        @Override
        void run() {
            while (printed.size() < 3) {
                jobsCame.await();
                jobsCame.clear();
                printAll();
            }
        }
    }

    @Override
    public void broken() {
        scenario(new Broken());
    }

    @Override
    public void corrected() {
        scenario(new Corrected());
    }

    private static void scenario(Printer printer) {
        taskGroup(group -> {
            group.createTask("printer", printer::run);
            group.createTask("office", () -> {
                for (String job : List.of("letter", "invoice", "report")) {
                    printer.submit(job);
                    sleep(ofMillis(10));
                }
            });
        });
        assertThat(printer.printed).containsExactly("letter", "invoice", "report");
    }
}
