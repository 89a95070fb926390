package io.asyncio4j.web;

import io.asyncio4j.web.TypedHandler.Of1;
import io.asyncio4j.web.TypedHandler.Of2;
import io.asyncio4j.web.TypedHandler.Of3;
import io.asyncio4j.web.TypedHandler.Of4;
import io.asyncio4j.web.TypedHandler.Of5;
import io.asyncio4j.web.TypedHandler.Of6;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The routes of a [Router] whose path functions take one to six declared [Parameter]s.
///
/// Each method adds a route, as that of the same name of [Router] with a [Handler] does.
/// FastAPI: `app.get` and so on.
public abstract sealed class TypedRoutes permits Router {
    TypedRoutes() {}

    abstract Route typed(String method, String path, List<Parameter<?>> parameters, Erased handler);

    /// A handler of any number of parameters.
    interface Erased {
        @Nullable
        Object handle(@Nullable Object[] values) throws Exception;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // values are of the parameters' types
    private static <T> T at(@Nullable Object[] values, int index) {
        return (T) values[index];
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A> Route route(String method, String path, Parameter<A> a, Of1<A> call) {
        return typed(method, path, List.of(a), v -> call.handle(at(v, 0)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A, B> Route route(String method, String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return typed(method, path, List.of(a, b), v -> call.handle(at(v, 0), at(v, 1)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A, B, C> Route route(
            String method, String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return typed(method, path, List.of(a, b, c), v -> call.handle(at(v, 0), at(v, 1), at(v, 2)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A, B, C, D> Route route(
            String method,
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Of4<A, B, C, D> call) {
        return typed(method, path, List.of(a, b, c, d), v -> call.handle(at(v, 0), at(v, 1), at(v, 2), at(v, 3)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A, B, C, D, E> Route route(
            String method,
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return typed(
                method,
                path,
                List.of(a, b, c, d, e),
                v -> call.handle(at(v, 0), at(v, 1), at(v, 2), at(v, 3), at(v, 4)));
    }

    /// Adds a route for any method.
    ///
    /// @throws IllegalArgumentException as [Router#route(String, String, Handler)]
    public <A, B, C, D, E, F> Route route(
            String method,
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return typed(
                method,
                path,
                List.of(a, b, c, d, e, f),
                v -> call.handle(at(v, 0), at(v, 1), at(v, 2), at(v, 3), at(v, 4), at(v, 5)));
    }

    /// Adds a route for GET.
    public <A> Route get(String path, Parameter<A> a, Of1<A> call) {
        return route("GET", path, a, call);
    }

    /// Adds a route for GET.
    public <A, B> Route get(String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return route("GET", path, a, b, call);
    }

    /// Adds a route for GET.
    public <A, B, C> Route get(String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return route("GET", path, a, b, c, call);
    }

    /// Adds a route for GET.
    public <A, B, C, D> Route get(
            String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Parameter<D> d, Of4<A, B, C, D> call) {
        return route("GET", path, a, b, c, d, call);
    }

    /// Adds a route for GET.
    public <A, B, C, D, E> Route get(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return route("GET", path, a, b, c, d, e, call);
    }

    /// Adds a route for GET.
    public <A, B, C, D, E, F> Route get(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return route("GET", path, a, b, c, d, e, f, call);
    }

    /// Adds a route for POST.
    public <A> Route post(String path, Parameter<A> a, Of1<A> call) {
        return route("POST", path, a, call);
    }

    /// Adds a route for POST.
    public <A, B> Route post(String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return route("POST", path, a, b, call);
    }

    /// Adds a route for POST.
    public <A, B, C> Route post(String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return route("POST", path, a, b, c, call);
    }

    /// Adds a route for POST.
    public <A, B, C, D> Route post(
            String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Parameter<D> d, Of4<A, B, C, D> call) {
        return route("POST", path, a, b, c, d, call);
    }

    /// Adds a route for POST.
    public <A, B, C, D, E> Route post(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return route("POST", path, a, b, c, d, e, call);
    }

    /// Adds a route for POST.
    public <A, B, C, D, E, F> Route post(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return route("POST", path, a, b, c, d, e, f, call);
    }

    /// Adds a route for PUT.
    public <A> Route put(String path, Parameter<A> a, Of1<A> call) {
        return route("PUT", path, a, call);
    }

    /// Adds a route for PUT.
    public <A, B> Route put(String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return route("PUT", path, a, b, call);
    }

    /// Adds a route for PUT.
    public <A, B, C> Route put(String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return route("PUT", path, a, b, c, call);
    }

    /// Adds a route for PUT.
    public <A, B, C, D> Route put(
            String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Parameter<D> d, Of4<A, B, C, D> call) {
        return route("PUT", path, a, b, c, d, call);
    }

    /// Adds a route for PUT.
    public <A, B, C, D, E> Route put(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return route("PUT", path, a, b, c, d, e, call);
    }

    /// Adds a route for PUT.
    public <A, B, C, D, E, F> Route put(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return route("PUT", path, a, b, c, d, e, f, call);
    }

    /// Adds a route for PATCH.
    public <A> Route patch(String path, Parameter<A> a, Of1<A> call) {
        return route("PATCH", path, a, call);
    }

    /// Adds a route for PATCH.
    public <A, B> Route patch(String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return route("PATCH", path, a, b, call);
    }

    /// Adds a route for PATCH.
    public <A, B, C> Route patch(String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return route("PATCH", path, a, b, c, call);
    }

    /// Adds a route for PATCH.
    public <A, B, C, D> Route patch(
            String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Parameter<D> d, Of4<A, B, C, D> call) {
        return route("PATCH", path, a, b, c, d, call);
    }

    /// Adds a route for PATCH.
    public <A, B, C, D, E> Route patch(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return route("PATCH", path, a, b, c, d, e, call);
    }

    /// Adds a route for PATCH.
    public <A, B, C, D, E, F> Route patch(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return route("PATCH", path, a, b, c, d, e, f, call);
    }

    /// Adds a route for DELETE.
    public <A> Route delete(String path, Parameter<A> a, Of1<A> call) {
        return route("DELETE", path, a, call);
    }

    /// Adds a route for DELETE.
    public <A, B> Route delete(String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return route("DELETE", path, a, b, call);
    }

    /// Adds a route for DELETE.
    public <A, B, C> Route delete(String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return route("DELETE", path, a, b, c, call);
    }

    /// Adds a route for DELETE.
    public <A, B, C, D> Route delete(
            String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Parameter<D> d, Of4<A, B, C, D> call) {
        return route("DELETE", path, a, b, c, d, call);
    }

    /// Adds a route for DELETE.
    public <A, B, C, D, E> Route delete(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return route("DELETE", path, a, b, c, d, e, call);
    }

    /// Adds a route for DELETE.
    public <A, B, C, D, E, F> Route delete(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return route("DELETE", path, a, b, c, d, e, f, call);
    }

    /// Adds a route for HEAD.
    public <A> Route head(String path, Parameter<A> a, Of1<A> call) {
        return route("HEAD", path, a, call);
    }

    /// Adds a route for HEAD.
    public <A, B> Route head(String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return route("HEAD", path, a, b, call);
    }

    /// Adds a route for HEAD.
    public <A, B, C> Route head(String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return route("HEAD", path, a, b, c, call);
    }

    /// Adds a route for HEAD.
    public <A, B, C, D> Route head(
            String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Parameter<D> d, Of4<A, B, C, D> call) {
        return route("HEAD", path, a, b, c, d, call);
    }

    /// Adds a route for HEAD.
    public <A, B, C, D, E> Route head(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return route("HEAD", path, a, b, c, d, e, call);
    }

    /// Adds a route for HEAD.
    public <A, B, C, D, E, F> Route head(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return route("HEAD", path, a, b, c, d, e, f, call);
    }

    /// Adds a route for OPTIONS.
    public <A> Route options(String path, Parameter<A> a, Of1<A> call) {
        return route("OPTIONS", path, a, call);
    }

    /// Adds a route for OPTIONS.
    public <A, B> Route options(String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return route("OPTIONS", path, a, b, call);
    }

    /// Adds a route for OPTIONS.
    public <A, B, C> Route options(String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return route("OPTIONS", path, a, b, c, call);
    }

    /// Adds a route for OPTIONS.
    public <A, B, C, D> Route options(
            String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Parameter<D> d, Of4<A, B, C, D> call) {
        return route("OPTIONS", path, a, b, c, d, call);
    }

    /// Adds a route for OPTIONS.
    public <A, B, C, D, E> Route options(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return route("OPTIONS", path, a, b, c, d, e, call);
    }

    /// Adds a route for OPTIONS.
    public <A, B, C, D, E, F> Route options(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return route("OPTIONS", path, a, b, c, d, e, f, call);
    }

    /// Adds a route for TRACE.
    public <A> Route trace(String path, Parameter<A> a, Of1<A> call) {
        return route("TRACE", path, a, call);
    }

    /// Adds a route for TRACE.
    public <A, B> Route trace(String path, Parameter<A> a, Parameter<B> b, Of2<A, B> call) {
        return route("TRACE", path, a, b, call);
    }

    /// Adds a route for TRACE.
    public <A, B, C> Route trace(String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Of3<A, B, C> call) {
        return route("TRACE", path, a, b, c, call);
    }

    /// Adds a route for TRACE.
    public <A, B, C, D> Route trace(
            String path, Parameter<A> a, Parameter<B> b, Parameter<C> c, Parameter<D> d, Of4<A, B, C, D> call) {
        return route("TRACE", path, a, b, c, d, call);
    }

    /// Adds a route for TRACE.
    public <A, B, C, D, E> Route trace(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Of5<A, B, C, D, E> call) {
        return route("TRACE", path, a, b, c, d, e, call);
    }

    /// Adds a route for TRACE.
    public <A, B, C, D, E, F> Route trace(
            String path,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Parameter<E> e,
            Parameter<F> f,
            Of6<A, B, C, D, E, F> call) {
        return route("TRACE", path, a, b, c, d, e, f, call);
    }
}
