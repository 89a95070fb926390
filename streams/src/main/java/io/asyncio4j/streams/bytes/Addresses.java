package io.asyncio4j.streams.bytes;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// The addresses of sockets, in the JDK's types.
public final class Addresses {
    private Addresses() {}

    /// Returns an address as every transport should give it: without a host's name, which only some
    /// know, and none for a Unix socket without a path.
    public static @Nullable SocketAddress of(@Nullable SocketAddress nettys) {
        return switch (nettys) {
            case InetSocketAddress inet
            when inet.getAddress() != null -> new InetSocketAddress(withoutName(inet.getAddress()), inet.getPort());
            case DomainSocketAddress unix -> unix.path().isEmpty() ? null : UnixDomainSocketAddress.of(unix.path());
            case UnixDomainSocketAddress unix when unix.getPath().toString().isEmpty() -> null;
            case null, default -> nettys;
        };
    }

    /// Returns an address for messages, such as `127.0.0.1:80`.
    public static String text(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return String.valueOf(address);
        }
        InetAddress host = inet.getAddress();
        String text = host == null ? inet.getHostString() : host.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + inet.getPort();
    }

    private static InetAddress withoutName(InetAddress address) {
        try {
            return address instanceof Inet6Address scoped && scoped.getScopeId() != 0
                    ? Inet6Address.getByAddress(null, scoped.getAddress(), scoped.getScopeId())
                    : InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
