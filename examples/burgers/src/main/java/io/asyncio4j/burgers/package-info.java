/// A burger shop on the web, after the story in FastAPI's documentation: concurrent and parallel
/// burgers. Start with [Burgers], then read [Shop] and [Kitchen].
@NullMarked
package io.asyncio4j.burgers;

import org.jspecify.annotations.NullMarked;
