/// The test of a module's layers. Its source is compiled with the tests of each module.
@NullMarked
package io.asyncio4j.layers;

import org.jspecify.annotations.NullMarked;
