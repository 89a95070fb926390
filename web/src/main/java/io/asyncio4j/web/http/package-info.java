/// The messages of HTTP, and the exchange of a request for an answer, which the protocols share
/// with the application above them. Not API: the module does not export it.
package io.asyncio4j.web.http;
