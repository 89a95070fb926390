package io.asyncio4j.web;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An example of a parameter, a record's component, or a whole record or sealed interface, for the
/// documentation. Repeatable.
///
/// ```java
/// @Example("""
///         {"name": "Green tea", "price": 3.5}""")
/// record Item(@Example("Green tea") String name, @Example("3.5") double price) {}
/// ```
///
/// It is written as a client would write it in JSON, but a text (a string, a date, the name of an
/// enum's constant) without quotation marks. It is read when the application starts, which fails if
/// it is no value of the type.
///
/// Without a name it is one of the schema's `examples`; that is FastAPI's `examples`, and
/// `json_schema_extra` of a type. With a name it is an example of the parameter or the body as a
/// whole, for Swagger UI to choose from; that is FastAPI's `openapi_examples`. A named one may show
/// what is refused: it need not be a value of the type.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE})
@Repeatable(Example.All.class)
public @interface Example {
    /// Returns the value.
    String value();

    /// Returns its name, unique for the parameter; without one it is an example of the schema.
    String name() default "";

    /// Returns the title of one with a name.
    String summary() default "";

    /// Returns an explanation, in Markdown, of one with a name.
    String description() default "";

    /// Several of them.
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE})
    @interface All {
        /// Returns them.
        Example[] value();
    }
}
