/// HTTP/1.1 on a connection: RFC 9112, read strictly. Not API: the module does not export it.
package io.asyncio4j.web.http1;
