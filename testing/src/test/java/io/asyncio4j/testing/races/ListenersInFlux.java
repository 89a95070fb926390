package io.asyncio4j.testing.races;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/// Listeners are told one after the other, and each may await: meanwhile others come and go.
final class ListenersInFlux implements Race {
    private interface Listener {
        void told(String news);
    }

    private abstract static class Publisher {
        final List<Listener> listeners = new ArrayList<>();

        abstract void publish(String news);
    }

    private static final class Broken extends Publisher {
        @Override
        void publish(String news) {
            for (Listener listener : listeners) {
                listener.told(news);
            }
        }
    }

    /// Tells those who listened when the news came.
    private static final class Corrected extends Publisher {
        @Override
        void publish(String news) {
            for (Listener listener : List.copyOf(listeners)) {
                listener.told(news);
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

    private static void scenario(Publisher publisher) {
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            publisher.listeners.add(news -> {
                sleep(ofMillis(news.equals("goodbye") ? 5 : 10));
                heard.add(news);
            });
        }
        Listener last = publisher.listeners.getLast();
        taskGroup(group -> {
            group.createTask("publisher", () -> publisher.publish("news"));
            group.createTask("guest", () -> {
                sleep(ofMillis(25));
                last.told("goodbye");
                publisher.listeners.remove(last);
            });
        });
        assertThat(heard).containsOnlyOnce("goodbye").hasSize(4);
    }
}
