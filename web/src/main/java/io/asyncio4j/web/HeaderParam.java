package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A parameter that comes from the headers. FastAPI: `Header`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface HeaderParam {
    /// Returns the name of the header; without it, the parameter's own with hyphens: `userAgent`
    /// and `user_agent` are `user-agent`.
    String value() default "";
}
