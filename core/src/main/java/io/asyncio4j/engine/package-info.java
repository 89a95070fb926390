/// Not API. The engines, which decide which thread runs what the kernel has chosen.
package io.asyncio4j.engine;
