package io.asyncio4j.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.Future;
import io.asyncio4j.streams.netty.NettyPoller;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Exceptions while a loop does its I/O: reported, and the run goes on.
final class PollContainmentTest {
    private static final Logger NETTYS_LOG = Logger.getLogger("io.netty");

    private static List<@Nullable Throwable> problems() {
        List<@Nullable Throwable> problems = new ArrayList<>();
        Asyncio.runningLoop().setExceptionHandler((_, problem) -> problems.add(problem.exception()));
        return problems;
    }

    private static void echoWorks() throws Exception {
        try (TwoEnds ends = TwoEnds.open()) {
            ends.client().writer().write("ping\n");
            assertThat(ends.served().reader().readLine()).isEqualTo("ping");
        }
    }

    @Test
    void anErrandThatThrowsKeepsNoOtherFromBeingDone() {
        Bounded.run(() -> {
            List<@Nullable Throwable> problems = problems();
            NettyPoller poller = NettyPoller.current();
            List<String> done = new ArrayList<>();
            NoClassDefFoundError missing = new NoClassDefFoundError("org/example/Missing");
            poller.execute(() -> {
                throw missing;
            });
            poller.execute(() -> done.add("errand"));
            poller.markDirty(() -> {
                throw new IllegalStateException("a flush");
            });
            poller.markDirty(() -> done.add("flush"));
            Bounded.settle();
            assertThat(done).containsExactly("errand", "flush");
            assertThat(problems).singleElement().isInstanceOf(IllegalStateException.class);
            echoWorks();
        });
    }

    @Test
    void whoWaitsForAnErrandThatThrowsIsTold() {
        Bounded.run(() -> {
            Future<String> awaited = Asyncio.createFuture();
            NettyPoller.current()
                    .execute(
                            () -> {
                                throw new ExceptionInInitializerError("cold");
                            },
                            thrown -> awaited.setResult(String.valueOf(thrown.getMessage())));
            assertThat(awaited.await()).isEqualTo("cold");
        });
    }

    @Test
    void aLoggerThatThrowsInNettyEndsNothing() {
        Handler broken = new Handler() {
            @Override
            public void publish(LogRecord record) {
                throw new NoClassDefFoundError("Could not initialize class sun.util.calendar.ZoneInfoFile");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        NETTYS_LOG.addHandler(broken);
        NETTYS_LOG.setUseParentHandlers(false);
        try {
            Bounded.run(() -> {
                List<@Nullable Throwable> problems = problems();
                EventLoop loop = Asyncio.runningLoop();
                Future<String> after = loop.createFuture();
                NettyLoop.of(loop).execute(() -> {
                    throw new IllegalStateException("a task of Netty's, which it logs");
                });
                NettyLoop.of(loop).execute(() -> after.setResult("next"));
                assertThat(after.await()).isEqualTo("next");
                assertThat(problems).singleElement().isInstanceOf(NoClassDefFoundError.class);
                echoWorks();
            });
        } finally {
            NETTYS_LOG.removeHandler(broken);
            NETTYS_LOG.setUseParentHandlers(true);
        }
    }
}
