package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A description of a path function, a parameter or a record for the documentation. FastAPI:
/// `description`, or the docstring.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Description {
    /// Returns the text; may be Markdown.
    String value();
}
