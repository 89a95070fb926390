/// Not API. The bean that the command line asks for the loops of a process.
package io.asyncio4j.inspect;
