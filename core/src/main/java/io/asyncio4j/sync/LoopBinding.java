package io.asyncio4j.sync;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.Task;
import io.asyncio4j.spi.Awaited;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The name of a primitive, and the event loop it belongs to: the one of the first task that had
/// to wait for it.
final class LoopBinding {
    private final String kind;
    private final @Nullable String name;

    /// Where an unnamed one was created; empty unless debug mode is on.
    private final String place;

    /// A future of the loop, done; null until a task first waits. It stands for the loop because
    /// using it from elsewhere is an error. The `EventLoop` itself is not asked for: once somebody
    /// has it, the loop can no longer know that nobody will wake it.
    private volatile @Nullable Future<@Nullable Void> anchor;

    /// @param kind what it is, for messages, such as `lock`
    LoopBinding(String kind) {
        this.kind = kind;
        this.name = null;
        this.place = EventLoop.creationPlace();
    }

    LoopBinding(String kind, String name) {
        this.kind = kind;
        this.name = Objects.requireNonNull(name, "name");
        this.place = "";
    }

    // ------------------------------------------------------------------ who may do what

    /// Returns the calling task, which is about to do something that may suspend.
    ///
    /// @param what that is, a verb for messages, such as `acquire`
    Task<?> requireTask(String what) {
        Task<?> task;
        try {
            task = Asyncio.currentTask();
        } catch (IllegalStateException noLoop) {
            throw misuse(what, "only a task can wait; " + EventLoop.adviceWithoutLoop(), noLoop);
        }
        if (task == null) {
            throw misuse(what, "only a task can wait; create one with createTask(...)");
        }
        requireHeld(what);
        return task;
    }

    /// Checks that the loop does not run in another thread meanwhile.
    void requireHeld(String what) {
        Future<@Nullable Void> known = anchor;
        if (known == null) {
            return;
        }
        try {
            known.cancel(); // it is done: only checks the caller, and needs no memory to do so
        } catch (IllegalStateException elsewhere) {
            throw misuse(
                    what,
                    "its event loop runs in another thread; go through callSoonThreadsafe(...) or"
                            + " runCoroutineThreadsafe(...)",
                    elsewhere);
        }
    }

    /// Returns a future for the calling task to wait for. The first one decides where the primitive
    /// belongs.
    ///
    /// @param what the task is about to do, a verb for messages
    /// @param awaited what it is to wait for
    Future<@Nullable Void> newFuture(String what, Awaited awaited) {
        Future<@Nullable Void> known = anchor;
        if (known == null) {
            known = settle();
        }
        try {
            known.await(); // it is done: only checks the caller
        } catch (IllegalStateException elsewhere) {
            throw misuse(
                    what,
                    "it belongs to the event loop in which a task first waited for it; make another one for this loop",
                    elsewhere);
        }
        return EventLoop.access().createFuture(awaited);
    }

    /// Two loops may get here at once, each in a thread of its own: only one can win.
    private synchronized Future<@Nullable Void> settle() {
        Future<@Nullable Void> known = anchor;
        if (known == null) {
            known = Asyncio.createFuture();
            known.setResult(null);
            anchor = known;
        }
        return known;
    }

    // ------------------------------------------------------------------ texts

    /// Returns an error that names the caller, what it tried and why that is not possible.
    IllegalStateException misuse(String what, String why) {
        return new IllegalStateException(refusal(what, why));
    }

    private IllegalStateException misuse(String what, String why, Throwable cause) {
        return new IllegalStateException(refusal(what, why), cause);
    }

    String refusal(String what, String why) {
        return caller() + " cannot " + what + " " + describe() + ": " + why;
    }

    private static String caller() {
        Task<?> task;
        try {
            task = Asyncio.currentTask();
        } catch (IllegalStateException noLoop) {
            Thread thread = Thread.currentThread();
            return thread.getName().isEmpty() ? "Thread #" + thread.threadId() : "Thread '" + thread.getName() + "'";
        }
        return task == null ? "A callback" : "Task '" + task.name() + "'";
    }

    /// Returns the kind and the name, for messages.
    String describe() {
        if (name != null) {
            return kind + " '" + name + "'";
        }
        return "an unnamed " + kind + (place.isEmpty() ? "" : " " + place);
    }

    /// Returns what a task waits for that waits for this.
    ///
    /// @param state what keeps it waiting
    Awaited awaited(Supplier<String> state) {
        return awaited(state, List::of);
    }

    /// Returns what a task waits for that waits for this.
    ///
    /// @param holders who alone can end the wait
    Awaited awaited(Supplier<String> state, Supplier<List<Task<?>>> holders) {
        return new Awaited() {
            @Override
            public String name() {
                return describe();
            }

            @Override
            public String state() {
                return state.get();
            }

            @Override
            public List<Task<?>> holders() {
                return holders.get();
            }
        };
    }

    /// Returns the text of a public object: its type, its name and what is known of its state.
    ///
    /// @param parts those that are empty are left out
    String toString(String type, String... parts) {
        StringBuilder text = new StringBuilder(type).append('[');
        String separator = "";
        if (name != null) {
            text.append('\'').append(name).append('\'');
            separator = ", ";
        }
        for (String part : parts) {
            if (!part.isEmpty()) {
                text.append(separator).append(part);
                separator = ", ";
            }
        }
        return text.append(']').toString();
    }
}
