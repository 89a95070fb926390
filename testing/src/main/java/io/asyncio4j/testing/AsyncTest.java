package io.asyncio4j.testing;

import io.asyncio4j.testing.junit.AsyncTestExtension;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Makes a method a test of JUnit Jupiter, 5.12 or newer, that runs as a task on an event loop of
/// its own, in virtual time: it may suspend, and no sleep takes any time.
///
/// ```java
/// @AsyncTest
/// void aSlowAnswerIsGivenUp() {
///     assertThatThrownBy(() -> timeout(ofSeconds(30), () -> sleep(ofHours(1))))
///             .isInstanceOf(TimeoutException.class);
/// }
/// ```
///
/// Methods with `@BeforeEach` and `@AfterEach` of the same class are tasks of the same loop, one
/// after the other. Each of these methods, and the test, may have parameters of type
/// [EventLoop][io.asyncio4j.EventLoop] and [VirtualClock]. Constructors, `@BeforeAll` and
/// `@AfterAll` have no loop.
///
/// Besides what it throws, a test fails for what it leaves behind: tasks that still run, failures
/// that nobody looked at, streams, servers and subprocesses that are open, a cancellation that was
/// swallowed. Debug mode is on, so that the message says where each was created. A test that sets
/// an exception handler takes care of the problems that handler gets.
///
/// A deadlock fails the test at once. Only if the program has got hold of the `EventLoop`, as by a
/// parameter, another thread might still wake it: then the test fails when its [#realTimeout] is
/// over. Both name the tasks with what they wait for.
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(AsyncTestExtension.class)
@SuppressWarnings("exports") // JUnit makes it, and nobody else need know it
public @interface AsyncTest {
    /// How much virtual time each of the methods may take: a number and a unit, `ms`, `s`, `m`, `h`
    /// or `d`. Without meaning in real time.
    String timeout() default "1 h";

    /// How much real time each of the methods may take, and cleaning up: a number and a unit. A
    /// method that does not end then, even if cancelled, is left alone in its thread, and the test
    /// fails all the same.
    String realTimeout() default "10 s";

    /// The time that the loop runs by.
    TestClock clock() default TestClock.VIRTUAL;

    /// In how many interleavings of what is ready at the same time the test is run, from FIFO on:
    /// see [Schedules][io.asyncio4j.testing.Schedules]. The first that fails ends them, is
    /// shortened, and is printed with a text for [Schedule].
    ///
    /// Each run has a fresh instance of the test class, made by its constructor, on which
    /// `@BeforeEach` and `@AfterEach` methods are called. Fields that are still null then are taken
    /// over from JUnit's instance: so what other extensions have set, such as a `@TempDir`, is
    /// there, and is the same in all runs. With `@TestInstance(PER_CLASS)` all runs have the same
    /// instance.
    int schedules() default 1;
}
