package io.asyncio4j.streams.netty;

import io.asyncio4j.Asyncio;
import io.asyncio4j.streams.bytes.Encryption;
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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// TLS for the pipelines of channels, by the JDK or by OpenSSL.
public final class TlsHandlers implements Encryption {
    public static final String PROPERTY = "asyncio4j.tls";

    /// The TLS that a channel was given.
    private static final AttributeKey<TlsHandlers> IN_USE = AttributeKey.valueOf(TlsHandlers.class, "in use");

    private final TlsRules rules;

    /// This and all that were made of the same: those that are reloaded together. Weak; guarded by
    /// itself.
    private final Set<TlsHandlers> family;

    /// Made at the first use, and again when reloaded; changed while the family is locked.
    private volatile @Nullable SslContext made;

    public TlsHandlers(TlsRules rules) {
        this(rules, Collections.newSetFromMap(new WeakHashMap<>()));
    }

    private TlsHandlers(TlsRules rules, Set<TlsHandlers> family) {
        this.rules = rules;
        this.family = family;
        synchronized (family) {
            family.add(this);
        }
    }

    /// Returns TLS by other rules, which is reloaded together with this.
    public TlsHandlers with(TlsRules changed) {
        return new TlsHandlers(changed, family);
    }

    public TlsRules rules() {
        return rules;
    }

    /// Reads the files again, for all of the family that have read theirs. Suspends.
    public void reload() throws IOException {
        Asyncio.toThread(this::reloadFamily);
    }

    private void reloadFamily() throws IOException {
        synchronized (family) {
            Map<TlsHandlers, SslContext> fresh = new HashMap<>();
            for (TlsHandlers each : family) {
                if (each.made != null) {
                    fresh.put(each, each.make());
                }
            }
            fresh.forEach((each, context) -> each.made = context);
        }
    }

    private void prepare() throws IOException {
        synchronized (family) {
            if (made == null) {
                made = make();
            }
        }
    }

    @Override
    public void prepareInThread() throws IOException {
        if (made == null) {
            Asyncio.toThread(this::prepare);
        }
    }

    private SslContext make() throws IOException {
        if (rules.given() != null) {
            return new JdkSslContext(
                    rules.given(),
                    rules.client(),
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    alpn(),
                    rules.requireClient() ? ClientAuth.REQUIRE : ClientAuth.NONE,
                    null,
                    false);
        }
        try {
            SslContextBuilder builder = rules.client()
                    ? SslContextBuilder.forClient()
                    : SslContextBuilder.forServer(file(rules.certificate()), file(rules.key()));
            if (rules.client() && rules.certificate() != null) {
                builder.keyManager(file(rules.certificate()), file(rules.key()));
            }
            if (rules.client() || rules.requireClient() || rules.trusted() != null) {
                builder.trustManager(DatedTrust.managerFor(rules.trusted() == null ? null : file(rules.trusted())));
            }
            return builder.sslProvider(provider())
                    .applicationProtocolConfig(alpn())
                    .clientAuth(rules.requireClient() ? ClientAuth.REQUIRE : ClientAuth.NONE)
                    .build();
        } catch (IllegalArgumentException unreadable) {
            throw new SSLException("Cannot set up TLS with " + rules + ": " + unreadable.getMessage(), unreadable);
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
        return rules.protocols().isEmpty()
                ? null
                : new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        rules.protocols());
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

    @Override
    public void addTo(Channel channel, @Nullable String serverName, @Nullable SocketAddress peer, Duration timeout) {
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
        SslHandler handler = rules.client() && host != null
                ? context.newHandler(channel.alloc(), host, port)
                : context.newHandler(channel.alloc());
        if (rules.client()) {
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
        TlsHandlers tls = channel.attr(IN_USE).get();
        return tls == null || tls.rules.truncationAllowed();
    }
}
