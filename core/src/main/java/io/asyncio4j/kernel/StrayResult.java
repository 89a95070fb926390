package io.asyncio4j.kernel;

import io.asyncio4j.Coroutine;
import io.asyncio4j.EventLoop;
import io.asyncio4j.VoidCoroutine;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The report, in debug mode, of a task whose result is something that should have been awaited in
/// it: a coroutine, which nobody runs, or a stage.
final class StrayResult {
    private StrayResult() {}

    static void report(Fiber<?> task, @Nullable Object result) {
        String what = switch (result) {
            case Promise<?> _ -> null; // to be awaited by others
            case Coroutine<?> _, VoidCoroutine _ ->
                "a coroutine, which nothing runs; call the method that makes it outside:"
                        + " createTask(fetcher(\"a\")), or await it: createTask(() -> await(fetcher(\"a\")))";
            case CompletionStage<?> _ ->
                "a CompletionStage that the task did not wait for; await it: createTask(() -> await(stage))";
            case null, default -> null;
        };
        if (what != null) {
            String created = task.place().toString();
            task.loop.report(new EventLoop.ExceptionContext(
                    "Task '" + task.name() + "' ended with " + what
                            + (created.isEmpty() ? "" : ". The task was " + created),
                    null,
                    task,
                    null));
        }
    }
}
