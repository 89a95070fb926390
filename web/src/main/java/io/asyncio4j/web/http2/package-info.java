/// HTTP/2 on a connection: RFC 9113, read strictly, and extended CONNECT, RFC 8441. Not API: the
/// module does not export it.
package io.asyncio4j.web.http2;
