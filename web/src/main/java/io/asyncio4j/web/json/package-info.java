/// The library's mapper for JSON. Not API: the module does not export it.
package io.asyncio4j.web.json;
