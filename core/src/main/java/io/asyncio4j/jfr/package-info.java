/// Not API. The events of the flight recorder, and the gate before them. They take numbers and
/// names, no types of the kernel.
package io.asyncio4j.jfr;
