package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A peer made of the JDK's own sockets, which can do what a [StreamWriter] would not.
final class RawPeer implements Closeable {
    private final ServerSocket listening;
    private final List<Closeable> opened = new ArrayList<>();

    RawPeer() throws IOException {
        this("127.0.0.1", 0, 50);
    }

    RawPeer(String host, int port, int backlog) throws IOException {
        listening = new ServerSocket(port, backlog, InetAddress.ofLiteral(host));
        opened.add(listening);
    }

    /// Returns one that listens, but whose queue is full, so that no further connection gets an
    /// answer.
    static RawPeer unanswering(String host, int port) throws IOException {
        RawPeer peer = new RawPeer(host, port, 1);
        for (int i = 0; i < 6; i++) {
            SocketChannel waiting = SocketChannel.open();
            waiting.configureBlocking(false);
            waiting.connect(new InetSocketAddress(InetAddress.ofLiteral(host), peer.port()));
            peer.opened.add(waiting);
        }
        return peer;
    }

    int port() {
        return listening.getLocalPort();
    }

    /// Waits for a connection, in a thread.
    Socket accept() throws IOException {
        return Asyncio.toThread(() -> {
            Socket socket = listening.accept();
            opened.add(socket);
            return socket;
        });
    }

    /// Ends a connection so that the other side sees a reset.
    static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : opened) {
            each.close();
        }
    }
}
