/// Interprets programs of the conformance language (see `SPEC.md`) on asyncio4j, in virtual time.
///
/// It calls the public API only and knows no rule of asyncio: what is traced is the library's own
/// doing.
@NullMarked
package io.asyncio4j.conformance;

import org.jspecify.annotations.NullMarked;
