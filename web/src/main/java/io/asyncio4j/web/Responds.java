package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An answer of a path function beside its usual one, for the documentation. FastAPI: `responses`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Responds.All.class)
public @interface Responds {
    /// Returns the status.
    int status();

    /// Returns the type of the body; without it, there is none in the documentation.
    Class<?> body() default void.class;

    /// Returns when it is given.
    String description() default "";

    /// Several of them.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        /// Returns them.
        Responds[] value();
    }
}
