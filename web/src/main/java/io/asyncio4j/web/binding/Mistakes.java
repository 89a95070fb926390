package io.asyncio4j.web.binding;

import java.util.ArrayList;
import java.util.List;

/// The mistakes in an application's declarations, reported all at once when it starts.
public final class Mistakes {
    private final List<String> found = new ArrayList<>();

    /// Adds one, unless it is there.
    ///
    /// @param where the class and method, and perhaps the parameter
    /// @param what what is wrong, and what to do about it
    public void add(String where, String what) {
        String mistake = where + ": " + what;
        if (!found.contains(mistake)) {
            found.add(mistake);
        }
    }

    /// Tells of all of them.
    ///
    /// @throws IllegalStateException if there is any
    public void throwIfAny() {
        if (found.size() == 1) {
            throw new IllegalStateException("The application cannot start. " + found.getFirst());
        }
        if (!found.isEmpty()) {
            throw new IllegalStateException("The application cannot start, for " + found.size() + " reasons:\n  - "
                    + String.join("\n  - ", found));
        }
    }
}
