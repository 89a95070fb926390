package io.asyncio4j.web.websocket;

import static io.asyncio4j.Asyncio.createFuture;
import static io.asyncio4j.Asyncio.createTask;
import static io.asyncio4j.Asyncio.runningLoop;
import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.web.websocket.ClientFrames.close;
import static io.asyncio4j.web.websocket.ClientFrames.pong;
import static io.asyncio4j.web.websocket.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.CancelledError;
import io.asyncio4j.Task;
import io.asyncio4j.testing.AsyncTest;
import io.asyncio4j.web.Headers;
import io.asyncio4j.web.Limits;
import io.asyncio4j.web.WebSocketClosedException;
import io.asyncio4j.web.WebSocketHandler;
import io.asyncio4j.web.WebSocketSession;
import io.asyncio4j.web.http.HttpError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class SessionEndTest {
    private static final WebSocketHandler STUCK = socket -> {
        socket.accept();
        createFuture().await();
    };

    private final MemoryExchange client = new MemoryExchange(Headers.empty());
    private final List<String> ends = new ArrayList<>();

    private final WebSocketHandler receiver = socket -> {
        try {
            while (true) {
                ends.add(socket.receiveText());
            }
        } catch (WebSocketClosedException closed) {
            ends.add("" + closed.code());
            throw closed;
        } finally {
            ends.add("at " + seconds());
        }
    };

    private Task<?> serve(WebSocketHandler handler) {
        Task<?> task = createTask("socket", () -> client.serve(Limits.defaults(), handler));
        client.task = task;
        return task;
    }

    private static long seconds() {
        return runningLoop().timeAsDuration().toSeconds();
    }

    // ------------------------------------------------------------------ the handler ends

    @AsyncTest
    void aHandlerThatReturnsClosesAndWaitsForTheClient() {
        Task<?> task = serve(socket -> socket.sendText("bye"));
        assertThat(client.next()).isEqualTo("text:bye");
        assertThat(client.next()).isEqualTo("close:1000 ");
        sleep(Duration.ofSeconds(1));
        assertThat(task.isDone()).isFalse();
        client.send(text("ignored"), close(1000));
        task.await();
        assertThat(client.next()).isEqualTo("end");
    }

    @AsyncTest
    void aClientThatDoesNotAnswerIsNotWaitedForLong() {
        long began = seconds();
        serve(WebSocketSession::accept).await();
        assertThat(seconds() - began).isEqualTo(3);
        assertThat(client.serverEnded).isFalse();
    }

    @AsyncTest
    void norIsOneThatDoesNotRead() {
        long began = seconds();
        client.deaf();
        Task<?> task = serve(WebSocketSession::accept);
        task.await();
        assertThat(seconds() - began).isEqualTo(3);
    }

    @AsyncTest
    void aHandlerThatFailsClosesWithAnError() {
        Task<?> task = serve(socket -> {
            socket.accept();
            throw new IllegalStateException("broken");
        });
        assertThat(client.next()).isEqualTo("close:1011 ");
        client.send(close(1011));
        assertThatThrownBy(task::await).hasMessage("broken");
    }

    @AsyncTest
    void aFailureIsThrownThoughTheClientLeaves() {
        Task<?> task = serve(socket -> {
            socket.accept();
            throw new IllegalStateException("broken");
        });
        assertThat(client.next()).isEqualTo("close:1011 ");
        client.leave();
        assertThatThrownBy(task::await).hasMessage("broken");
    }

    @AsyncTest
    void aHandlerMayRefuse() {
        serve(socket -> {
                    socket.close();
                    assertThatThrownBy(socket::receive).isInstanceOf(WebSocketClosedException.class);
                })
                .await();
        assertThat(client.status).isEqualTo(403);
    }

    @AsyncTest
    void anErrorBeforeTheHandshakeIsLeftToTheCaller() {
        Task<?> task = serve(_ -> {
            throw new HttpError(401, "Who are you?");
        });
        assertThatThrownBy(task::await).hasMessage("Who are you?");
        assertThat(client.hasBegun()).isFalse();
    }

    @AsyncTest
    void theSessionIsOfNoUseAfterwards() {
        List<WebSocketSession> kept = new ArrayList<>();
        Task<?> task = serve(socket -> {
            socket.accept();
            kept.add(socket);
        });
        client.send(close(1000));
        task.await();
        assertThatThrownBy(() -> kept.getFirst().sendText("x")).isInstanceOf(WebSocketClosedException.class);
        assertThatThrownBy(() -> kept.getFirst().receive()).isInstanceOf(WebSocketClosedException.class);
    }

    // ------------------------------------------------------------------ the client ends

    @AsyncTest
    void whatCameBeforeTheEndIsReceived() {
        Task<?> task = serve(receiver);
        client.send(text("a"), text("b"));
        client.endOfClient();
        task.await();
        assertThat(ends).startsWith("a", "b", "1006");
    }

    @AsyncTest
    void aClientThatLeavesCancelsTheHandler() {
        Task<?> task = serve(STUCK);
        sleep(Duration.ofSeconds(1));
        client.leave();
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
    }

    @AsyncTest
    void aHandlerThatNeverReceivesEndsAsWell() {
        long began = seconds();
        Task<?> task = serve(STUCK);
        client.send(close(1000));
        assertThat(client.next()).isEqualTo("close:1000 ");
        assertThat(client.next()).isEqualTo("end");
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        assertThat(seconds() - began).isEqualTo(3);
    }

    @AsyncTest
    void oneThatKnowsOfTheEndIsLeftAlone() {
        Task<?> task = serve(socket -> {
            assertThatThrownBy(socket::receive).hasMessage("The WebSocket is closed with code 1000");
            sleep(Duration.ofMinutes(1));
            ends.add("tidied up");
        });
        client.send(close(1000));
        task.await();
        assertThat(ends).containsExactly("tidied up");
    }

    @AsyncTest
    void aSilentClientIsPingedAndThenGone() {
        long began = seconds();
        Task<?> task = serve(receiver);
        for (int i = 0; i < 3; i++) {
            assertThat(client.next()).isEqualTo("ping");
            client.send(pong());
        }
        assertThat(seconds() - began).isEqualTo(60);
        assertThat(client.next()).isEqualTo("ping");
        task.await();
        assertThat(ends).containsExactly("1006", "at " + (began + 100));
        assertThat(client.serverEnded).isFalse();
    }

    @AsyncTest
    void aPingThatTheClientHasNotTakenAsksForNoAnswer() {
        Task<?> task = serve(receiver);
        sleep(Duration.ofSeconds(1));
        client.deaf();
        sleep(Duration.ofSeconds(50));
        assertThat(ends).isEmpty();
        client.hear();
        assertThat(client.next()).isEqualTo("ping");
        client.send(pong(), close(1000));
        task.await();
        assertThat(ends).startsWith("1000");
    }

    @AsyncTest
    void aClientThatIsNotReadFromIsNotGone() {
        Task<?> task = serve(socket -> {
            socket.accept();
            sleep(Duration.ofMinutes(5));
            assertThat(socket.texts()).hasSize(100);
        });
        for (int i = 0; i < 100; i++) {
            client.send(text("x"));
        }
        client.send(close(1000));
        task.await();
    }

    // ------------------------------------------------------------------ the server ends

    @AsyncTest
    void theServerGoesAway() {
        Task<?> task = serve(receiver);
        client.send(text("a"));
        sleep(Duration.ofSeconds(1));
        client.shutDown();
        client.send(text("late"), close(1001));
        assertThat(client.next()).isEqualTo("close:1001 ");
        task.await();
        assertThat(ends).startsWith("a", "1001");
        assertThat(client.next()).isEqualTo("end");
    }

    @AsyncTest
    void aShutdownEndsWhoeverDoesNotListen() {
        long began = seconds();
        Task<?> task = serve(socket -> {
            while (true) {
                socket.sendText("x");
            }
        });
        client.deaf();
        sleep(Duration.ofSeconds(1));
        client.shutDown();
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        assertThat(seconds() - began).isEqualTo(4);
    }

    @AsyncTest
    void aSocketThatBeginsDuringAShutdownIsRefused() {
        client.shutDown();
        serve(socket -> assertThatThrownBy(socket::receive).hasMessage("The WebSocket is closed with code 1001"))
                .await();
        assertThat(client.status).isEqualTo(503);
    }

    @AsyncTest
    void aCancelledHandlerSaysSo() {
        Task<?> task = serve(STUCK);
        sleep(Duration.ofSeconds(1));
        task.cancel();
        assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        assertThat(client.next()).isEqualTo("close:1011 ");
        assertThat(client.next()).isEqualTo("end");
    }
}
