/// Web applications on the event loop: a request is a task that lets others run while it waits.
///
/// Begin with [io.asyncio4j.web.WebApp].
package io.asyncio4j.web;
