package io.asyncio4j.conformance;

/// Ends whatever a program still does when its trace is closed. Nothing in a program catches it.
final class Frozen extends Error {
    private static final long serialVersionUID = 1L;

    Frozen() {
        super("the trace is closed", null, false, false);
    }
}
