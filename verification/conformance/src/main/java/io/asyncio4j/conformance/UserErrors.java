package io.asyncio4j.conformance;

import java.util.NoSuchElementException;

/// Exceptions of programs for which Java has no class of its own.
final class UserErrors {
    private UserErrors() {}

    /// Python's `KeyError`.
    static final class KeyError extends NoSuchElementException {
        private static final long serialVersionUID = 1L;

        KeyError(String message) {
            super(message);
        }
    }

    /// The user's `BaseException` that is no `Exception`.
    static final class BaseError extends Error {
        private static final long serialVersionUID = 1L;

        BaseError(String message) {
            super(message);
        }
    }

    /// Stands for Python's `SystemExit`, without its effect on the loop.
    static final class SystemExit extends Error {
        private static final long serialVersionUID = 1L;

        SystemExit(String message) {
            super(message);
        }
    }

    /// Stands for Python's `KeyboardInterrupt`, without its effect on the loop.
    static final class KeyboardInterrupt extends Error {
        private static final long serialVersionUID = 1L;

        KeyboardInterrupt(String message) {
            super(message);
        }
    }
}
