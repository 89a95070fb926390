/// The compiler behind `asyncio4j run`: it keeps compiled programs, so that a program that has not
/// changed starts at once. Also `asyncio4j serve --reload`, which compiles again whenever a source
/// changes.
///
/// The launcher compiles this package by itself, with nothing but the JDK: it must not name
/// anything else.
package io.asyncio4j.cli.run;
