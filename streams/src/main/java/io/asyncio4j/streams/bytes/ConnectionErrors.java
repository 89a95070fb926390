package io.asyncio4j.streams.bytes;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// The errors of connections as the JDK's exceptions, whichever transport they come from.
public final class ConnectionErrors {
    private static final StackTraceElement[] NO_TRACE = {};

    /// What failures say that a peer or the network has caused: those made here, and the system's.
    private static final List<String> PEERS =
            List.of("the peer", "reset", "broken pipe", "timed out", "unreachable", "no route");

    private static final int BRIEF = 200;

    private ConnectionErrors() {}

    /// Returns `failure` as of the calling task: its stack trace shows who is told.
    public static IOException here(IOException failure) {
        String message = failure.getMessage();
        IOException told = switch (failure) {
            case SSLHandshakeException _ -> new SSLHandshakeException(message);
            case SSLException _ -> new SSLException(message);
            case BindException _ -> new BindException(message);
            case ConnectException _ -> new ConnectException(message);
            case NoRouteToHostException _ -> new NoRouteToHostException(message);
            case PortUnreachableException _ -> new PortUnreachableException(message);
            case SocketException _ -> new SocketException(message);
            case SocketTimeoutException _ -> new SocketTimeoutException(message);
            default -> new IOException(message);
        };
        if (failure.getCause() != null) {
            told.initCause(failure.getCause());
        }
        return told;
    }

    /// Returns what a transport threw, on a connection that was established.
    public static IOException ofConnection(Throwable thrown, @Nullable SocketAddress peer) {
        Throwable cause = thrown.getCause();
        if (thrown instanceof SSLException ssl) {
            return ofTls(ssl, peer);
        }
        if (cause instanceof SSLException ssl) {
            return ofTls(ssl, peer);
        }
        String text = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        String with = peer == null ? "" : " with " + peer;
        if (text.contains("reset")) {
            return withCause(new SocketException("The connection" + with + " was reset by the peer"), thrown);
        }
        if (text.contains("broken pipe")) {
            return withCause(
                    new SocketException("The peer does not read the connection" + with + " any longer"), thrown);
        }
        return thrown instanceof IOException io
                ? io
                : withCause(new IOException("The connection" + with + " failed: " + thrown), thrown);
    }

    /// Returns whether a connection's failure comes from the peer or from the network to it, and
    /// not from this program or this machine.
    static boolean areOfPeer(IOException failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof SSLException
                || failure instanceof SocketTimeoutException
                || PEERS.stream().anyMatch(text::contains);
    }

    /// Returns the first line of a failure's message, which may repeat what a peer sent, shortened.
    public static String brief(Throwable failure) {
        String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return line.length() <= BRIEF ? line : line.substring(0, BRIEF) + "...";
    }

