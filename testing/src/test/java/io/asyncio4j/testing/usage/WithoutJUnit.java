package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.testing.Tasks.waitUntilAllBlocked;
import static java.time.Duration.ofHours;

import io.asyncio4j.testing.Recorder;
import io.asyncio4j.testing.Schedules;
import io.asyncio4j.testing.Sequencer;
import io.asyncio4j.testing.VirtualTime;

/// A program that has neither JUnit nor AssertJ on its class path: see [DependenciesTest].
final class WithoutJUnit {
    private WithoutJUnit() {}

    public static void main(String[] arguments) {
        var elapsed = VirtualTime.run(() -> {
                    new Sequencer().at(0).close();
                    new Recorder().add("begins");
                    waitUntilAllBlocked();
                    sleep(ofHours(1));
                })
                .elapsed();
        int schedules = Schedules.explore(100, () -> {
            taskGroup(group -> {
                group.createTask(() -> {});
                group.createTask(() -> {});
            });
        });
        System.out.println(elapsed + presence("JUnit", "org.junit.jupiter.api.Test")
                + presence("AssertJ", "org.assertj.core.api.Assertions") + ", " + schedules + " schedules");
    }

    private static String presence(String name, String type) {
        try {
            Class.forName(type);
            return ", " + name;
        } catch (ClassNotFoundException e) {
            return ", no " + name;
        }
    }
}
