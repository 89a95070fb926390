/// Not API. Several futures at once: gather, wait, shield, and the children of a group.
package io.asyncio4j.combine;
