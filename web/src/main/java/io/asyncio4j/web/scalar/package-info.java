/// The reading of single values: numbers, dates, durations and so on. Accepts what pydantic
/// accepts, and refuses with its words. Not API: the module does not export it.
package io.asyncio4j.web.scalar;
