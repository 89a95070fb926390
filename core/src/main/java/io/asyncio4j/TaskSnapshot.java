package io.asyncio4j;

import io.asyncio4j.base.ProgramFrames;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A task as it stood at one moment, for people and tools: any thread may keep and read it.
///
/// @param id the task's number on its loop, from 1 in the order of creation
/// @param name its name
/// @param state what it was about
/// @param awaited what it waited for, such as `lock 'db', held by task 'writer'`; null unless
///     waiting
/// @param awaitedTasks the ids of the tasks that it waited for, directly or because they hold what
///     it waited for; tasks that are done are left out
/// @param waited how long it had waited, in real time, to about a quarter of a second; zero unless
///     waiting
/// @param stack its frames, innermost first; empty if it had not started or was done
/// @param createdAt the frames of its creation, innermost first; empty unless debug mode was on
public record TaskSnapshot(
        long id,
        String name,
        State state,
        @Nullable String awaited,
        List<Long> awaitedTasks,
        Duration waited,
        List<StackTraceElement> stack,
        List<StackTraceElement> createdAt) {
    /// The state of a task.
    public enum State {
        /// It has not made its first step.
        CREATED,
        /// It can go on, as soon as its turn comes.
        READY,
        /// It runs, or blocks the loop.
        RUNNING,
        /// It waits for something.
        WAITING,
        /// It has ended.
        DONE
    }

    /// Returns text for people, of several lines: what the task is about, where it stands in the
    /// program, and where it was created.
    ///
    /// @param indent begins every line
    public String describe(String indent) {
        StringBuilder text = new StringBuilder(indent)
                .append("Task '")
                .append(name)
                .append("' ")
                .append(about());
        for (StackTraceElement frame : ProgramFrames.ofProgram(stack)) {
            text.append(System.lineSeparator()).append(indent).append("    at ").append(frame);
        }
        if (!createdAt.isEmpty()) {
            text.append(System.lineSeparator())
                    .append(indent)
                    .append("    created at ")
                    .append(createdAt.getFirst());
        }
        return text.toString();
    }

    /// Returns the state in words, such as `waits for task 'mailer'`.
    public String about() {
        return switch (state) {
            case CREATED -> "has not started";
            case READY -> "can go on";
            case RUNNING -> "runs";
            case WAITING -> "waits for " + awaited;
            case DONE -> "is done";
        };
    }

    /// Creates one with copies of the lists.
    public TaskSnapshot {
        awaitedTasks = List.copyOf(awaitedTasks);
        stack = List.copyOf(stack);
        createdAt = List.copyOf(createdAt);
    }
}
