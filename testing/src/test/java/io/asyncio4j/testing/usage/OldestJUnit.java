package io.asyncio4j.testing.usage;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// A program that runs the tests of [AsyncTest][io.asyncio4j.testing.AsyncTest] with the JUnit on
/// its class path: see [DependenciesTest].
final class OldestJUnit {
    private static final List<Class<?>> TESTS = List.of(
            AsyncTestLeaksTest.class,
            AsyncTestLifecycleTest.class,
            AsyncTestMisuseTest.class,
            AsyncTestSchedulesTest.class,
            SequencerTest.class);

    private OldestJUnit() {}

    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(Stream.of(TESTS.toArray(Class<?>[]::new))
                                        .map(test -> selectClass(test))
                                        .toList())
                                .build(),
                        summary);
        summary.getSummary().printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        System.out.println(org.junit.jupiter.api.Test.class.getPackage().getImplementationVersion() + ": "
                + summary.getSummary().getTestsSucceededCount() + " of "
                + summary.getSummary().getTestsFoundCount() + " tests succeeded");
    }
}
