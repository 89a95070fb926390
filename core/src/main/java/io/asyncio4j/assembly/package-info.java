/// Not API. The assembly of a loop from its parts; the only package that knows all others.
package io.asyncio4j.assembly;
