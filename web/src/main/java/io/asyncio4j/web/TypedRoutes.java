package io.asyncio4j.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The routes of a [Router] whose path functions take one to six declared [Parameter]s.
///
/// Each method adds a route, as that of the same name of [Router] with a [Handler] does.
public abstract sealed class TypedRoutes permits Router {
    TypedRoutes() {}

    abstract Route typed(String method, String path, List<Parameter<?>> parameters, Erased handler);

    /// A handler of any number of parameters.
    interface Erased {
        @Nullable
        Object handle(@Nullable Object[] values) throws Exception;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // values are of the parameters' types
    private static <T extends @Nullable Object> T at(@Nullable Object[] values, int index) {
        return (T) values[index];
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A extends @Nullable Object> Route route(
            String method, String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return typed(method, path, List.of(a), values -> handler.handle(at(values, 0)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A extends @Nullable Object, B extends @Nullable Object> Route route(
            String method,
            String path,
            Parameter<A> a,
            Parameter<B> b,
            TypedHandler.Of2<? super A, ? super B> handler) {
        return typed(method, path, List.of(a, b), values -> handler.handle(at(values, 0), at(values, 1)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route route(
            String method,
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return typed(
                method, path, List.of(a, b, c), values -> handler.handle(at(values, 0), at(values, 1), at(values, 2)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route route(
                    String method,
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return typed(
                method,
                path,
                List.of(a, b, c, d),
                values -> handler.handle(at(values, 0), at(values, 1), at(values, 2), at(values, 3)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route route(
                    String method,
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return typed(
                method,
                path,
                List.of(a, b, c, d, e),
                values -> handler.handle(at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route route(
                    String method,
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return typed(
                method,
                path,
                List.of(a, b, c, d, e, f),
                values -> handler.handle(
                        at(values, 0), at(values, 1), at(values, 2), at(values, 3), at(values, 4), at(values, 5)));
    }

    /// Adds a route for GET.
    public <A extends @Nullable Object> Route get(String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return route("GET", path, a, handler);
    }

    /// Adds a route for GET.
    public <A extends @Nullable Object, B extends @Nullable Object> Route get(
            String path, Parameter<A> a, Parameter<B> b, TypedHandler.Of2<? super A, ? super B> handler) {
        return route("GET", path, a, b, handler);
    }

    /// Adds a route for GET.
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route get(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return route("GET", path, a, b, c, handler);
    }

    /// Adds a route for GET.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route get(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return route("GET", path, a, b, c, d, handler);
    }

    /// Adds a route for GET.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route get(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return route("GET", path, a, b, c, d, e, handler);
    }

    /// Adds a route for GET.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route get(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return route("GET", path, a, b, c, d, e, f, handler);
    }

    /// Adds a route for POST.
    public <A extends @Nullable Object> Route post(String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return route("POST", path, a, handler);
    }

    /// Adds a route for POST.
    public <A extends @Nullable Object, B extends @Nullable Object> Route post(
            String path, Parameter<A> a, Parameter<B> b, TypedHandler.Of2<? super A, ? super B> handler) {
        return route("POST", path, a, b, handler);
    }

    /// Adds a route for POST.
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route post(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return route("POST", path, a, b, c, handler);
    }

    /// Adds a route for POST.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route post(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return route("POST", path, a, b, c, d, handler);
    }

    /// Adds a route for POST.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route post(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return route("POST", path, a, b, c, d, e, handler);
    }

    /// Adds a route for POST.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route post(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return route("POST", path, a, b, c, d, e, f, handler);
    }

    /// Adds a route for PUT.
    public <A extends @Nullable Object> Route put(String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return route("PUT", path, a, handler);
    }

    /// Adds a route for PUT.
    public <A extends @Nullable Object, B extends @Nullable Object> Route put(
            String path, Parameter<A> a, Parameter<B> b, TypedHandler.Of2<? super A, ? super B> handler) {
        return route("PUT", path, a, b, handler);
    }

    /// Adds a route for PUT.
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route put(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return route("PUT", path, a, b, c, handler);
    }

    /// Adds a route for PUT.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route put(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return route("PUT", path, a, b, c, d, handler);
    }

    /// Adds a route for PUT.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route put(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return route("PUT", path, a, b, c, d, e, handler);
    }

    /// Adds a route for PUT.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route put(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return route("PUT", path, a, b, c, d, e, f, handler);
    }

    /// Adds a route for PATCH.
    public <A extends @Nullable Object> Route patch(String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return route("PATCH", path, a, handler);
    }

    /// Adds a route for PATCH.
    public <A extends @Nullable Object, B extends @Nullable Object> Route patch(
            String path, Parameter<A> a, Parameter<B> b, TypedHandler.Of2<? super A, ? super B> handler) {
        return route("PATCH", path, a, b, handler);
    }

    /// Adds a route for PATCH.
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route patch(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return route("PATCH", path, a, b, c, handler);
    }

    /// Adds a route for PATCH.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route patch(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return route("PATCH", path, a, b, c, d, handler);
    }

    /// Adds a route for PATCH.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route patch(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return route("PATCH", path, a, b, c, d, e, handler);
    }

    /// Adds a route for PATCH.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route patch(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return route("PATCH", path, a, b, c, d, e, f, handler);
    }

    /// Adds a route for DELETE.
    public <A extends @Nullable Object> Route delete(String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return route("DELETE", path, a, handler);
    }

    /// Adds a route for DELETE.
    public <A extends @Nullable Object, B extends @Nullable Object> Route delete(
            String path, Parameter<A> a, Parameter<B> b, TypedHandler.Of2<? super A, ? super B> handler) {
        return route("DELETE", path, a, b, handler);
    }

    /// Adds a route for DELETE.
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route delete(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return route("DELETE", path, a, b, c, handler);
    }

    /// Adds a route for DELETE.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route delete(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return route("DELETE", path, a, b, c, d, handler);
    }

    /// Adds a route for DELETE.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route delete(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return route("DELETE", path, a, b, c, d, e, handler);
    }

    /// Adds a route for DELETE.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route delete(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return route("DELETE", path, a, b, c, d, e, f, handler);
    }

    /// Adds a route for HEAD.
    public <A extends @Nullable Object> Route head(String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return route("HEAD", path, a, handler);
    }

    /// Adds a route for HEAD.
    public <A extends @Nullable Object, B extends @Nullable Object> Route head(
            String path, Parameter<A> a, Parameter<B> b, TypedHandler.Of2<? super A, ? super B> handler) {
        return route("HEAD", path, a, b, handler);
    }

    /// Adds a route for HEAD.
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route head(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return route("HEAD", path, a, b, c, handler);
    }

    /// Adds a route for HEAD.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route head(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return route("HEAD", path, a, b, c, d, handler);
    }

