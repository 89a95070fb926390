package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The beginning of the paths of all path functions of a class. FastAPI: `APIRouter(prefix=...)`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Prefix {
    /// Returns the prefix, such as `/shop`; begins with a slash and does not end with one.
    String value();
}
