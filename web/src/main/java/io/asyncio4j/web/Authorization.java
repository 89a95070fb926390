package io.asyncio4j.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The header of this name, as scheme and credentials.
///
/// @param scheme as it was sent
/// @param credentials what follows the first space, trimmed; may be empty
record Authorization(String scheme, String credentials) {
    /// Returns that of a request, if its scheme is `wanted`, in any case.
    static Optional<Authorization> of(Request request, String wanted) {
        @Nullable String header = request.headers().get("authorization");
        if (header == null) {
            return Optional.empty();
        }
        int space = header.indexOf(' ');
        String scheme = space < 0 ? header : header.substring(0, space);
        return scheme.equalsIgnoreCase(wanted)
                ? Optional.of(new Authorization(
                        scheme, space < 0 ? "" : header.substring(space + 1).strip()))
                : Optional.empty();
    }
}
