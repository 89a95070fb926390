package io.asyncio4j.web.binding;

import io.asyncio4j.web.Provider;
import io.asyncio4j.web.SecurityScheme;
import io.asyncio4j.web.schema.Shape;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A way to the objects of a type that path functions and other providers ask for.
abstract sealed class Provision {
    final Class<?> type;

    private Provision(Class<?> type) {
        this.type = type;
    }

    /// Returns the request's object, or makes it.
    ///
    /// @param maker what makes it, with the readings of its parameters, if it has any
    /// @param optional whether it may be missing, which makes it an [Optional]
    /// @return [Shape#INVALID] if parameters of what makes it have problems
    abstract @Nullable Object get(Binding binding, @Nullable Invocation maker, boolean optional) throws Exception;

    /// Returns what makes it, with its parameters; null if it has none.
    @Nullable
    Signature signature() {
        return null;
    }

    /// Makes what is missing.
    abstract static sealed class Made extends Provision {
        Made(Class<?> type) {
            super(type);
        }

        @Override
        @Nullable
        Object get(Binding binding, @Nullable Invocation maker, boolean optional) throws Exception {
            Object known = binding.scope.madeOrBegin(this);
            if (known == null) {
                known = made(binding, maker);
            }
            return optional && known != Shape.INVALID ? Optional.ofNullable(known) : known;
        }

        private @Nullable Object made(Binding binding, @Nullable Invocation maker) throws Exception {
            try {
                Object object = make(binding, maker);
                if (object != null && object != Shape.INVALID) {
                    binding.scope.keep(this, object, true);
                }
                return object;
            } finally {
                binding.scope.endMaking(this);
            }
        }

        abstract @Nullable Object make(Binding binding, @Nullable Invocation maker) throws Exception;
    }

    /// One that the program gives as a function.
    static final class ByFunction extends Made {
        private final Provider<?> provider;

        ByFunction(Class<?> type, Provider<?> provider) {
            super(type);
            this.provider = provider;
        }

        @Override
        @Nullable
        Object make(Binding binding, @Nullable Invocation maker) throws Exception {
            return provider.get(binding.request);
        }
    }

    /// A method with parameters of its own.
    static final class ByMethod extends Made {
        private final Signature signature;

        ByMethod(Class<?> type, Signature signature) {
            super(type);
            this.signature = signature;
        }

        @Override
        Signature signature() {
            return signature;
        }

        @Override
        @Nullable
        Object make(Binding binding, @Nullable Invocation maker) throws Exception {
            Invocation prepared = Objects.requireNonNull(maker);
            @Nullable Object[] arguments = prepared.read(binding);
            return arguments == null ? Shape.INVALID : prepared.call(arguments);
        }
    }

    /// Credentials.
    static final class BySecurity extends Provision {
        final SecurityScheme<?> scheme;

        BySecurity(Class<?> type, SecurityScheme<?> scheme) {
            super(type);
            this.scheme = scheme;
        }

        @Override
        @Nullable
        Object get(Binding binding, @Nullable Invocation maker, boolean optional) throws Exception {
            return optional ? scheme.find(binding.request) : scheme.get(binding.request);
        }
    }

    /// One object for all requests, which belongs to who has shared it.
    static final class Shared extends Provision {
        private final Object object;

        Shared(Class<?> type, Object object) {
            super(type);
            this.object = object;
        }

        @Override
        Object get(Binding binding, @Nullable Invocation maker, boolean optional) {
            return optional ? Optional.of(object) : object;
        }
    }
}
