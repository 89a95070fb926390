package io.asyncio4j.conformance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The statements that are a single operation, by the name of the operation.
final class Operations {
    /// An operation that does not wait.
    interface Immediate {
        /// Does it.
        ///
        /// @return the details of its event
        List<@Nullable Object> run(Statement statement) throws Exception;
    }

    /// An operation that may wait, in two parts.
    interface Awaiting {
        /// Finds what the statement names, and does nothing else.
        Action prepare(Statement statement) throws Exception;
    }

    /// The second part of an operation that may wait.
    interface Action {
        /// Does it.
        ///
        /// @return the details of its event
        List<@Nullable Object> run() throws Exception;
    }

    /// The details of an event that has none.
    static final List<@Nullable Object> NOTHING = List.of();

    private final Map<String, Immediate> immediate = new HashMap<>();
    private final Map<String, Awaiting> awaiting = new HashMap<>();

    void immediate(String op, Immediate operation) {
        immediate.put(op, operation);
    }

    void awaiting(String op, Awaiting operation) {
        awaiting.put(op, operation);
    }

    @Nullable
    Immediate findImmediate(String op) {
        return immediate.get(op);
    }

    @Nullable
    Awaiting findAwaiting(String op) {
        return awaiting.get(op);
    }
}
