package io.asyncio4j.benchmarks.echo;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.transport.Transport;
import java.util.concurrent.CountDownLatch;

/// Echoes in a Vert.x verticle, with one event loop:
/// `VertxEcho PORT nio|epoll|io_uring event-loop|virtual-thread`.
final class VertxEcho {
    private VertxEcho() {}

    /// Runs it.
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        boolean virtual = arguments[2].equals("virtual-thread");
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setEventLoopPoolSize(1))
                .withTransport(transport(arguments[1]))
                .build();
        var options = new DeploymentOptions()
                .setThreadingModel(virtual ? ThreadingModel.VIRTUAL_THREAD : ThreadingModel.EVENT_LOOP);
        vertx.deployVerticle(virtual ? new Waiting(port) : new Reacting(port), options)
                .onSuccess(_ -> IO.println("listening " + port))
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
        new CountDownLatch(1).await(); // what Vert.x starts for virtual threads does not keep the JVM alive
    }

    private static Transport transport(String name) {
        Transport transport = switch (name) {
            case "nio" -> Transport.NIO;
            case "epoll" -> Transport.EPOLL;
            case "io_uring" -> Transport.IO_URING;
            default -> throw new IllegalArgumentException("No such transport: " + name);
        };
        if (!transport.available()) { // Vert.x would fall back on NIO
            throw new IllegalStateException("Vert.x cannot use " + name + " here", transport.unavailabilityCause());
        }
        return transport;
    }

    /// Its handlers run on the event loop.
    private static class Reacting extends VerticleBase {
        private final int port;

        Reacting(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            var options = new NetServerOptions().setAcceptBacklog(1024).setTcpNoDelay(true);
            return vertx.createNetServer(options).connectHandler(this::echo).listen(port, "127.0.0.1");
        }

        void echo(NetSocket socket) {
            socket.handler(data -> {
                socket.write(data);
                if (socket.writeQueueFull()) {
                    socket.pause().drainHandler(_ -> socket.resume());
                }
            });
        }
    }

    /// Its handlers run on virtual threads and may wait.
    private static final class Waiting extends Reacting {
        Waiting(int port) {
            super(port);
        }

        @Override
        void echo(NetSocket socket) {
            socket.handler(data -> {
                Future<Void> written = socket.write(data);
                if (socket.writeQueueFull()) {
                    written.await();
                }
            });
        }
    }
}
