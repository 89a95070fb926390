package io.asyncio4j.streams.process;

import io.asyncio4j.streams.bytes.Limits;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The way a subprocess is started.
///
/// @param merged whether standard error leads to where standard output does
/// @param folder where it runs; null for this process's own
/// @param environment the whole environment; null for this process's own
/// @param variables what is added to it
public record ProcessSettings(
        ProcessBuilder.Redirect stdin,
        ProcessBuilder.Redirect stdout,
        ProcessBuilder.Redirect stderr,
        boolean merged,
        @Nullable Path folder,
        @Nullable Map<String, String> environment,
        Map<String, String> variables,
        Limits limits) {}
