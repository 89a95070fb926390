/// Outcomes of the parts of a test: what they throw, and how failures are made. Not API.
package io.asyncio4j.testing.outcome;
