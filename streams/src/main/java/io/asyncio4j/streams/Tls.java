package io.asyncio4j.streams;

import io.asyncio4j.streams.bytes.Encryption;
import io.asyncio4j.streams.netty.TlsHandlers;
import io.asyncio4j.streams.netty.TlsRules;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// Rules of encryption: who this side is, whom it trusts, which protocols it offers.
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
    private final TlsHandlers handlers;

    private Tls(TlsRules rules) {
        this(new TlsHandlers(rules));
    }

    private Tls(TlsHandlers handlers) {
        this.handlers = handlers;
    }

    /// Returns TLS for clients that trust what the JDK trusts. asyncio: `ssl=True`.
    public static Tls client() {
        return new Tls(TlsRules.ofContext(true, null));
    }

    /// Returns TLS for clients, by the rules of a context. The server's name is checked all the
    /// same.
    public static Tls client(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new Tls(TlsRules.ofContext(true, context));
    }

    /// Returns TLS for servers that prove who they are with a certificate.
    ///
    /// @param certificate a PEM file: the certificate, followed by those that vouch for it
    /// @param key a PEM file: its private key, PKCS 8, not encrypted
    public static Tls server(Path certificate, Path key) {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        return new Tls(TlsRules.ofServer(certificate, key));
    }

    /// Returns TLS for servers, by the rules of a context.
    public static Tls server(SSLContext context) {
        Objects.requireNonNull(context, "context");
        return new Tls(TlsRules.ofContext(false, context));
    }

    /// Returns this with the certificates to trust, instead of those the JDK trusts.
    ///
    /// @param certificates a PEM file
    /// @throws IllegalStateException if this was made of an [SSLContext], which has its own
    public Tls trusting(Path certificates) {
        Objects.requireNonNull(certificates, "certificates");
        requireNoContext("trusted certificates");
        return with(rules().trusting(certificates));
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
        return with(rules().presenting(certificate, key));
    }

    /// Returns this, for a server, with clients required to prove who they are, with a certificate
    /// that is trusted: see [#trusting]. asyncio: `verify_mode = ssl.CERT_REQUIRED`.
    public Tls requiringClientCertificate() {
        return with(rules().requiringClientCertificate());
    }

    /// Returns this with application protocols (ALPN) to offer, best first: `h2`, `http/1.1`. Which
    /// was agreed on, [StreamWriter#applicationProtocol] says. asyncio: `set_alpn_protocols`.
    public Tls protocols(String... names) {
        return with(rules().offering(List.of(names)));
    }

    /// Returns this for peers that are known to end their connections without TLS's farewell
    /// (`close_notify`): then the end of the connection is the end of the stream, as in asyncio.
    /// Only for protocols that say themselves where a message ends, as by its length: with others,
    /// whoever can cut the connection decides how much of a message is read.
    public Tls allowingTruncation() {
        return with(rules().allowingTruncation());
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
        handlers.reload();
    }

    private Tls with(TlsRules changed) {
        return new Tls(handlers.with(changed));
    }

    private TlsRules rules() {
        return handlers.rules();
    }

    private void requireNoContext(String what) {
        if (rules().given() != null) {
            throw new IllegalStateException(
                    "Cannot give " + what + " to a Tls made of an SSLContext: set it up in the context");
        }
    }

    boolean isClient() {
        return rules().client();
    }

    /// Returns what encrypts connections by these rules.
    Encryption encryption() {
        return handlers;
    }

    /// Returns which side this is for, the files it uses, and whether truncation is allowed.
    @Override
    public String toString() {
        return rules().toString();
    }
}
