package io.asyncio4j.web.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An agreement on compressed messages (RFC 7692).
///
/// The server compresses each message by itself, which it may decide alone. Its compressor has a
/// window of 15 bits, so that an offer that demands a smaller one is declined.
///
/// @param freshClient whether the client compresses each message by itself as well
/// @param answer the value of the answer's header
record PermessageDeflate(boolean freshClient, String answer) {
    private static final String NAME = "permessage-deflate";
    private static final String FRESH_SERVER = "server_no_context_takeover";
    private static final String FRESH_CLIENT = "client_no_context_takeover";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final String CLIENT_BITS = "client_max_window_bits";
    private static final int LEAST_BITS = 8;
    private static final int MOST_BITS = 15;

    /// Returns what the first offer that can be met leads to; null if there is none.
    static @Nullable PermessageDeflate choose(List<HeaderList.Element> offers) {
        for (HeaderList.Element offer : offers) {
            if (offer.name().equals(NAME) && isValid(offer)) {
                return meet(offer);
            }
        }
        return null;
    }

    private static boolean isValid(HeaderList.Element offer) {
        Set<String> names = new HashSet<>();
        for (HeaderList.Parameter parameter : offer.parameters()) {
            String value = parameter.value();
            boolean valid = switch (parameter.name()) {
                case FRESH_SERVER, FRESH_CLIENT -> value == null;
                case SERVER_BITS -> value != null && bits(value) == MOST_BITS;
                case CLIENT_BITS -> value == null || bits(value) >= LEAST_BITS;
                default -> false;
            };
            if (!valid || !names.add(parameter.name())) {
                return false;
            }
        }
        return true;
    }

    /// Returns the bits that a value stands for; 0 if they are not 8 to 15, without leading zeros.
    private static int bits(String value) {
        for (int bits = LEAST_BITS; bits <= MOST_BITS; bits++) {
            if (value.equals(Integer.toString(bits))) {
                return bits;
            }
        }
        return 0;
    }

    private static PermessageDeflate meet(HeaderList.Element offer) {
        boolean freshClient = false;
        StringBuilder answer = new StringBuilder(NAME).append("; ").append(FRESH_SERVER);
        for (HeaderList.Parameter parameter : offer.parameters()) {
            if (parameter.name().equals(FRESH_CLIENT)) {
                freshClient = true;
                answer.append("; ").append(FRESH_CLIENT);
            } else if (parameter.name().equals(SERVER_BITS)) {
                answer.append("; ").append(SERVER_BITS).append('=').append(MOST_BITS);
            }
        }
        return new PermessageDeflate(freshClient, answer.toString());
    }
}
