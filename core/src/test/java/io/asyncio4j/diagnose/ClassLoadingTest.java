package io.asyncio4j.diagnose;

import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Innards;
import io.asyncio4j.Runner;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.testing.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Steps that take long because they load classes are not reported. The watchdog's looks are made
/// by the tests, while a class loader of theirs is at work.
@Timeout(30)
final class ClassLoadingTest {
    private static final String SLEEPS = "java.base/java.lang.Thread.sleep";

    private final WatchdogLog log = new WatchdogLog();

    /// The time of the looks made by the test.
    private long now = System.nanoTime();

    @AfterEach
    void closeLog() {
        log.close();
    }

    /// A class that nobody has loaded.
    static final class Unknown {}

    /// A class whose initialization does what the test wants. It is loaded anew each time, so what
    /// that is lies where all loaders see it.
    static final class Initialized {
        static {
            ((Runnable) System.getProperties().get(Initialized.class.getName())).run();
        }
    }

    /// Loads a class of this test anew, and calls `meanwhile` before it does.
    private static final class SlowLoader extends ClassLoader {
        private final Runnable meanwhile;

        SlowLoader(Runnable meanwhile) {
            super("slow", ClassLoader.getPlatformClassLoader());
            this.meanwhile = meanwhile;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            meanwhile.run();
            String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
            try (var in = ClassLoadingTest.class.getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static void load(Runnable meanwhile) {
        load(Unknown.class, meanwhile);
    }

    private static void load(Class<?> type, Runnable meanwhile) {
        try {
            Class.forName(type.getName(), true, new SlowLoader(meanwhile));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static void runAs(String name, RunnerOptions options, VoidCoroutine main) {
        try (Runner runner = new Runner(options)) {
            runner.run(() -> {
                currentTask().setName(name);
                Watchdog.unwatch(watch()); // its own looks would depend on how fast the machine is
                main.execute();
            });
        }
    }

    private static LoopWatch watch() {
        return Supervisor.of(Innards.running()).watch;
    }

    private void look(LoopWatch watch, Duration passed) {
        now += passed.toNanos();
        watch.look(now, passed.toNanos());
    }

    @Test
    void aTaskThatLoadsAClassIsNotReported() {
        runAs("loading", RunnerOptions.defaults().debug(true), () -> {
            LoopWatch watch = watch();
            look(watch, ZERO);
            load(() -> look(watch, ofSeconds(4)));
            look(watch, ofMillis(90));
            assertThat(log.firstWords()).isEmpty();
        });
    }

    @Test
    void aCallbackThatLoadsAClassIsNotReported() {
        List<String> seen = new ArrayList<>();
        runAs("main", RunnerOptions.defaults().debug(true), () -> {
            LoopWatch watch = watch();
            runningLoop().callSoon(() -> {
                look(watch, ZERO);
                load(() -> look(watch, ofSeconds(4)));
                seen.addAll(log.firstWords());
                seen.add("end");
            });
            sleep(ZERO);
            sleep(ZERO);
        });
        assertThat(seen).containsExactly("end");
    }

    @Test
    void whatElseTheStepDoesCounts() {
        runAs("both", RunnerOptions.defaults().debug(true), () -> {
            LoopWatch watch = watch();
            look(watch, ZERO);
            look(watch, ofMillis(60));
            load(() -> look(watch, ofSeconds(4)));
            assertThat(log.firstWords()).isEmpty();
            look(watch, ofMillis(40));
            assertThat(log.firstWords()).containsExactly("Task 'both' blocks");
        });
    }

    @Test
    void aLoaderThatHangsIsReported() {
        runAs("hanging", RunnerOptions.defaults().debug(true), () -> {
            LoopWatch watch = watch();
            look(watch, ZERO);
            load(() -> {
                look(watch, ofSeconds(5));
                assertThat(log.firstWords()).isEmpty();
                look(watch, ofMillis(100));
                assertThat(log.firstWords()).containsExactly("Task 'hanging' blocks");
            });
        });
    }

    @Test
    void aStaticInitializerThatBlocksIsReported() {
        runAs("initializing", RunnerOptions.defaults().debug(true), () -> {
            LoopWatch watch = watch();
            look(watch, ZERO);
            Runnable initialization = () -> look(watch, ofMillis(100));
            System.getProperties().put(Initialized.class.getName(), initialization);
            try {
                load(Initialized.class, () -> {});
            } finally {
                System.getProperties().remove(Initialized.class.getName());
            }
            assertThat(log.firstWords()).containsExactly("Task 'initializing' blocks");
        });
    }

    @Test
    void debugModeDoesNotCountItWhenTheStepIsOver() {
        runAs("loading", RunnerOptions.defaults().debug(true).slowCallbackDuration(ofMillis(1)), () -> {
            LoopWatch watch = watch();
            load(() -> {
                look(watch, ZERO);
                spin();
                look(watch, ofSeconds(4));
            });
            sleep(ZERO);
            currentTask().setName("computing");
            spin();
            sleep(ZERO);
            runningLoop().setSlowCallbackDuration(ZERO);
        });
        assertThat(log.messages().stream().filter(message -> message.contains(" ran for ")))
                .singleElement()
                .asString()
                .startsWith("Task 'computing' ran for PT0.");
    }

    /// Lets two milliseconds pass, which the loop's clock sees.
    private static void spin() {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < 2_000_000) {
            Thread.onSpinWait();
        }
    }

    @Test
    void virtualTimeIsNotSpentOnClasses() {
        VirtualClock clock = new VirtualClock();
        runAs("slow", RunnerOptions.defaults().clock(clock).debug(true), () -> {
            LoopWatch watch = watch();
            load(() -> {
                look(watch, ZERO);
                look(watch, ofSeconds(4));
            });
            clock.advance(ofMillis(100));
            sleep(ZERO);
        });
        assertThat(log.messages())
                .singleElement()
                .asString()
                .startsWith("Task 'slow' ran for PT0.1S until it awaited something; nothing else could run meanwhile.");
    }

    // ------------------------------------------------------------------ stacks

    private static boolean isLoading(String... frames) {
        return ClassLoading.isIn(
                Arrays.stream(frames).map(ClassLoadingTest::frame).toList());
    }

    /// Makes a frame of `module/type.method`.
    private static StackTraceElement frame(String text) {
        List<String> parts = List.of(text.split("/", -1));
        String module = parts.size() == 2 ? parts.getFirst() : null;
        String method = parts.getLast();
        int dot = method.lastIndexOf('.');
        return new StackTraceElement(
                null, module, null, method.substring(0, dot), method.substring(dot + 1), "X.java", 1);
    }

    @Test
    void loadersAndLinkersAreKnown() {
        assertThat(isLoading(
                        "java.base/java.util.zip.Inflater.inflate",
                        "java.base/jdk.internal.loader.BuiltinClassLoader.findClassOnClassPathOrNull",
                        "Main.main"))
                .isTrue();
        assertThat(isLoading(SLEEPS, "app.Loader.findClass", "java.base/java.lang.ClassLoader.loadClass", "Main.main"))
                .isTrue();
        assertThat(isLoading("java.base/java.lang.invoke.MethodHandleNatives.linkCallSite", "Main.main"))
                .isTrue();
        assertThat(isLoading("java.instrument/sun.instrument.InstrumentationImpl.transform", "Main.main"))
                .isTrue();
    }

    @Test
    void otherCodeIsCounted() {
        assertThat(isLoading(SLEEPS, "Main.main")).isFalse();
        assertThat(isLoading(SLEEPS, "school.Timetable.loadClass", "Main.main")).isFalse();
        assertThat(isLoading(SLEEPS, "java.base/jdk.internal.loader.URLClassPath.getResource", "Main.main"))
                .isFalse();
        assertThat(isLoading(
                        SLEEPS,
                        "java.instrument/sun.instrument.InstrumentationImpl.loadClassAndStartAgent",
                        "java.base/java.lang.Thread.run"))
                .isFalse();
    }

    @Test
    void aStaticInitializerIsCodeOfTheProgramUnlessItIsOfTheJdk() {
        String links = "java.base/java.lang.invoke.MethodHandleNatives.linkMethodHandleConstant";
        assertThat(isLoading(SLEEPS, "Main.<clinit>", links, "Main.main")).isFalse();
        assertThat(isLoading("java.base/java.lang.invoke.MethodType.<clinit>", links, "Main.main"))
                .isTrue();
    }

    @Test
    void whatIsBelowTheStepDoesNotMatter() {
        assertThat(isLoading(
                        SLEEPS,
                        "io.asyncio4j/io.asyncio4j.kernel.UserCallback.run",
                        "java.base/java.lang.ClassLoader.loadClass",
                        "Main.main"))
                .isFalse();
    }
}
