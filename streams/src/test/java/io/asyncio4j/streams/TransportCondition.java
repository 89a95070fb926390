package io.asyncio4j.streams;

import io.asyncio4j.streams.netty.IoKind;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips all tests when they are to run on a transport that this machine does not have.
public final class TransportCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String wanted = System.getProperty(IoKind.PROPERTY, "nio");
        Throwable cause = IoKind.valueOf(wanted.toUpperCase(Locale.ROOT)).unavailability();
        return cause == null
                ? ConditionEvaluationResult.enabled(wanted + " works here")
                : ConditionEvaluationResult.disabled(wanted + " does not work on this machine: " + cause);
    }

    /// Aborts a test of a Unix socket of which one direction is ended: Netty's io_uring closes
    /// both.
    static void requireHalfClosedUnixSockets() {
        String kind = System.getProperty(IoKind.PROPERTY, "nio");
        Assumptions.assumeTrue("epoll".equals(kind), kind + " closes a Unix socket when its peer ends one direction");
    }
}
