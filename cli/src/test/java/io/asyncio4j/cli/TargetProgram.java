package io.asyncio4j.cli;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ofDays;

/// A program to be looked at, in a process of its own.
final class TargetProgram {
    private TargetProgram() {}

    public static void main(String[] args) throws InterruptedException {
        switch (args[0]) {
            case "waits" ->
                run(() -> {
                    var sleeper = createTask("sleeper", () -> {
                        IO.println("ready");
                        sleep(ofDays(1));
                    });
                    sleeper.await();
                });
            case "blocks" ->
                run(() -> createTask("blocker", TargetProgram::block).await());
            case "has-ended" -> {
                run(() -> {});
                stay();
            }
            default -> stay();
        }
    }

    private static void block() throws InterruptedException {
        stay();
    }

    private static void stay() throws InterruptedException {
        IO.println("ready");
        Thread.sleep(ofDays(1));
    }
}
