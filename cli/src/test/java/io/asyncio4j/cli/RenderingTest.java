package io.asyncio4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.cli.LiveProgram.Blockade;
import io.asyncio4j.cli.LiveProgram.Loop;
import io.asyncio4j.cli.LiveProgram.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The tables and trees that show tasks to people.
final class RenderingTest {
    private static Task waiting(long id, String name, String awaits, double seconds, Long... awaited) {
        return new Task(
                id,
                name,
                "WAITING",
                "waits for " + awaits,
                awaits,
                List.of(awaited),
                seconds,
                List.of(
                        "io.asyncio4j.Future.await(Future.java:1)",
                        "io.asyncio4j.sync.Lock.acquire(Lock.java:2)",
                        "app//io.asyncio4j.examples.Shop.buy(Shop.java:3)",
                        "io.asyncio4j.Asyncio.timeout(Asyncio.java:4)",
                        "shop.Main.main(Main.java:5)",
                        "io.asyncio4j/io.asyncio4j.VoidCoroutine.run(VoidCoroutine.java:6)"),
                null);
    }

    private static Task other(long id, String name, String state, String about) {
        return new Task(id, name, state, about, null, null, 0, List.of(), null);
    }

    private static LiveProgram program(Loop... loops) {
        return new LiveProgram(7, List.of(loops));
    }

    private static Loop loop(String state, List<List<Long>> circles, Task... tasks) {
        return new Loop(1, "thread 'main'", state, null, List.of(tasks), 0, circles, null);
    }

    private static List<String> lines(String text) {
        assertThat(text).endsWith("\n");
        return text.lines().toList();
    }

    @Test
    void aListHasColumnsAndTheProgramsFrames() {
        Loop loop = loop(
                "IDLE",
                List.of(),
                waiting(9, "a", "a sleep, 1 s left", 0.25),
                waiting(10, "Task-number-10", "lock 'db'", 3725),
                other(11, "new", "CREATED", "has not started"));

        assertThat(lines(new Table(true).of(program(loop))))
                .containsExactly(
                        "Loop 1 waits in thread 'main', 3 tasks",
                        "  ID  NAME            STATE        SINCE  AWAITS",
                        "   9  a               waiting      0.3 s  a sleep, 1 s left",
                        "        at app//io.asyncio4j.examples.Shop.buy(Shop.java:3)",
                        "        at io.asyncio4j.Asyncio.timeout(Asyncio.java:4)",
                        "        at shop.Main.main(Main.java:5)",
                        "  10  Task-number-10  waiting     1:02 h  lock 'db'",
                        "        at app//io.asyncio4j.examples.Shop.buy(Shop.java:3)",
                        "        at io.asyncio4j.Asyncio.timeout(Asyncio.java:4)",
                        "        at shop.Main.main(Main.java:5)",
                        "  11  new             created");
    }

    @Test
    void stacksCanBeLeftOut() {
        Loop loop = loop("BUSY", List.of(), waiting(1, "a", "x", 61));

        assertThat(lines(new Table(false).of(program(loop))))
                .containsExactly(
                        "Loop 1 is busy in thread 'main', 1 task",
                        "  ID  NAME  STATE        SINCE  AWAITS",
                        "   1  a     waiting     1:01 m  x");
    }

    private static Loop blocked(@Nullable String reason, Task... tasks) {
        return new Loop(
                1,
                "thread 'main'",
                "BLOCKED",
                new Blockade("task 'pay'", 75, reason, List.of("shop.Bank.pay(Bank.java:7)")),
                List.of(tasks),
                0,
                List.of(),
                null);
    }

    @Test
    void everyLoopHasAHeading() {
        Loop busy = loop("BUSY", List.of());
        Loop stopped = new Loop(
                2, null, "STOPPED", null, List.of(other(1, "a", "READY", "can go on")), 41, List.of(), "it moved");

        assertThat(lines(new Table(true).of(program(busy, stopped))))
                .containsExactly(
                        "Loop 1 is busy in thread 'main', 0 tasks",
                        "",
                        "Loop 2 runs in no thread, 42 tasks; it moved",
                        "  ID  NAME  STATE        SINCE  AWAITS",
                        "   1  a     ready",
                        "  ... and 41 more; see --max-tasks");
        assertThat(lines(new Tree().of(program(busy, stopped))))
                .containsExactly(
                        "Loop 1 is busy in thread 'main', 0 tasks",
                        "",
                        "Loop 2 runs in no thread, 42 tasks; it moved",
                        "a (1) can go on",
                        "  ... and 41 more; see --max-tasks");
    }

    @Test
    void whoBlocksALoopIsNamedWithWhatItWaitsFor() {
        Task pay = new Task(1, "pay", "RUNNING", "runs", null, null, 0, List.of("shop.Bank.pay(Bank.java:7)"), null);
        LiveProgram program = program(blocked("waiting for the monitor of Account@1b", pay));

        assertThat(lines(new Table(true).of(program)))
                .containsExactly(
                        "Loop 1 is BLOCKED for 1:15 m by task 'pay' in thread 'main', 1 task",
                        "  waiting for the monitor of Account@1b",
                        "  ID  NAME  STATE        SINCE  AWAITS",
                        "   1  pay   running     1:15 m",
                        "        at shop.Bank.pay(Bank.java:7)");
        assertThat(lines(new Tree().of(program)))
                .containsExactly(
                        "Loop 1 is BLOCKED for 1:15 m by task 'pay' in thread 'main', 1 task",
                        "  waiting for the monitor of Account@1b",
                        "pay (1) runs");
    }

