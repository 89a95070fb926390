package io.asyncio4j.web.http;

import io.asyncio4j.web.Headers;

/// The header `Vary`, which names the headers of a request that an answer depends on.
public final class Vary {
    private Vary() {}

    /// Returns headers that name this one as well.
    public static Headers with(Headers headers, String name) {
        String all = String.join(", ", headers.all("vary"));
        for (String known : all.split(",", -1)) {
            if (known.strip().equals("*") || known.strip().equalsIgnoreCase(name)) {
                return headers;
            }
        }
        return headers.with("vary", all.isEmpty() ? name : all + ", " + name);
    }
}
