package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The title of a path function in the documentation; without it, the words of the method's name.
/// FastAPI: `summary`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Summary {
    /// Returns the title.
    String value();
}
