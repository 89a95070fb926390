package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The status of a path function's answers that are no [Response]; 200 without it. FastAPI:
/// `status_code`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Status {
    /// Returns the status, from 200 to 599.
    int value();
}
