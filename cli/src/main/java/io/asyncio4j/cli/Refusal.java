package io.asyncio4j.cli;

/// Why a command cannot do what it was asked for, in a line for people.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
