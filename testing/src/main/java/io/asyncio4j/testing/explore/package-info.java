/// The search for an interleaving in which a program fails. Not API.
package io.asyncio4j.testing.explore;
