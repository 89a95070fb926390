/// The way from a request to the call of a path function: its parameters, and what providers make.
@NullMarked
package io.asyncio4j.web.binding;

import org.jspecify.annotations.NullMarked;
