package io.asyncio4j.web.websocket;

import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.currentTask;
import static io.asyncio4j.Asyncio.seconds;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.Asyncio.timeout;
import static io.asyncio4j.web.websocket.ClientFrames.close;
import static io.asyncio4j.web.websocket.ClientFrames.ping;
import static io.asyncio4j.web.websocket.ClientFrames.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import io.asyncio4j.TimeoutException;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.WebSocketHandler;
import io.asyncio4j.web.WebSocketSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The direction to the client: by several tasks, by tasks that are cancelled, of large messages.
final class SendingTest {
    private static final int LARGE = 1024 * 1024;

    private MemoryExchange client = new MemoryExchange(Headers.of("sec-websocket-extensions", "permessage-deflate"));

    private Task<?> serve(WebSocketHandler handler) {
        Task<?> task = createTask("socket", () -> client.serve(Limits.defaults(), handler));
        client.task = task;
        return task;
    }

    private void assertFrames(String... frames) {
        for (String frame : frames) {
            assertThat(client.next()).isEqualTo(frame);
        }
    }

    private void end(Task<?> task) {
        client.send(close(1000));
        task.await();
    }

    /// Bytes that compression does not make smaller.
    private static byte[] large() {
        byte[] bytes = new byte[LARGE];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    // ------------------------------------------------------------------ cancelled

    @AsyncTest
    void aMessageWhoseSenderGivesUpIsSentWhole() {
        Task<?> task = serve(socket -> {
            socket.accept();
            client.deaf();
            assertThatThrownBy(() -> timeout(seconds(1), () -> socket.sendText("x")))
                    .isInstanceOf(TimeoutException.class);
            client.hear();
            socket.sendText("y");
        });
        assertFrames("text:x", "text:y", "close:1000 ");
        end(task);
    }

    @AsyncTest
    void aLargeOneIsSentAsItWasThoughItsArrayIsChangedAfterwards() {
        client = new MemoryExchange(Headers.empty());
        byte[] bytes = large();
        byte[] before = bytes.clone();
        Task<?> task = serve(socket -> {
            socket.accept();
            Task<?> sender = createTask(() -> socket.sendBytes(bytes));
            sleep(Duration.ZERO);
            client.deaf();
            sender.cancel();
            assertThatThrownBy(sender::await).isInstanceOf(CancelledError.class);
            Arrays.fill(bytes, (byte) 0);
            client.hear();
            socket.sendText("y");
        });
        assertFrames("bin:" + LARGE);
        assertThat(client.lastPayload()).isEqualTo(before);
        assertFrames("text:y", "close:1000 ");
        end(task);
    }

    @AsyncTest
    void aSenderThatGivesUpBeforeItsTurnHasSentNothing() {
        Task<?> task = serve(socket -> {
            socket.accept();
            client.deaf();
            Task<?> first = createTask(() -> socket.sendText("first"));
            sleep(Duration.ZERO);
            assertThatThrownBy(() -> timeout(seconds(1), () -> socket.sendText("second")))
                    .isInstanceOf(TimeoutException.class);
            client.hear();
            first.await();
            socket.sendText("third");
        });
        assertFrames("text:first", "text:third", "close:1000 ");
        end(task);
    }

    @AsyncTest
    void messagesOfSendersThatGiveUpDoNotPileUp() {
        Task<?> task = serve(socket -> {
            socket.accept();
            client.deaf();
            for (int i = 0; i < 100; i++) {
                String text = "" + i;
                assertThatThrownBy(() -> timeout(seconds(0.1), () -> socket.sendText(text)))
                        .isInstanceOf(TimeoutException.class);
            }
            client.hear();
        });
        assertFrames("text:0", "close:1000 ");
        end(task);
    }

    @AsyncTest
    void aHandlerThatIsCancelledWhileItSendsSaysGoodbyeAfterItsMessage() {
        Task<?> task = serve(socket -> {
            socket.accept();
            client.deaf();
            socket.sendText("x");
        });
        sleep(seconds(1));
        task.cancel();
        sleep(seconds(0.5));
        client.hear();
        assertFrames("text:x", "close:1011 ", "end");
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
    }

    // ------------------------------------------------------------------ several senders

    @AsyncTest
    void messagesOfSeveralTasksLeaveWholeAndInOrder() {
        Task<?> task = serve(socket -> taskGroup(tasks -> {
            socket.accept();
            tasks.createTask(() -> socket.sendText("a".repeat(LARGE)));
            tasks.createTask(() -> socket.sendBytes(large()));
            tasks.createTask(() -> socket.sendText("b"));
            tasks.createTask(socket::ping);
        }));
        assertThat(client.next()).startsWith("c1:");
        assertFrames("bin:" + LARGE, "text:b", "ping", "close:1000 ");
        end(task);
    }

    @AsyncTest
    void aCloseByAnotherTaskDoesNotCutTheHandshake() {
        List<Object> codes = new ArrayList<>();
        Task<?> task = serve(socket -> {
            socket.accept();
            client.deaf();
            Task<?> first = createTask(() -> socket.sendText("x"));
            Task<?> second = createTask(() -> codes.add(codeOf(() -> socket.sendText("y"))));
            sleep(Duration.ZERO);
            Task<?> third = createTask(() -> codes.add(codeOf(() -> socket.sendText("z"))));
            socket.close(4000, "enough");
            client.hear();
            first.await();
            second.await();
            third.await();
        });
        assertFrames("text:x", "text:y", "close:4000 enough");
        end(task);
        assertFrames("end");
        assertThat(codes).containsExactly(4000, "sent");
    }

    private static Object codeOf(Runnable sending) {
        try {
            sending.run();
            return "sent";
        } catch (WebSocketClosedException closed) {
            return closed.code();
        }
    }

    // ------------------------------------------------------------------ large messages

    @AsyncTest
    void othersRunWhileALargeMessageIsCompressed() {
        Task<?> task = serve(socket -> {
            Task<Integer> turns = createTask(SendingTest::countTurns);
            socket.sendText("a".repeat(4 * LARGE));
            turns.cancel();
            assertThat(turns.await()).isGreaterThanOrEqualTo(60);
        });
        assertThat(client.next()).startsWith("c1:");
        assertFrames("close:1000 ");
        end(task);
    }

    @AsyncTest
    void othersRunWhileALargeMessageIsUnpacked() {
        Task<?> task = serve(socket -> {
            socket.accept();
            Task<Integer> turns = createTask(SendingTest::countTurns);
            assertThat(socket.receiveText()).hasSize(LARGE);
            turns.cancel();
            assertThat(turns.await()).isGreaterThanOrEqualTo(15);
        });
        client.send(
                ClientFrames.frame(0xC1, ClientFrames.deflated("a".repeat(LARGE).getBytes(US_ASCII))));
        assertFrames("close:1000 ");
        end(task);
    }

    private static int countTurns() {
        int turns = 0;
        try {
            while (true) {
                sleep(Duration.ZERO);
                turns++;
            }
        } catch (CancelledError counted) {
            Task<?> self = currentTask();
            self.uncancel();
            return turns;
        }
    }

    @AsyncTest
    void aMessageThatGrowsTooLargeEndsTheSocketAtItsLimit() {
        Task<?> task = serve(socket -> assertThat(codeOf(socket::receive)).isEqualTo(1009));
        client.send(ClientFrames.frame(0xC1, ClientFrames.deflated(new byte[8 * LARGE])));
        assertFrames("close:1009 A message must not have more than 1048576 bytes", "end");
        client.endOfClient();
        task.await();
    }

    // ------------------------------------------------------------------ floods

    @AsyncTest
    void pingsAreAnsweredAsFastAsTheClientReads() {
        Task<?> task = serve(WebSocketSession::receive);
        client.deaf();
        for (int i = 0; i < 1000; i++) {
            client.send(ping("p"));
        }
        sleep(seconds(1));
        assertThat(client.unread()).isEqualTo(999);
        client.hear();
        for (int i = 0; i < 1000; i++) {
            assertFrames("pong:p");
        }
        client.send(text("x"));
        assertFrames("close:1000 ");
        end(task);
    }

    @AsyncTest
    void emptyFragmentsAreBoundedInNumber() {
        Task<?> task = serve(WebSocketSession::receive);
        client.send(ClientFrames.frame(0x01, new byte[0]));
        byte[] fragments = ClientFrames.join(
                Collections.nCopies(1000, ClientFrames.frame(0, new byte[0])).toArray(byte[][]::new));
        for (int i = 0; i < 1070; i++) {
            client.send(fragments);
        }
        assertFrames("close:1009 A message must not have more than 1048576 bytes", "end");
        client.endOfClient();
        task.await();
    }
}