    @Test
    void theStackOfACallbackThatBlocksALoopStandsBelowTheHeading() {
        LiveProgram program = program(blocked(null));

        assertThat(lines(new Table(true).of(program)))
                .containsExactly(
                        "Loop 1 is BLOCKED for 1:15 m by task 'pay' in thread 'main', 0 tasks",
                        "        at shop.Bank.pay(Bank.java:7)");
        assertThat(lines(new Table(false).of(program)))
                .containsExactly("Loop 1 is BLOCKED for 1:15 m by task 'pay' in thread 'main', 0 tasks");
    }

    @Test
    void namesCannotGiveOrdersToTheTerminal() {
        Loop loop = loop("IDLE", List.of(), waiting(1, "a\u001b[2J\nb", "event '\u202ex\r\t'", 0));

        assertThat(lines(new Table(false).of(program(loop))))
                .containsExactly(
                        "Loop 1 waits in thread 'main', 1 task",
                        "  ID  NAME           STATE        SINCE  AWAITS",
                        "   1  a\\u001b[2J\\nb  waiting      0.0 s  event '\\u202ex\\r\\t'");
        assertThat(lines(new Tree().of(program(loop))))
                .containsExactly(
                        "Loop 1 waits in thread 'main', 1 task",
                        "a\\u001b[2J\\nb (1) waits for event '\\u202ex\\r\\t'");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        Loop loop = loop("IDLE", List.of(), waiting(1, "任务a", "x", 0), waiting(2, "abcdef", "x", 0));

        assertThat(lines(new Table(false).of(program(loop))))
                .containsExactly(
                        "Loop 1 waits in thread 'main', 2 tasks",
                        "  ID  NAME    STATE        SINCE  AWAITS",
                        "   1  任务a   waiting      0.0 s  x",
                        "   2  abcdef  waiting      0.0 s  x");
    }

    @Test
    void aProgramWithoutLoops() {
        assertThat(new Table(true).of(program())).isEqualTo("No event loop is open in process 7.\n");
        assertThat(new Tree().of(program())).isEqualTo("No event loop is open in process 7.\n");
    }

    @Test
    void aTreeGoesFromWhoWaitsToWhatTheyWaitFor() {
        Loop loop = loop(
                "IDLE",
                List.of(),
                waiting(1, "main", "the tasks of its group", 0, 2L, 3L),
                waiting(2, "page", "task 'query'", 0, 4L),
                waiting(3, "feed", "a gather of 2", 0, 4L, 99L),
                other(4, "query", "RUNNING", "runs"),
                waiting(5, "other", "a sleep", 0));

        assertThat(lines(new Tree().of(program(loop))))
                .containsExactly(
                        "Loop 1 waits in thread 'main', 5 tasks",
                        "main (1) waits for the tasks of its group",
                        "├── page (2) waits for task 'query'",
                        "│   └── query (4) runs",
                        "└── feed (3) waits for a gather of 2",
                        "    └── query (4) see above",
                        "other (5) waits for a sleep");
    }

    @Test
    void aCircleForWhichNobodyWaitsIsDrawnAndNamed() {
        Loop loop = loop(
                "IDLE",
                List.of(List.of(1L, 2L)),
                waiting(1, "hen", "task 'egg'", 0, 2L),
                waiting(2, "egg", "task 'hen'", 0, 1L));

        assertThat(lines(new Tree().of(program(loop))))
                .containsExactly(
                        "Loop 1 waits in thread 'main', 2 tasks",
                        "hen (1) waits for task 'egg'",
                        "└── egg (2) waits for task 'hen'",
                        "    └── hen (1) see above",
                        "Circle: task 'hen' -> task 'egg' -> task 'hen'",
                        "  task 'hen' waits for task 'egg'",
                        "  task 'egg' waits for task 'hen'");
    }

    @Test
    void aCircleSaysWhoIsNextAlsoWhereThatIsNotWhatIsAwaited() {
        Loop loop = loop(
                "IDLE",
                List.of(List.of(1L, 2L, 3L)),
                waiting(1, "a", "a gather of 2", 0, 2L),
                waiting(2, "b", "a shield", 0, 3L));

        assertThat(lines(new Tree().of(program(loop))).subList(3, 6))
                .containsExactly(
                        "Circle: task 'a' -> task 'b' -> task 3 -> task 'a'",
                        "  task 'a' waits for a gather of 2 (task 'b')",
                        "  task 'b' waits for a shield (task 3)");
    }

    @Test
    void whatStandsTooDeepBeginsATreeOfItsOwn() {
        Task[] chain = new Task[100_000];
        for (int i = 0; i < chain.length; i++) {
            chain[i] = waiting(i, "t", "next", 0, i + 1L);
        }
        List<String> lines = lines(new Tree().of(program(loop("IDLE", List.of(), chain))));

        assertThat(lines).hasSize(1 + chain.length + (chain.length - 1) / 50);
        assertThat(lines.get(1)).isEqualTo("t (0) waits for next");
        assertThat(lines.get(50)).isEqualTo(" ".repeat(4 * 48) + "└── t (49) waits for next");
        assertThat(lines.get(51)).isEqualTo(" ".repeat(4 * 49) + "└── t (50) see below");
        assertThat(lines.get(52)).isEqualTo("t (50) waits for next");
        assertThat(lines.getLast()).endsWith("└── t (99999) waits for next");
    }

    @Test
    void whatANewerProgramTellsBesidesIsNoObstacle() {
        @Nullable String thread = LiveProgram.parse("""
            {"pid": 7, "colour": "red", "loops": [{"id": 1, "state": "STOPPED", "tasks": [], "omitted": 0, "circles": []}]}
            """).loops().getFirst().thread();
        assertThat(thread).isNull();
    }
}
