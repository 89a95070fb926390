/// The reading of forms. Not API: the module does not export it.
package io.asyncio4j.web.form;
