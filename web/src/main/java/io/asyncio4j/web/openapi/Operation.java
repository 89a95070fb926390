package io.asyncio4j.web.openapi;

import io.asyncio4j.web.binding.Input;
import io.asyncio4j.web.schema.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A route, as the document describes it.
///
/// @param method in lower case
/// @param path the template, without kinds of parameters
/// @param inputs the parameters, those of providers too
/// @param embedsBodies whether the body is an object of the parameters in it
/// @param status of the usual answer
/// @param result the shape of the usual answer's body; null if it is not known or there is none
/// @param hasBody whether the usual answer has a body
/// @param answers further answers
/// @param security the security schemes, by name
public record Operation(
        String method,
        String path,
        String id,
        String summary,
        String description,
        List<String> tags,
        boolean deprecated,
        List<Input> inputs,
        boolean embedsBodies,
        int status,
        @Nullable Shape result,
        boolean hasBody,
        List<Answer> answers,
        Map<String, Map<String, Object>> security) {

    /// An answer beside the usual one.
    ///
    /// @param body the shape of its body; null if there is none
    public record Answer(int status, @Nullable Shape body, String description) {}
}