    /// Returns what TLS threw, with the words of what happened in the first place: what is thrown
    /// for that differs, and may say nothing.
    private static SSLException ofTls(SSLException thrown, @Nullable SocketAddress peer) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        String text = "TLS" + (peer == null ? "" : " with " + peer) + " failed: " + first.getMessage();
        return withCause(
                thrown instanceof SSLHandshakeException ? new SSLHandshakeException(text) : new SSLException(text),
                thrown);
    }

    /// Returns what to throw at the end of a stream that TLS did not end.
    public static SSLException ofTruncation(String connection) {
        return new SSLException("The stream of " + connection + " was truncated: the peer ended it without TLS's"
                + " close_notify, so the last of what it sent may be missing; if the peer is known to end so, and"
                + " messages tell their length, use Tls.allowingTruncation()");
    }

    /// Returns what a transport threw when it was to connect.
    ///
    /// @param local the address to connect from, if one was asked for
    public static IOException ofConnecting(
            Throwable thrown, String target, SocketAddress address, @Nullable SocketAddress local) {
        boolean same = address.toString().contains(target) || !(address instanceof InetSocketAddress);
        String where = "Cannot connect to " + target + (same ? "" : " at " + address);
        String text = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("refused")) {
            return withCause(new ConnectException(where + ": nobody listens there (connection refused)"), thrown);
        }
        if (local != null && text.contains("assign")) {
            return withCause(
                    new BindException(where + ": this machine does not have the address " + local + " to connect from"),
                    thrown);
        }
        if (text.contains("reset")) {
            return withCause(new SocketException(where + ": the peer reset the connection"), thrown);
        }
        if (text.contains("too long")) {
            return withCause(new SocketException(where + ": the path is too long for a socket"), thrown);
        }
        if (thrown instanceof FileNotFoundException || text.contains("no such file")) {
            return withCause(new ConnectException(where + ": there is no such socket"), thrown);
        }
        if (text.contains("route") || text.contains("unreachable")) {
            return withCause(new NoRouteToHostException(where + ": there is no route to it"), thrown);
        }
        return withCause(new SocketException(where + ": " + thrown), thrown);
    }

    /// Returns what to throw when there is no host of a name.
    public static UnknownHostException unknownHost(String host, UnknownHostException cause) {
        return withCause(new UnknownHostException("The host name '" + host + "' does not resolve"), cause);
    }

    /// Returns what a transport threw when it was to listen.
    public static IOException ofListening(Throwable thrown, SocketAddress address) {
        String text = String.valueOf(thrown.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        boolean file = !(address instanceof InetSocketAddress);
        String why = text;
        if (lower.contains("in use")) {
            why = file
                    ? "there is such a file already, which is not a socket"
                    : "the port is in use; choose another, or end who listens there";
        } else if (lower.contains("denied")) {
            why = file ? "permission denied" : "permission denied; ports below 1024 may need privileges";
        } else if (lower.contains("assign")) {
            why = "this machine does not have that address";
        } else if (lower.contains("too long")) {
            why = "the path is too long for a socket";
        } else if (lower.contains("no such file")) {
            why = "its folder does not exist";
        }
        return withCause(new BindException("Cannot listen on " + address + ": " + why), thrown);
    }

    /// Returns what a transport threw when a datagram was to be sent, or what the system reported
    /// of one that was.
    public static IOException ofDatagram(Throwable thrown, @Nullable SocketAddress peer) {
        String text = String.valueOf(thrown.getMessage());
        String lower = text.toLowerCase(Locale.ROOT);
        String to = peer == null ? "" : " to " + peer;
        if (thrown instanceof PortUnreachableException || lower.contains("refused")) {
            return withCause(
                    new PortUnreachableException(
                            "A datagram" + to + " came to a port where nobody receives (port unreachable)"),
                    thrown);
        }
        if (lower.contains("too long") || lower.contains("too large")) {
            return withCause(new SocketException("A datagram" + to + " was too large for the network"), thrown);
        }
        return withCause(
                new SocketException(
                        peer == null
                                ? "Receiving datagrams failed: " + text
                                : "A datagram" + to + " could not be sent: " + text),
                thrown);
    }

    /// Returns what to throw when a thread uses something whose loop runs in another one.
    ///
    /// @param what was tried, such as `write to`
    public static IllegalStateException notHeld(String what, String subject) {
        return new IllegalStateException("Cannot " + what + " " + subject + " from " + Thread.currentThread()
                + ": its event loop runs in another thread; use callSoonThreadsafe(...)");
    }

    public static <E extends Exception> E withCause(E exception, Throwable cause) {
        exception.initCause(cause);
        if (!(cause instanceof SSLException)) {
            withoutTrace(cause);
        }
        return exception;
    }

    /// Where on the loop a system call failed is of no interest: the program waited elsewhere.
    private static void withoutTrace(Throwable transports) {
        for (Throwable each = transports; each != null; each = each.getCause()) {
            each.setStackTrace(NO_TRACE);
        }
    }

    /// Sees to it that the peer does not take the end of the connection for the end of what was to
    /// be sent.
    public static void refuseProperEnd(Channel channel) {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0); // Unix sockets have no such thing
        } catch (ChannelException none) {
            // the system has closed it already
        }
    }
}
