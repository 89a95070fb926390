/// The extension of JUnit that runs tests on a loop. JUnit makes it by reflection. Not API.
package io.asyncio4j.testing.junit;
