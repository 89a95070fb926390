package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A parameter that is the body of the request, or one of several in it. FastAPI: `Body`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Body {
    /// Returns the name of the parameter in the body, if it is embedded; without it, its own.
    String value() default "";

    /// Returns whether the body is an object that has the value under the parameter's name; always
    /// so if there are several such parameters.
    boolean embed() default false;
}
