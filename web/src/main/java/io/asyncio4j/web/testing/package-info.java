/// A client for tests of a web application, which needs no port and no time: [TestClient].
package io.asyncio4j.web.testing;
