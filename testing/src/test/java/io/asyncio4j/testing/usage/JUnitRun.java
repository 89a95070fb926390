package io.asyncio4j.testing.usage;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/// A test class, run by JUnit within a test.
record JUnitRun(Events tests) {
    /// What JUnit says of methods that cannot be tests: here they are meant to be none.
    private static final Logger WARNINGS = Logger.getLogger("org.junit.platform.launcher.core.DiscoveryIssueNotifier");

    static {
        WARNINGS.setLevel(Level.OFF);
    }

    static JUnitRun of(Class<?> testClass) {
        return new JUnitRun(EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .testEvents());
    }

    long succeeded() {
        return tests.succeeded().count();
    }

    /// What the only test failed with.
    Throwable failure() {
        List<Throwable> failures = tests.failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .toList();
        if (failures.size() != 1) {
            throw new AssertionError(failures.size() + " tests failed, " + succeeded() + " succeeded: "
                    + tests.list().stream().map(Event::toString).toList());
        }
        return failures.getFirst();
    }

    /// The message of the only failure, without line numbers and JUnit's frames.
    String message() {
        return readable(failure());
    }

    static String readable(Throwable failure) {
        return Objects.requireNonNull(failure.getMessage())
                .replace(System.lineSeparator(), "\n")
                .replaceAll("\\.lambda\\$\\w+\\$\\d+", ".lambda")
                .replaceAll("\\.java:\\d+", ".java")
                .replace(JUnitRun.class.getPackageName() + ".", "");
    }
}
