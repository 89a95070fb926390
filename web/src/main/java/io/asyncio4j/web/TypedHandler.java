package io.asyncio4j.web;

import org.jspecify.annotations.Nullable;

/// Path functions in functional form that take parameters: the handlers of [TypedRoutes]. Each runs
/// in a task of its own for each request, may suspend, and returns what a [Handler] returns.
/// FastAPI: path functions.
public final class TypedHandler {
    private TypedHandler() {}

    /// A path function of one parameter.
    @FunctionalInterface
    public interface Of1<A> {
        /// Answers a request.
        @Nullable
        Object handle(A a) throws Exception;
    }

    /// A path function of two parameters.
    @FunctionalInterface
    public interface Of2<A, B> {
        /// Answers a request.
        @Nullable
        Object handle(A a, B b) throws Exception;
    }

    /// A path function of three parameters.
    @FunctionalInterface
    public interface Of3<A, B, C> {
        /// Answers a request.
        @Nullable
        Object handle(A a, B b, C c) throws Exception;
    }

    /// A path function of four parameters.
    @FunctionalInterface
    public interface Of4<A, B, C, D> {
        /// Answers a request.
        @Nullable
        Object handle(A a, B b, C c, D d) throws Exception;
    }

    /// A path function of five parameters.
    @FunctionalInterface
    public interface Of5<A, B, C, D, E> {
        /// Answers a request.
        @Nullable
        Object handle(A a, B b, C c, D d, E e) throws Exception;
    }

    /// A path function of six parameters.
    @FunctionalInterface
    public interface Of6<A, B, C, D, E, F> {
        /// Answers a request.
        @Nullable
        Object handle(A a, B b, C c, D d, E e, F f) throws Exception;
    }
}
