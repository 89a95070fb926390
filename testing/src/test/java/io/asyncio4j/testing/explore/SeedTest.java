package io.asyncio4j.testing.explore;

import static io.asyncio4j.Asyncio.taskGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.testing.ScheduleFailure;
import io.asyncio4j.testing.ScheduleOptions;
import io.asyncio4j.testing.Schedules;
import io.asyncio4j.testing.explore.ExploredOrder.Choice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SeedTest {
    private static final List<Choice> CHOICES =
            List.of(new Choice(0, 2), new Choice(1, 3), new Choice(0, 2), new Choice(4, 5));

    @Test
    void itListsTheDepartures() {
        assertThat(Seed.of(CHOICES, 0)).hasToString("1:1/3,3:4/5#4-0bca");
        assertThat(Seed.of(CHOICES.subList(0, 1), 0)).hasToString("fifo#1-0021");
        assertThat(Seed.of(List.of(), 0)).hasToString("fifo#0-0001");
        assertThat(Seed.of(List.of(), 500)).hasToString("fifo#0-0001@500");
    }

    @Test
    void itTellsHowManyCandidatesThereWereEvenWhereNothingDeparted() {
        Seed.Replay replay =
                Seed.of(List.of(new Choice(0, 2), new Choice(0, 3)), 0).replay();

        assertThat(replay.misfit(List.of(new Choice(0, 2), new Choice(0, 3)))).isNull();
        assertThat(replay.misfit(List.of(new Choice(0, 3), new Choice(0, 2))))
                .isEqualTo("its choices are others now, though as many");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:1/3,3:4/5#4-0bca", "fifo#0-0001", "random:-5/37#40-bb12", "0:1/2#1-0021@50"})
    void whatIsWrittenIsRead(String text) {
        assertThat(Seed.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "37",
                "#4-0bca",
                "1:1/3",
                "1:3/3#4-0bca",
                "1:1/3,#4-0bca",
                ",1:1/3#4-0bca",
                "1:1/3#4-7d8",
                "random:1#4-0bca",
                "random:99999999999999999999/1#4-0bca",
                "random:9999999999999999999/1#4-0bca",
                "fifo#0-0001@0"
            })
    void whatIsNotASeedIsRefused(String text) {
        assertThatThrownBy(() -> Seed.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Not a schedule: '" + text + "'; give the text that a failed exploration has printed");
    }

    /// Fails if about half of its choices depart from FIFO, so that even the shortest seed is long.
    private static void fickle() {
        int[] departures = {0};
        for (int round = 0; round < 120; round++) {
            List<String> order = new ArrayList<>();
            taskGroup(group -> {
                group.createTask("a", () -> order.add("a"));
                group.createTask("b", () -> order.add("b"));
            });
            if (order.getFirst().equals("b")) {
                departures[0]++;
            }
        }
        if (departures[0] > 45 && departures[0] < 75) {
            throw new IllegalStateException("fickle");
        }
    }

    @Test
    void whereTheChoicesWouldBeLongItRefersToTheSchedule() {
        VoidCoroutine main = SeedTest::fickle;

        ScheduleFailure failure = catchThrowableOfType(
                ScheduleFailure.class,
                () -> Schedules.explore(ScheduleOptions.of(1000).baseSeed(5), main));
        ScheduleFailure replayed =
                catchThrowableOfType(ScheduleFailure.class, () -> Schedules.replay(failure.seed(), main));

        assertThat(failure.seed()).isEqualTo("random:5/2#120-b2b7");
        assertThat(steps(replayed)).isEqualTo(steps(failure));
    }

    private static String steps(ScheduleFailure failure) {
        String message = failure.getMessage();
        return message.substring(message.indexOf("The steps, with >"));
    }
}
