/// WebSockets: the handshake, frames and their compression as plain functions of bytes, and
/// sessions on top of an exchange. Not API: the module does not export it.
package io.asyncio4j.web.websocket;
