package io.asyncio4j.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The failure of a request whose parameters or body are not what its path function takes. It
/// answers with status 422 and `{"detail": [...]}`. FastAPI: `RequestValidationError`.
///
/// [WebApp#onError] can give another answer.
public final class ValidationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Map<String, @Nullable Object>> errors;

    /// @param errors one object for each error: `type`, `loc`, `msg`, `input` and perhaps `ctx`
    public ValidationException(List<? extends Map<String, @Nullable Object>> errors) {
        this.errors = List.copyOf(errors);
    }

    @Override
    public String getMessage() {
        return errors.size() + (errors.size() == 1 ? " problem" : " problems") + " with the request: " + errors;
    }

    /// Returns the status of the answer: 422.
    public int status() {
        return 422;
    }

    /// Returns what is wrong, in the order in which the client is told: each with the keys `type`,
    /// `loc` (the path to the value, outermost first), `msg`, `input` (what has been received) and,
    /// for some types, `ctx`.
    public List<Map<String, @Nullable Object>> errors() {
        return errors;
    }

    /// Returns the body of the answer.
    public Map<String, Object> body() {
        return Map.of("detail", errors);
    }
}
