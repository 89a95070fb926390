package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The identifier of a path function in the documentation; without it, the method's name. FastAPI:
/// `operation_id`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface OperationId {
    /// Returns the identifier, unique in the application.
    String value();
}
