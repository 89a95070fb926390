package io.asyncio4j.streams.netty;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.TimeUnit;

/// The time after a connection could not be accepted, as for want of file descriptors, until the
/// next attempt.
///
/// The connections that come meanwhile stay in the system's queue. Used in the channel's thread.
public final class AcceptPause {
    private static final long SECONDS = 1;

    /// Set while what the channel submits next is the attempt that it must not make.
    private static final AttributeKey<Boolean> ATTEMPT = AttributeKey.valueOf(AcceptPause.class, "attempt");

    private AcceptPause() {}

    /// Has `listening` accept nothing until `resume` is called, a second later. Called by the
    /// handler that is told of the failure.
    public static void begin(Channel listening, Runnable resume) {
        listening.config().setAutoRead(false);
        listening.attr(ATTEMPT).set(true);
        listening.eventLoop().execute(() -> listening.attr(ATTEMPT).set(null)); // the failure is over
        listening.eventLoop().schedule(resume, SECONDS, TimeUnit.SECONDS);
    }

    /// Returns whether a channel that submits something must not, once for each pause.
    static boolean takeAttempt(Channel listening) {
        return listening.hasAttr(ATTEMPT) && listening.attr(ATTEMPT).getAndSet(null) != null;
    }
}
