/// A server: opens ports, finds out which protocol a client speaks, and ends in good order.
///
/// Not API: the module does not export it.
package io.asyncio4j.web.server;
