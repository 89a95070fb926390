package io.asyncio4j.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A method that makes an object of its return type for a request, once, when a path function or
/// another provider asks for one; its parameters are like those of a path function. See
/// [WebApp#provide(Object)]. FastAPI: a function that is given to `Depends`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Provides {}
