/// Checks for Error Prone that find mistakes of programs on asyncio4j at compile time.
///
/// A check is known by the simple name of its class: in `-Xep:AsyncioBlockingCall:ERROR`, and in
/// `@SuppressWarnings("AsyncioBlockingCall")`. The classes are no API.
@NullMarked
package io.asyncio4j.checks;

import org.jspecify.annotations.NullMarked;
