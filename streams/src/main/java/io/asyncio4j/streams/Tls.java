package io.asyncio4j.streams;

import io.asyncio4j.Asyncio;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// How connections are encrypted: who this side is, whom it trusts, which protocols it offers.
/// Immutable; one serves any number of connections, of any loop. asyncio: `ssl.SSLContext`.
///
/// Files are read once, by the first connection or server that uses this, and again by [#reload];
/// that fails with a [java.nio.file.NoSuchFileException] if one cannot be read, and with an
/// [SSLException] if it is not what it should be.
///
/// TLS is done by the JDK, or by OpenSSL where the jar `io.netty:netty-tcnative-boringssl-static`
/// is present, unless the system property `asyncio4j.tls` says `jdk` or `openssl`. Made of an
/// [SSLContext], it is always done by the JDK.
///
/// The peer's own certificate must be valid today, whoever vouches for it and whatever the trust
/// manager of an [SSLContext] says: a connection with one that has expired, or is not valid yet,
/// fails with an [SSLException] that tells the dates.
///
/// A stream of bytes must end with TLS's own farewell (`close_notify`). Where the connection ends
/// without, what came before is read, and then every method of [StreamReader] throws an
/// [SSLException] that says so: somebody between the two may have cut the rest off. See
/// [#allowingTruncation].
public final class Tls {
    static final String PROPERTY = "asyncio4j.tls";
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(60);

    /// Which TLS a channel was given.
    private static final AttributeKey<Tls> IN_USE = AttributeKey.valueOf(Tls.class, "in use");

    private final boolean client;
    private final @Nullable SSLContext given;
    private final @Nullable Path certificate;
    private final @Nullable Path key;
    private final @Nullable Path trusted;
    private final boolean requireClient;
    private final List<String> protocols;
    private final boolean truncationAllowed;

    /// This and all that were made of the same: those that are reloaded together. Weak; guarded by
    /// itself.
    private final Set<Tls> family;

    /// Made at the first use, and again when reloaded; changed while the family is locked.
    private volatile @Nullable SslContext made;

    private Tls(
            boolean client,
            @Nullable SSLContext given,
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path trusted,
            boolean requireClient,
            List<String> protocols,
            boolean truncationAllowed,
            Set<Tls> family) {
        this.client = client;
        this.given = given;
        this.certificate = certificate;
        this.key = key;
        this.trusted = trusted;
        this.requireClient = requireClient;
        this.protocols = protocols;
        this.truncationAllowed = truncationAllowed;
        this.family = family;
        synchronized (family) {
            family.add(this);
        }
    }

    private static Set<Tls> noFamily() {
        return Collections.newSetFromMap(new WeakHashMap<>());
    }

    /// Returns TLS for clients that trust what the JDK trusts. asyncio: `ssl=True`.
    public static Tls client() {
        return new Tls(true, null, null, null, null, false, List.of(), false, noFamily());
    }

    /// Returns TLS for clients, by the rules of a context. The server's name is checked all the
    /// same.
    public static Tls client(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new Tls(true, context, null, null, null, false, List.of(), false, noFamily());
    }

    /// Returns TLS for servers that prove who they are with a certificate.
    ///
    /// @param certificate a PEM file: the certificate, followed by those that vouch for it
    /// @param key a PEM file: its private key, PKCS 8, not encrypted
    public static Tls server(Path certificate, Path key) {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        return new Tls(false, null, certificate, key, null, false, List.of(), false, noFamily());
    }

    /// Returns TLS for servers, by the rules of a context.
    public static Tls server(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new Tls(false, context, null, null, null, false, List.of(), false, noFamily());
    }

    /// Returns this with the certificates to trust, instead of those the JDK trusts.
    ///
    /// @param certificates a PEM file
    /// @throws IllegalStateException if this was made of an [SSLContext], which has its own
    public Tls trusting(Path certificates) {
        Objects.requireNonNull(certificates, "certificates");
        requireNoContext("trusted certificates");
        return new Tls(
                client, null, certificate, key, certificates, requireClient, protocols, truncationAllowed, family);
    }

    /// Returns this, for a client, with a certificate that proves who it is.
    ///
    /// @param certificate a PEM file: the certificate, followed by those that vouch for it
    /// @param key a PEM file: its private key, PKCS 8, not encrypted
    /// @throws IllegalStateException if this was made of an [SSLContext], which has its own
    public Tls presenting(Path certificate, Path key) {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        requireNoContext("a certificate");
        return new Tls(client, null, certificate, key, trusted, requireClient, protocols, truncationAllowed, family);
    }

    /// Returns this, for a server, with clients required to prove who they are, with a certificate
    /// that is trusted: see [#trusting]. asyncio: `verify_mode = ssl.CERT_REQUIRED`.
    public Tls requiringClientCertificate() {
        return new Tls(client, given, certificate, key, trusted, true, protocols, truncationAllowed, family);
    }

    /// Returns this with application protocols (ALPN) to offer, best first: `h2`, `http/1.1`. Which
    /// was agreed on, [StreamWriter#applicationProtocol] says. asyncio: `set_alpn_protocols`.
    public Tls protocols(String... names) {
        return new Tls(
                client, given, certificate, key, trusted, requireClient, List.of(names), truncationAllowed, family);
    }

    /// Returns this for peers that are known to end their connections without TLS's farewell
    /// (`close_notify`): then the end of the connection is the end of the stream, as in asyncio.
    /// Only for protocols that say themselves where a message ends, as by its length: with others,
    /// whoever can cut the connection decides how much of a message is read.
    public Tls allowingTruncation() {
        return new Tls(client, given, certificate, key, trusted, requireClient, protocols, true, family);
    }

