package io.asyncio4j.web.binding;

import io.asyncio4j.ContextVar;
import io.asyncio4j.web.Provider;
import io.asyncio4j.web.SecurityScheme;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects that a path function can ask for by their types.
///
/// What is added in the lifespan of a server is for that server alone: an application may be served
/// by several workers, each in a thread of its own, or by several tests, one after the other.
public final class Providers {
    /// What has been added in the lifespan of the running task's server.
    private static final ContextVar<Map<Providers, Map<Class<?>, Provision>>> SERVED =
            new ContextVar<>("providers of a server");

    private final Map<Class<?>, Provision> provisions = new LinkedHashMap<>();
    private final Map<Class<?>, Provision> overrides = new LinkedHashMap<>();

    /// Begins the lifespan of a server, in the running task.
    public static void beginLifespan() {
        SERVED.set(new IdentityHashMap<>());
    }

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
        Map<Providers, Map<Class<?>, Provision>> served = SERVED.get(null);
        Map<Class<?>, Provision> added =
                served == null ? provisions : served.computeIfAbsent(this, _ -> new LinkedHashMap<>());
        if (provisions.containsKey(type) || added.putIfAbsent(type, provision) != null) {
            throw new IllegalArgumentException("There is a provider for " + type.getTypeName()
                    + " already; remove one of them, or use override(...) in a test");
        }
    }

    boolean has(Class<?> type) {
        return find(type) != null;
    }

    @Nullable
    Provision find(Class<?> type) {
        Provision override = overrides.get(type);
        if (override != null) {
            return override;
        }
        Map<Providers, Map<Class<?>, Provision>> served = SERVED.get(null);
        Map<Class<?>, Provision> added = served == null ? null : served.get(this);
        Provision ofServer = added == null ? null : added.get(type);
        return ofServer != null ? ofServer : provisions.get(type);
    }

    /// Returns the security scheme of a type; null if it is provided otherwise.
    @Nullable
    public SecurityScheme<?> scheme(Class<?> type) {
        return find(type) instanceof Provision.BySecurity security ? security.scheme : null;
    }
}
