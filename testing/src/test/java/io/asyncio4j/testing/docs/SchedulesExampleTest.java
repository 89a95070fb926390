package io.asyncio4j.testing.docs;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asyncio4j.sync.Lock;
import io.asyncio4j.testing.ScheduleFailure;
import io.asyncio4j.testing.Schedules;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The examples of `docs/testing.md` for schedules.
final class SchedulesExampleTest {
    private static class Cache {
        final Map<String, String> pages = new HashMap<>();
        int fetches;

        String fetch(String url) {
            fetches++;
            sleep(ofSeconds(5));
            return "the page " + url;
        }

        String get(String url) {
            String page = pages.get(url);
            if (page == null) {
                page = fetch(url);
                pages.put(url, page);
            }
            return page;
        }
    }

    private static class CorrectedCache extends Cache {
        private final Lock lock = new Lock("cache");

        @Override
        String get(String url) {
            try (var _ = lock.acquire()) {
                return super.get(url);
            }
        }
    }

    private void browse(Cache cache) {
        taskGroup(group -> {
            group.createTask("reader", () -> cache.get("/news"));
            group.createTask("prefetch", () -> {
                sleep(ofSeconds(5));
                cache.get("/news");
            });
        });
        assertEquals(1, cache.fetches);
    }

    private void aPageIsFetchedOnce() {
        Schedules.explore(1000, () -> browse(new Cache()));
    }

    @Test
    void theRaceIsFound() {
        assertThatThrownBy(this::aPageIsFetchedOnce)
                .isInstanceOf(ScheduleFailure.class)
                .hasMessage("""
                    Failed in schedule 3 of 1000: org.opentest4j.AssertionFailedError: expected: <1> but was: <2>

                    Replay it with @Schedule("1:1/2#2-0401") or Schedules.replay("1:1/2#2-0401", main).
                    1 of 2 choices departs from FIFO order, the fewest found in 1 more run.

                    The steps, with > where one came before its turn:
                      at PT0S
                        task 'Task-1'
                        task 'reader'
                        task 'prefetch'
                      at PT5S
                      > task 'prefetch' before task 'reader'
                        task 'reader'
                      at PT10S
                        task 'prefetch'
                        task 'Task-1'
                    """);
    }

    private void itIsFetchedOnceInThatOrderToo() {
        Schedules.replay("1:1/2#2-0401", () -> browse(new Cache()));
    }

    @Test
    void theRaceIsReplayed() {
        assertThatThrownBy(this::itIsFetchedOnceInThatOrderToo)
                .isInstanceOf(ScheduleFailure.class)
                .hasMessageStartingWith("Failed in the schedule \"1:1/2#2-0401\": ");
    }

    @Test
    void aPageIsFetchedOnceFromTheCorrectedCache() {
        int run = Schedules.explore(1000, () -> browse(new CorrectedCache()));

        assertEquals(6, run);
    }
}
