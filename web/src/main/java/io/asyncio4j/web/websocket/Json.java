package io.asyncio4j.web.websocket;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Jackson, loaded when a program first uses JSON.
final class Json {
    static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
}
