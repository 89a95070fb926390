package io.asyncio4j.examples;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs a test once for each engine, whose name is its argument.
@ParameterizedTest(name = "{0}")
@ValueSource(strings = {"carrier", "baton"})
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface OnBothEngines {}
