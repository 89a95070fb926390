package io.asyncio4j.testing.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.testing.Schedule;
import io.asyncio4j.testing.TestClock;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/// The messages about wrong annotations, with the method and the remedy.
final class AsyncTestMisuseTest {
    private static String messageOf(Class<?> testClass) {
        JUnitRun run = JUnitRun.of(testClass);
        assertThat(run.failure()).isInstanceOf(ExtensionConfigurationException.class);
        return run.message();
    }

    static final class IsPrivate {
        @AsyncTest
        void isRun() {}

        @SuppressWarnings("UnusedMethod") // that is the point
        @AsyncTest
        private void isMissed() {}
    }

    @Test
    void aPrivateMethodIsToldByTheOtherTestsOfTheClass() {
        assertThat(messageOf(IsPrivate.class))
                .isEqualTo("Method 'IsPrivate.isMissed' is private, so that JUnit never runs it; remove 'private'");
    }

    static final class IsStatic {
        @AsyncTest
        void isRun() {}

        @AsyncTest
        static void isMissed() {}
    }

    @Test
    void aStaticMethodIsTold() {
        assertThat(messageOf(IsStatic.class))
                .isEqualTo("Method 'IsStatic.isMissed' is static, so that JUnit never runs it; remove 'static'");
    }

    static final class Returns {
        @AsyncTest
        void isRun() {}

        @AsyncTest
        int isMissed() {
            return 1;
        }
    }

    @Test
    void aMethodWithAResultIsTold() {
        assertThat(messageOf(Returns.class))
                .isEqualTo("Method 'Returns.isMissed' returns a value, so that JUnit never runs it; make it void");
    }

    static final class IsRepeated {
        @AsyncTest
        void isRun() {}

        @RepeatedTest(1)
        @AsyncTest
        void isBoth() {}
    }

    @Test
    void aTestOfTwoKindsIsTold() {
        JUnitRun run = JUnitRun.of(IsRepeated.class);

        assertThat(run.succeeded()).isZero();
        assertThat(run.tests().failed().list().toString())
                .contains("Method 'IsRepeated.isBoth' is an @AsyncTest and also a parameterized or repeated test, or a"
                        + " factory of tests; it can be one of them only");
    }

    static final class HasAScheduleOnly {
        @Test
        @Schedule("fifo#0-0001")
        void isPlain() {}
    }

    @Test
    void aScheduleNeedsAnAsyncTest() {
        assertThat(messageOf(HasAScheduleOnly.class))
                .isEqualTo("Method 'HasAScheduleOnly.isPlain' has @Schedule but not @AsyncTest; add it");
    }

    static final class HasNoSeed {
        @AsyncTest
        @Schedule("1000")
        void isReplayed() {}
    }

    @Test
    void aScheduleThatCannotBeReadIsTold() {
        assertThat(messageOf(HasNoSeed.class))
                .isEqualTo("Method 'HasNoSeed.isReplayed' has a @Schedule that cannot be read. Not a schedule: '1000';"
                        + " give the text that a failed exploration has printed");
    }

    static final class HasNoSchedules {
        @AsyncTest(schedules = 0)
        void isNeverRun() {}
    }

    @Test
    void thereIsAtLeastOneSchedule() {
        assertThat(messageOf(HasNoSchedules.class))
                .isEqualTo("Method 'HasNoSchedules.isNeverRun' has schedules = 0; give a number of at least 1");
    }

    static final class ExploresInRealTime {
        @AsyncTest(schedules = 10, clock = TestClock.REAL)
        void explores() {}
    }

    @Test
    void schedulesNeedVirtualTime() {
        assertThat(messageOf(ExploresInRealTime.class))
                .isEqualTo("Method 'ExploresInRealTime.explores' asks for schedules in real time; they need virtual"
                        + " time, so remove clock = REAL");
    }

    static final class HasAStrangeTimeout {
        @AsyncTest(timeout = "5 parsecs")
        void waits() {}
    }

    @Test
    void aTimeoutThatCannotBeReadIsTold() {
        assertThat(messageOf(HasAStrangeTimeout.class))
                .isEqualTo("Method 'HasAStrangeTimeout.waits' has timeout = \"5 parsecs\", which is no length of time;"
                        + " write a number and a unit: ms, s, m, h or d, such as \"30 s\"");
    }

    static final class HasNoTime {
        @AsyncTest(realTimeout = "0s")
        void waits() {}
    }

    @Test
    void someRealTimeIsNeeded() {
        assertThat(messageOf(HasNoTime.class))
                .isEqualTo("Method 'HasNoTime.waits' has realTimeout = \"0s\", which is no length of time; write a"
                        + " number and a unit: ms, s, m, h or d, such as \"30 s\"");
    }
}
