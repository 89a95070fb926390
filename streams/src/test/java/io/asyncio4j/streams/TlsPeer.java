package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// A peer that speaks TLS by the JDK's blocking sockets, in threads, and ends its connection in
/// ways that a [StreamWriter] does not know.
final class TlsPeer implements AutoCloseable {
    /// The socket below TLS, by which the connection can be ended without a word of TLS.
    final Socket socket;

    private final SSLSocket tls;

    private TlsPeer(Socket socket, SSLSocket tls) {
        this.socket = socket;
        this.tls = tls;
    }

    /// Connects to a server; suspends.
    static TlsPeer connect(int port, String protocol) throws Exception {
        return Asyncio.toThread(() -> {
            Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
            SSLSocket tls = (SSLSocket) trustingAll().getSocketFactory().createSocket(socket, "localhost", port, false);
            tls.setEnabledProtocols(new String[] {protocol});
            tls.startHandshake();
            return new TlsPeer(socket, tls);
        });
    }

    /// Accepts a connection as a server; suspends.
    static TlsPeer accept(RawPeer listening, String protocol) throws Exception {
        Socket socket = listening.accept();
        return Asyncio.toThread(() -> serve(socket, new byte[0], protocol));
    }

    /// Makes a connection a server's end of TLS; blocks.
    ///
    /// @param consumed what was read of it before
    static TlsPeer serve(Socket socket, byte[] consumed, String protocol) throws Exception {
        SSLContext context = Certificates.server().context(null);
        SSLSocket tls =
                (SSLSocket) context.getSocketFactory().createSocket(socket, new ByteArrayInputStream(consumed), false);
        tls.setEnabledProtocols(new String[] {protocol});
        tls.startHandshake();
        return new TlsPeer(socket, tls);
    }

    /// Returns a context that trusts everybody.
    static SSLContext trustingAll() throws GeneralSecurityException {
        X509TrustManager all = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {all}, null);
        return context;
    }

    void write(String text) throws IOException {
        tls.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        tls.getOutputStream().flush();
    }

    int read() throws IOException {
        return tls.getInputStream().read();
    }

    /// Ends the connection's direction to the other side, without TLS's farewell.
    void cut() throws IOException {
        socket.shutdownOutput();
    }

    /// Says TLS's farewell, and ends the connection.
    void farewell() throws IOException {
        tls.shutdownOutput();
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
