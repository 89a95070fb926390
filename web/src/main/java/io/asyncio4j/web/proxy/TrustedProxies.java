package io.asyncio4j.web.proxy;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses from which a server believes what a proxy says of its client. Immutable.
public final class TrustedProxies {
    public static final TrustedProxies NONE = of(List.of());

    private static final String UNIX = "unix:";
    private static final String ALL = "*";

    private final List<String> names;
    private final List<Network> networks = new ArrayList<>();

    private TrustedProxies(List<String> names) {
        this.names = names;
    }

    /// The addresses that have the first bits in common.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Network(byte[] address, int bits) {
        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (isSet(other, bit) != isSet(address, bit)) {
                    return false;
                }
            }
            return true;
        }

        boolean hasFurtherBits() {
            for (int bit = bits; bit < address.length * Byte.SIZE; bit++) {
                if (isSet(address, bit)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isSet(byte[] address, int bit) {
            return (address[bit / Byte.SIZE] & 0x80 >> bit % Byte.SIZE) != 0;
        }
    }

    /// Returns the addresses of those names.
    ///
    /// @throws IllegalArgumentException if a name is none of what
    ///     [io.asyncio4j.web.ServeOptions#proxyHeaders] takes
    public static TrustedProxies of(List<String> names) {
        TrustedProxies trusted = new TrustedProxies(List.copyOf(names));
        for (String name : names) {
            if (!name.equals(UNIX) && !name.equals(ALL)) {
                trusted.networks.add(network(name));
            }
        }
        return trusted;
    }

    private static Network network(String name) {
        int slash = name.indexOf('/');
        InetAddress address = address(slash < 0 ? name : name.substring(0, slash));
        if (address != null) {
            byte[] bytes = address.getAddress();
            int all = bytes.length * Byte.SIZE;
            int bits = slash < 0 ? all : bits(name.substring(slash + 1), all);
            Network network = new Network(bytes, bits);
            if (bits >= 0 && network.hasFurtherBits()) {
                throw new IllegalArgumentException(
                        "The network of trusted proxies '" + name + "' has bits beyond its first " + bits
                                + "; leave them 0, or give the address without a slash");
            }
            if (bits >= 0) {
                return network;
            }
        }
        throw new IllegalArgumentException("A trusted proxy must be an IP address, a network such as 10.0.0.0/8,"
                + " 'unix:' for a Unix socket, or '*' for all, but is '" + name + "'");
    }

    private static int bits(String digits, int most) {
        int bits = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        return bits <= most ? bits : -1;
    }

    /// Returns the address that a text says in digits; null if it is none. Asks no name server.
    public static @Nullable InetAddress address(String text) {
        if (text.indexOf('%') >= 0 || !(NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text))) {
            return null;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            return null;
        }
    }

    // ------------------------------------------------------------------ asked

    public List<String> names() {
        return names;
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /// Returns whether a client of a Unix socket is trusted.
    public boolean hasUnix() {
        return names.contains(UNIX) || names.contains(ALL);
    }

    public boolean has(InetAddress address) {
        if (names.contains(ALL)) {
            return true;
        }
        byte[] bytes = address.getAddress();
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }
}
