package io.asyncio4j.kernel;

import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.base.ProgramFrames;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// A fiber as others see it: its stack, and a snapshot.
final class FiberView {
    private FiberView() {}

    /// Returns the frames of a task, innermost first; empty if it has not started or is done.
    static List<StackTraceElement> stack(Fiber<?> fiber) {
        Strand place = fiber.strand();
        if (place == null) {
            return List.of();
        }
        List<StackTraceElement> frames = Arrays.asList(place.thread().getStackTrace());
        return frames.subList(framesOfSuspension(frames), frames.size()).stream()
                .filter(frame -> !ProgramFrames.isMachinery(frame.getClassName()))
                .toList();
    }

    /// How many frames at the top belong to the way in which the task is suspended; 0 if it runs.
    private static int framesOfSuspension(List<StackTraceElement> frames) {
        for (int i = 0; i < frames.size(); i++) {
            StackTraceElement frame = frames.get(i);
            if (frame.getMethodName().equals("suspend") && frame.getClassName().equals(Loop.class.getName())) {
                return i + 1;
            }
        }
        return 0;
    }

    private static TaskSnapshot.State state(Fiber<?> fiber) {
        Promise<?> awaited = fiber.awaited();
        if (fiber.isDone()) {
            return TaskSnapshot.State.DONE;
        }
        if (fiber.loop.owner.current() == fiber) {
            return TaskSnapshot.State.RUNNING;
        }
        if (awaited != null && !awaited.isDone()) {
            return TaskSnapshot.State.WAITING;
        }
        return fiber.isFresh() ? TaskSnapshot.State.CREATED : TaskSnapshot.State.READY;
    }

    /// Returns what is known of a task.
    static TaskSnapshot snapshot(Fiber<?> fiber, List<Long> awaitedTasks, List<StackTraceElement> frames) {
        TaskSnapshot.State state = state(fiber);
        boolean waiting = state == TaskSnapshot.State.WAITING;
        return new TaskSnapshot(
                fiber.id,
                fiber.name(),
                state,
                waiting ? fiber.awaitedText() : null,
                awaitedTasks,
                waiting ? Duration.ofNanos(System.nanoTime() - fiber.waitingSince()) : Duration.ZERO,
                frames,
                fiber.place().frames());
    }
}
