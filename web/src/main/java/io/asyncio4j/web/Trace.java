package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A path function that answers TRACE requests. FastAPI: `@app.trace`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Trace {
    /// Returns the path template, such as `/items/{id}`; `{rest:path}` stands for all that follows.
    /// Below a [Prefix] it may be empty.
    String value();
}
