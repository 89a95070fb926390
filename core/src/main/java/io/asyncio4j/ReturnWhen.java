package io.asyncio4j;

/// The moment at which [Asyncio#waitAll] is to return. asyncio: the constants of the same names.
public enum ReturnWhen {
    /// When one future is done.
    FIRST_COMPLETED,

    /// When one future has failed, or all are done. Being cancelled is not failing.
    FIRST_EXCEPTION,

    /// When all futures are done.
    ALL_COMPLETED
}
