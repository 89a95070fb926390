/// The shapes of Java types: what is accepted as a value of a type, how it is read, and what is
/// wrong with what is not accepted. Knows nothing of requests. Not API: the module does not export
/// it.
package io.asyncio4j.web.schema;
