import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs the tests in `target/test-classes` many times in a row: see `repeat.sh`, which starts it.
///
/// Arguments: the number of rounds, and the simple names of the classes to run, or none for all.
final class Repeat implements TestExecutionListener {
    private static final PrintStream OUT = System.out;

    /// How often a class failed.
    private final Map<String, Integer> failures = new TreeMap<>();

    private int round;
    private long succeeded;
    private long failed;
    private long aborted;

    private static LauncherDiscoveryRequest request(String[] classes, long seed) {
        String names = classes.length == 0 ? "[^.$]+Test" : Stream.of(classes).collect(Collectors.joining("|"));
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClasspathRoots(Set.of(Path.of("target/test-classes"))))
                .filters(includeClassNamePatterns("(.*\\.)?(" + names + ")"), TagFilter.excludeTags("slow"))
                .configurationParameter(
                        "junit.jupiter.testclass.order.default", "org.junit.jupiter.api.ClassOrderer$Random")
                .configurationParameter("junit.jupiter.execution.order.random.seed", Long.toString(seed))
                .build();
    }

    static void main(String... arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        String[] classes = Stream.of(arguments).skip(1).toArray(String[]::new);
        Launcher launcher = LauncherFactory.create();
        Repeat repeat = new Repeat();
        for (repeat.round = 1; repeat.round <= rounds; repeat.round++) {
            launcher.execute(request(classes, repeat.round), repeat);
            OUT.printf("Round %d of %d: %d failures so far%n", repeat.round, rounds, repeat.failed);
        }
        repeat.failures.forEach((name, times) -> OUT.println(name + " failed " + times + " times"));
        OUT.printf("%d passed, %d failed, %d skipped%n", repeat.succeeded, repeat.failed, repeat.aborted);
        System.exit(repeat.failed > 0 || repeat.succeeded == 0 ? 1 : 0);
    }

    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        this.plan = plan;
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            failed++;
            failures.merge(name(test), 1, Integer::sum);
            OUT.println("FAILED in round " + round + ": " + name(test));
            result.getThrowable().ifPresent(failure -> failure.printStackTrace(OUT));
        } else if (test.isTest()) {
            if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                succeeded++;
            } else {
                aborted++;
            }
        }
    }

    /// Such as `TlsFaultTest, cancellingTheStartOfTlsCloses(boolean), [2] true`.
    private String name(TestIdentifier test) {
        return plan.getParent(test)
                .filter(parent -> plan.getParent(parent).isPresent())
                .map(parent -> name(parent) + ", " + test.getDisplayName())
                .orElse(test.getDisplayName());
    }
}
