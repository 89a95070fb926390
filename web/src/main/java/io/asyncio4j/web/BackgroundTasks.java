package io.asyncio4j.web;

import io.asyncio4j.VoidCoroutine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The work of a path function that is done after its answer: a parameter of this type is enough.
/// Used by the request's task, and never suspends it. FastAPI: `BackgroundTasks`.
public final class BackgroundTasks {
    private List<VoidCoroutine> added = List.of();

    BackgroundTasks() {}

    /// Adds what is done after the answer, as by [Response#afterwards], in the order of the calls.
    public void add(VoidCoroutine coroutine) {
        Objects.requireNonNull(coroutine, "coroutine");
        if (added.isEmpty()) {
            added = new ArrayList<>();
        }
        added.add(coroutine);
    }

    List<VoidCoroutine> added() {
        return added;
    }

    @Override
    public String toString() {
        return "BackgroundTasks[" + added.size() + "]";
    }
}
