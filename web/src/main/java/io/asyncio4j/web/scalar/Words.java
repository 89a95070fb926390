package io.asyncio4j.web.scalar;

/// The reason why a text cannot be read, on its way to the [Fault]. Has no stack trace.
final class Words extends Exception {
    private static final long serialVersionUID = 1;

    private final String text;

    Words(String text) {
        super(text, null, false, false);
        this.text = text;
    }

    String text() {
        return text;
    }
}
