package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Task;
import java.util.HashMap;
import java.util.Map;

/// Check, then act: who finds nothing in the cache loads, and while it loads others find nothing
/// either.
final class CacheStampede implements Race {
    private abstract static class Cache {
        int loads;

        abstract String get(String key);

        String load(String key) {
            loads++;
            sleep(ofMillis(10));
            return "page of " + key;
        }
    }

    /// The check is out of date when the value is there.
    private static final class Broken extends Cache {
        private final Map<String, String> pages = new HashMap<>();

        @Override
        String get(String key) {
            String page = pages.get(key);
            if (page == null) {
                page = load(key);
                pages.put(key, page);
            }
            return page;
        }
    }

    /// What is kept is the task that loads, from the moment it is needed: no await between the
    /// check and the act.
    private static final class Corrected extends Cache {
        private final Map<String, Task<String>> pages = new HashMap<>();

        @Override
        String get(String key) {
            return pages.computeIfAbsent(key, _ -> createTask("load " + key, () -> load(key)))
                    .await();
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

    private static void scenario(Cache cache) {
        taskGroup(group -> {
            group.createTask("first", () -> cache.get("home"));
            group.createTask("second", () -> {
                sleep(ofMillis(10));
                cache.get("home");
            });
        });
        assertThat(cache.loads).as("loads").isEqualTo(1);
    }
}