    /// Reads the files again, as when a certificate was renewed: connections that begin from now on
    /// use what they say now, those that are open go on as they are. This goes for every `Tls` that
    /// was made of this one, too, or that this one was made of. Where a file cannot be used, all
    /// goes on as before. Suspends; any task, of any loop. asyncio: `SSLContext.load_cert_chain`.
    ///
    /// @throws IllegalStateException if this was made of an [SSLContext]
    /// @throws IOException if a file cannot be read, or is not what it should be
    public void reload() throws IOException {
        requireNoContext("new files");
        Asyncio.toThread(this::reloadFamily);
    }

    private void reloadFamily() throws IOException {
        synchronized (family) {
            Map<Tls, SslContext> fresh = new HashMap<>();
            for (Tls each : family) {
                if (each.made != null) {
                    fresh.put(each, each.make());
                }
            }
            fresh.forEach((each, context) -> each.made = context);
        }
    }

    private void requireNoContext(String what) {
        if (given != null) {
            throw new IllegalStateException(
                    "Cannot give " + what + " to a Tls made of an SSLContext: set it up in the context");
        }
    }

    // ------------------------------------------------------------------ for connections

    boolean isClient() {
        return client;
    }

    private void prepare() throws IOException {
        synchronized (family) {
            if (made == null) {
                made = make();
            }
        }
    }

    /// Reads the files in a thread; suspends the calling task, if they were not read before.
    void prepareInThread() throws IOException {
        if (made == null) {
            Asyncio.toThread(this::prepare);
        }
    }

    private SslContext make() throws IOException {
        if (given != null) {
            return new JdkSslContext(
                    given,
                    client,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    alpn(),
                    requireClient ? ClientAuth.REQUIRE : ClientAuth.NONE,
                    null,
                    false);
        }
        try {
            SslContextBuilder builder =
                    client ? SslContextBuilder.forClient() : SslContextBuilder.forServer(file(certificate), file(key));
            if (client && certificate != null) {
                builder.keyManager(file(certificate), file(key));
            }
            if (client || requireClient || trusted != null) {
                builder.trustManager(DatedTrust.managerFor(trusted == null ? null : file(trusted)));
            }
            return builder.sslProvider(provider())
                    .applicationProtocolConfig(alpn())
                    .clientAuth(requireClient ? ClientAuth.REQUIRE : ClientAuth.NONE)
                    .build();
        } catch (IllegalArgumentException unreadable) {
            throw new SSLException("Cannot set up TLS with " + this + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private static java.io.File file(@Nullable Path path) throws IOException {
        Path present = Objects.requireNonNull(path);
        if (!Files.isReadable(present)) {
            throw new java.nio.file.NoSuchFileException(
                    present.toString(), null, "cannot be read; TLS needs it as a PEM file");
        }
        return present.toFile();
    }

    private @Nullable ApplicationProtocolConfig alpn() {
        return protocols.isEmpty()
                ? null
                : new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols);
    }

    private static SslProvider provider() {
        String wanted = System.getProperty(PROPERTY);
        if (wanted == null) {
            return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
        }
        return switch (wanted) {
            case "jdk" -> SslProvider.JDK;
            case "openssl" -> {
                if (!OpenSsl.isAvailable()) {
                    throw new IllegalStateException("System property " + PROPERTY
                            + " asks for openssl, which is not there: add io.netty:netty-tcnative-boringssl-static"
                            + " with the classifier of your platform");
                }
                yield SslProvider.OPENSSL;
            }
            default ->
                throw new IllegalArgumentException(
                        "System property " + PROPERTY + " must be jdk or openssl, not '" + wanted + "'");
        };
    }

    /// Puts TLS at the beginning of a channel's pipeline.
    ///
    /// @param serverName whom a client expects; null for the host of the address
    void addTo(Channel channel, @Nullable String serverName, @Nullable SocketAddress peer, Duration timeout) {
        channel.attr(IN_USE).set(this);
        channel.pipeline().addFirst(newHandler(channel, serverName, peer, timeout));
    }

    private SslHandler newHandler(
            Channel channel, @Nullable String serverName, @Nullable SocketAddress peer, Duration timeout) {
        SslContext context = Objects.requireNonNull(made, "prepareInThread() comes first");
        String host = serverName;
        int port = -1;
        if (peer instanceof InetSocketAddress inet) {
            host = host == null ? inet.getHostString() : host;
            port = inet.getPort();
        }
        SslHandler handler = client && host != null
                ? context.newHandler(channel.alloc(), host, port)
                : context.newHandler(channel.alloc());
        if (client) {
            SSLParameters parameters = handler.engine().getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            handler.engine().setSSLParameters(parameters);
        }
        handler.setHandshakeTimeoutMillis(timeout.toMillis());
        Farewell.expectOf(handler);
        return handler;
    }

    /// Returns whether the stream of a channel may end without TLS's farewell.
    static boolean mayBeTruncated(Channel channel) {
        Tls tls = channel.attr(IN_USE).get();
        return tls == null || tls.truncationAllowed;
    }

    /// Returns which side this is for, the files it uses, and whether truncation is allowed.
    @Override
    public String toString() {
        return "Tls[" + (client ? "client" : "server")
                + (certificate == null ? "" : ", certificate=" + certificate)
                + (key == null ? "" : ", key=" + key)
                + (trusted == null ? "" : ", trusting=" + trusted)
                + (truncationAllowed ? ", allowingTruncation" : "") + "]";
    }
}
