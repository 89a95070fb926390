/// Not API. Needs nothing: sneaky throws, time arithmetic, stack frames, room on the stack, the
/// one class with JDK internals.
package io.asyncio4j.base;
