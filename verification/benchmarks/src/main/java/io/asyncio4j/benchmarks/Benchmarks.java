package io.asyncio4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs every benchmark on both engines and prints one table: nanoseconds per operation, with the
/// error JMH gives.
///
/// Arguments: regular expressions that choose benchmarks, and `--quick` for one fork each.
public final class Benchmarks {
    private static final List<String> ENGINES = List.of("carrier", "baton");

    private Benchmarks() {}

    /// Runs them.
    public static void main(String[] arguments) throws RunnerException {
        List<String> patterns = new ArrayList<>(Arrays.asList(arguments));
        boolean quick = patterns.remove("--quick");
        Map<String, List<String>> table = new TreeMap<>();
        for (String engine : ENGINES) {
            for (RunResult result : run(engine, patterns, quick)) {
                Result<?> score = result.getPrimaryResult();
                String name = result.getParams().getBenchmark().replace(Benchmarks.class.getPackageName() + ".", "");
                table.computeIfAbsent(name, absent -> new ArrayList<>())
                        .add(String.format(Locale.ROOT, "%12.1f ± %-10.1f", score.getScore(), score.getScoreError()));
            }
        }
        System.out.printf("%n%-40s %25s %25s%n", "ns/op", ENGINES.get(0), ENGINES.get(1));
        table.forEach((name, cells) -> System.out.printf("%-40s %s%n", name, String.join(" ", cells)));
    }

    private static Collection<RunResult> run(String engine, List<String> patterns, boolean quick)
            throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .jvmArgsAppend("-Dasyncio4j.engine=" + engine, "-Xms2g", "-Xmx2g")
                .forks(quick ? 1 : 3)
                .warmupIterations(5)
                .measurementIterations(5)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1));
        if (engine.equals("carrier")) {
            options.jvmArgsPrepend("--add-opens=java.base/java.lang=ALL-UNNAMED");
        }
        patterns.forEach(options::include);
        return new Runner(options.build()).run();
    }
}
