package io.asyncio4j.web.binding;

import io.asyncio4j.web.Provider;
import io.asyncio4j.web.SecurityScheme;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects that a path function can ask for by their types.
public final class Providers {
    private final Map<Class<?>, Provision> provisions = new LinkedHashMap<>();
    private final Map<Class<?>, Provision> overrides = new LinkedHashMap<>();

    /// Has objects of a type made by a function.
    ///
    /// @throws IllegalArgumentException if the type has a provider
    public void provide(Class<?> type, Provider<?> provider) {
        add(type, byFunction(type, provider));
    }

    /// Has objects of a type made by a function with parameters.
    ///
    /// @throws IllegalArgumentException if the type has a provider
    public void provide(Class<?> type, Signature signature) {
        add(type, new Provision.ByMethod(type, signature));
    }

    /// Gives the same object to all that ask for its type.
    ///
    /// @throws IllegalArgumentException if the type has a provider
    public void share(Class<?> type, Object object) {
        add(type, new Provision.Shared(type, object));
    }

    /// Has a type provided otherwise, whatever provides it.
    public void override(Class<?> type, Provider<?> provider) {
        overrides.put(type, byFunction(type, provider));
    }

    private static Provision byFunction(Class<?> type, Provider<?> provider) {
        return provider instanceof SecurityScheme<?> scheme
                ? new Provision.BySecurity(type, scheme)
                : new Provision.ByFunction(type, provider);
    }

    private void add(Class<?> type, Provision provision) {
        if (provisions.putIfAbsent(type, provision) != null) {
            throw new IllegalArgumentException("There is a provider for " + type.getTypeName()
                    + " already; remove one of them, or use override(...) in a test");
        }
    }

    boolean has(Class<?> type) {
        return provisions.containsKey(type) || overrides.containsKey(type);
    }

    @Nullable
    Provision find(Class<?> type) {
        Provision override = overrides.get(type);
        return override != null ? override : provisions.get(type);
    }

    /// Returns the security scheme of a type; null if it is provided otherwise.
    @Nullable
    public SecurityScheme<?> scheme(Class<?> type) {
        return find(type) instanceof Provision.BySecurity security ? security.scheme : null;
    }
}
