package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A path function that answers HEAD requests in place of the GET's. FastAPI: `@app.head`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Head {
    /// Returns the path template, such as `/items/{id}`; `{rest:path}` stands for all that follows.
    /// Below a [Prefix] it may be empty.
    String value();
}
