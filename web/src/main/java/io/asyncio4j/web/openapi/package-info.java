/// The OpenAPI document of an application, from its routes and the shapes of their parameters.
@NullMarked
package io.asyncio4j.web.openapi;

import org.jspecify.annotations.NullMarked;
