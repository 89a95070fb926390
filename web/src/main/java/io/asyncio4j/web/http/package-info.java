/// What the protocols of HTTP and the application above them share: messages, and the exchange of a
/// request for an answer. Not API: the module does not export it.
package io.asyncio4j.web.http;
