package io.asyncio4j.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The value of a parameter or a record's component that is not sent: `@DefaultValue("10") int
/// limit`.
///
/// It is written as a client would write it, and read when the application starts. For a list, each
/// text is an item: `@DefaultValue({"a", "b"}) List<String> tags`; `@DefaultValue({})` is an empty
/// list or map. The application does not start if it is no value of the type, or breaks a
/// constraint. FastAPI: the default of a parameter or a field.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface DefaultValue {
    /// Returns the text of the value, or one text for each item of a list.
    String[] value();
}
