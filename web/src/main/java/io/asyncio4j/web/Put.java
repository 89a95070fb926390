package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A path function that answers PUT requests. FastAPI: `@app.put`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Put {
    /// Returns the path template, such as `/items/{id}`; `{rest:path}` stands for all that follows.
    /// Below a [Prefix] it may be empty.
    String value();
}
