package io.asyncio4j.testing;

import io.asyncio4j.testing.junit.AsyncTestExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs an [AsyncTest] in one interleaving only, the one in which it has failed before, whatever
/// [AsyncTest#schedules] says.
///
/// If the test has been changed so that the interleaving no longer exists, the test fails and says
/// so.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(AsyncTestExtension.class)
@SuppressWarnings("exports") // JUnit makes it, and nobody else need know it
public @interface Schedule {
    /// The text that the failure has printed.
    String value();
}
