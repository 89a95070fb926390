/// Not API. The answers to who waits for whom, who blocks a loop, and where time goes.
package io.asyncio4j.diagnose;
