package io.asyncio4j.conformance;

/// A statement named something that does not exist, or not yet.
final class Unbound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    Unbound(String name) {
        super("no such name: " + name, null, false, false);
        this.name = name;
    }

    String name() {
        return name;
    }
}
