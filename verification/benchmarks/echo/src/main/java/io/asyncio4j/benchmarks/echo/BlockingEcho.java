package io.asyncio4j.benchmarks.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Echoes with blocking calls, on a virtual thread for each connection: `BlockingEcho PORT`.
final class BlockingEcho {
    private static final int BUFFER_BYTES = 16 * 1024;

    private BlockingEcho() {}

    /// Runs it.
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        try (var server = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress())) {
            IO.println("listening " + port);
            while (true) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = socket.getInputStream();
            var out = socket.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n; (n = in.read(buffer)) >= 0; ) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            System.err.println("connection lost: " + e);
        }
    }
}