    /// Adds a route for HEAD.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route head(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return route("HEAD", path, a, b, c, d, e, handler);
    }

    /// Adds a route for HEAD.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route head(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return route("HEAD", path, a, b, c, d, e, f, handler);
    }

    /// Adds a route for OPTIONS.
    public <A extends @Nullable Object> Route options(
            String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return route("OPTIONS", path, a, handler);
    }

    /// Adds a route for OPTIONS.
    public <A extends @Nullable Object, B extends @Nullable Object> Route options(
            String path, Parameter<A> a, Parameter<B> b, TypedHandler.Of2<? super A, ? super B> handler) {
        return route("OPTIONS", path, a, b, handler);
    }

    /// Adds a route for OPTIONS.
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route options(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return route("OPTIONS", path, a, b, c, handler);
    }

    /// Adds a route for OPTIONS.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route options(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return route("OPTIONS", path, a, b, c, d, handler);
    }

    /// Adds a route for OPTIONS.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route options(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return route("OPTIONS", path, a, b, c, d, e, handler);
    }

    /// Adds a route for OPTIONS.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route options(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return route("OPTIONS", path, a, b, c, d, e, f, handler);
    }

    /// Adds a route for TRACE.
    public <A extends @Nullable Object> Route trace(String path, Parameter<A> a, TypedHandler.Of1<? super A> handler) {
        return route("TRACE", path, a, handler);
    }

    /// Adds a route for TRACE.
    public <A extends @Nullable Object, B extends @Nullable Object> Route trace(
            String path, Parameter<A> a, Parameter<B> b, TypedHandler.Of2<? super A, ? super B> handler) {
        return route("TRACE", path, a, b, handler);
    }

    /// Adds a route for TRACE.
    public <A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object> Route trace(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            TypedHandler.Of3<? super A, ? super B, ? super C> handler) {
        return route("TRACE", path, a, b, c, handler);
    }

    /// Adds a route for TRACE.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object>
            Route trace(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    TypedHandler.Of4<? super A, ? super B, ? super C, ? super D> handler) {
        return route("TRACE", path, a, b, c, d, handler);
    }

    /// Adds a route for TRACE.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object>
            Route trace(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    TypedHandler.Of5<? super A, ? super B, ? super C, ? super D, ? super E> handler) {
        return route("TRACE", path, a, b, c, d, e, handler);
    }

    /// Adds a route for TRACE.
    public <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    F extends @Nullable Object>
            Route trace(
                    String path,
                    Parameter<A> a,
                    Parameter<B> b,
                    Parameter<C> c,
                    Parameter<D> d,
                    Parameter<E> e,
                    Parameter<F> f,
                    TypedHandler.Of6<? super A, ? super B, ? super C, ? super D, ? super E, ? super F> handler) {
        return route("TRACE", path, a, b, c, d, e, f, handler);
    }
}
