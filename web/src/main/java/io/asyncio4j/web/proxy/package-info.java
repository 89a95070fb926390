/// The client of a request that came through proxies. Not API: the module does not export it.
package io.asyncio4j.web.proxy;
