package io.asyncio4j.web.schema;

import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;

/// The way into classes of the program, which need not be public.
final class Access {
    private Access() {}

    static MethodHandles.Lookup lookup(Class<?> type) throws IllegalAccessException {
        Access.class.getModule().addReads(type.getModule());
        return type.getModule().isNamed()
                        && type.getModule().isExported(type.getPackageName())
                        && Modifier.isPublic(type.getModifiers())
                ? MethodHandles.publicLookup()
                : MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }

    static DeclarationException closed(Class<?> type, IllegalAccessException cause) {
        String module = type.getModule().isNamed() ? type.getModule().getName() : "its module";
        return new DeclarationException(
                type.getName() + " is not accessible to io.asyncio4j.web; write 'opens " + type.getPackageName()
                        + " to io.asyncio4j.web;' into the declaration of " + module,
                cause);
    }

    /// Throws anything, checked or not.
    @SuppressWarnings("unchecked")
    static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
