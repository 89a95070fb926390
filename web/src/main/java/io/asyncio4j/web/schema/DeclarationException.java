package io.asyncio4j.web.schema;

/// A mistake in the declaration of a parameter or of a record's component. The message says what is
/// wrong and what to do; whoever catches it adds the class and method.
public final class DeclarationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public DeclarationException(String message) {
        super(message);
    }

    public DeclarationException(String message, Throwable cause) {
        super(message, cause);
    }
}
