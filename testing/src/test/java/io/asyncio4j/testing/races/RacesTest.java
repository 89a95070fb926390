package io.asyncio4j.testing.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.testing.ScheduleFailure;
import io.asyncio4j.testing.ScheduleOptions;
import io.asyncio4j.testing.Schedules;
import io.asyncio4j.testing.VirtualTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ten programs with a race: exploring their schedules finds each, and finds nothing when they are
/// corrected.
final class RacesTest {
    private static final int SCHEDULES = 1000;

    /// Each with how many schedules it takes, the seed of the shortest that is then found, and in
    /// how many the corrected one was run: all it has, if they are less than [#SCHEDULES]. All of
    /// these are the same on both engines.
    static Stream<Arguments> races() {
        return Stream.of(
                Arguments.of(new CacheStampede(), 3, "1:1/2#2-0401", 8),
                Arguments.of(new LostUpdate(), 6, "2:1/3#5-1283", 108),
                Arguments.of(new DoubleConnect(), 3, "0:2/3#5-1283", 42),
                Arguments.of(new EventClearedTooEarly(), 5, "1:1/2#3-7c21", 16),
                Arguments.of(new Overdraft(), 4, "2:1/2#3-7fe2", 12),
                Arguments.of(new StaleWrite(), 2, "0:3/4#3-83c2", 24),
                Arguments.of(new ListenersInFlux(), 2, "1:1/2#2-0401", 4),
                Arguments.of(new UseAfterClose(), 2, "1:1/2#2-0401", 4),
                Arguments.of(new DoneTooEarly(), 2, "2:2/3#4-082f", 16),
                Arguments.of(new TwoLeaders(), 2, "26:1/2,27:2/3#30-f1af", SCHEDULES));
    }

    static List<Race> programs() {
        return races().map(arguments -> (Race) arguments.get()[0]).toList();
    }

    private static ScheduleFailure find(Race race, ScheduleOptions options) {
        return catchThrowableOfType(ScheduleFailure.class, () -> Schedules.explore(options, race::broken));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void noneShowsInFifoOrder(Race race) {
        assertThatCode(() -> VirtualTime.run(race::broken)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("races")
    void eachIsFoundInTheSameScheduleAlways(Race race, int tried, String seed, int corrected) {
        ScheduleFailure found = find(race, ScheduleOptions.of(SCHEDULES));

        assertThat(found).isNotNull();
        assertThat(found.tried() + " " + found.seed()).isEqualTo(tried + " " + seed);
    }

    @ParameterizedTest
    @MethodSource("races")
    void noneIsFoundInTheCorrectedProgram(Race race, int tried, String seed, int corrected) {
        assertThat(Schedules.explore(SCHEDULES, race::corrected)).isEqualTo(corrected);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void itsSeedReplaysItStepByStep(Race race) {
        ScheduleFailure found = find(race, ScheduleOptions.of(SCHEDULES));

        ScheduleFailure replayed =
                catchThrowableOfType(ScheduleFailure.class, () -> Schedules.replay(found.seed(), race::broken));

        assertThat(steps(replayed)).isEqualTo(steps(found));
        assertThat(replayed.getCause()).hasSameClassAs(found.getCause());
        assertThat(replayed.getCause()).hasMessage(found.getCause().getMessage());
    }

    private static String steps(ScheduleFailure failure) {
        String message = failure.getMessage();
        return message.substring(message.indexOf("The steps, with >"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, 3, 42, -7, 1234567890123L})
    void eachIsFoundWithOtherBaseSeedsToo(long baseSeed) {
        ScheduleOptions options = ScheduleOptions.of(SCHEDULES).baseSeed(baseSeed);

        assertThat(programs())
                .hasSize(10)
                .allSatisfy(race -> assertThat(find(race, options)).isNotNull());
    }
}
