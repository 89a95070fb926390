package io.asyncio4j.testing.junit;

import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.Schedule;
import io.asyncio4j.testing.TestClock;
import io.asyncio4j.testing.explore.Seed;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;

/// The settings in the annotations of a test, checked.
///
/// @param test the method, as messages name it
/// @param timeout how much virtual time a method may take
/// @param realTimeout how much real time
/// @param clock the time of the loop
/// @param schedules how many interleavings to try
/// @param seed the only one to try, or null
record TestSettings(
        String test,
        Limit timeout,
        Limit realTimeout,
        TestClock clock,
        int schedules,
        @Nullable String seed) {
    private static final Pattern LIMIT = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");
    private static final Map<String, TemporalUnit> UNITS = Map.of(
            "ms",
            ChronoUnit.MILLIS,
            "s",
            ChronoUnit.SECONDS,
            "m",
            ChronoUnit.MINUTES,
            "h",
            ChronoUnit.HOURS,
            "d",
            ChronoUnit.DAYS);

    /// A length of time, and how the program has written it.
    record Limit(Duration duration, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /// Reads the annotations of a test method.
    ///
    /// @throws ExtensionConfigurationException if they, or those of another method of the class,
    ///     are not used as they should be
    static TestSettings of(Class<?> testClass, Method method) {
        for (Class<?> type = testClass; type != null; type = type.getSuperclass()) {
            List.of(type.getDeclaredMethods()).forEach(TestSettings::requireTestable);
        }
        AsyncTest test = AnnotationSupport.findAnnotation(method, AsyncTest.class)
                .orElseThrow(() -> misused(method, "has @Schedule but not @AsyncTest; add it"));
        String seed = AnnotationSupport.findAnnotation(method, Schedule.class)
                .map(Schedule::value)
                .orElse(null);
        TestSettings settings = new TestSettings(
                method.getName() + "()",
                limit(method, "timeout", test.timeout()),
                limit(method, "realTimeout", test.realTimeout()),
                test.clock(),
                test.schedules(),
                seed);
        settings.check(method);
        return settings;
    }

    /// Whether the test is run in given interleavings.
    boolean explores() {
        return schedules > 1 || seed != null;
    }

    private void check(Method method) {
        if (schedules < 1) {
            throw misused(method, "has schedules = " + schedules + "; give a number of at least 1");
        }
        if (explores() && clock == TestClock.REAL) {
            throw misused(method, "asks for schedules in real time; they need virtual time, so remove clock = REAL");
        }
        if (seed != null) {
            try {
                Seed.parse(seed);
            } catch (IllegalArgumentException e) {
                throw misused(method, "has a @Schedule that cannot be read. " + e.getMessage());
            }
        }
    }

    private static Limit limit(Method method, String attribute, String text) {
        Matcher matcher = LIMIT.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw misused(
                    method,
                    "has " + attribute + " = \"" + text + "\", which is no length of time; write a number and a"
                            + " unit: ms, s, m, h or d, such as \"30 s\"");
        }
        TemporalUnit unit = UNITS.getOrDefault(matcher.group(2), ChronoUnit.SECONDS);
        return new Limit(Duration.of(Long.parseLong(matcher.group(1)), unit), text);
    }

    /// JUnit passes over methods that cannot be tests, without failing: a test would be missed.
    private static void requireTestable(Method method) {
        boolean isTest = AnnotationSupport.isAnnotated(method, AsyncTest.class);
        if (!isTest && !AnnotationSupport.isAnnotated(method, Schedule.class)) {
            return;
        }
        if (Modifier.isPrivate(method.getModifiers())) {
            throw misused(method, "is private, so that JUnit never runs it; remove 'private'");
        }
        if (Modifier.isStatic(method.getModifiers())) {
            throw misused(method, "is static, so that JUnit never runs it; remove 'static'");
        }
        if (method.getReturnType() != void.class) {
            throw misused(method, "returns a value, so that JUnit never runs it; make it void");
        }
        for (Class<? extends Annotation> other : List.of(TestTemplate.class, TestFactory.class)) {
            if (isTest && AnnotationSupport.isAnnotated(method, other)) {
                throw misused(
                        method,
                        "is an @AsyncTest and also a parameterized or repeated test, or a factory of tests; it can"
                                + " be one of them only");
            }
        }
    }

    private static ExtensionConfigurationException misused(Method method, String what) {
        return new ExtensionConfigurationException(
                "Method '" + method.getDeclaringClass().getSimpleName() + "." + method.getName() + "' " + what);
    }
}
