package io.asyncio4j.streams.netty;

import io.asyncio4j.streams.bytes.ConnectionErrors;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// A trust manager that also has the peer's own certificate be valid today.
///
/// The JDK trusts a certificate that is itself among the trusted ones without a look at its dates.
/// As this looks in the handshake, the peer is told that it failed. Where the trust manager is the
/// program's own, [#problemWith] looks when the handshake has ended.
final class DatedTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager trusting;

    private DatedTrust(X509ExtendedTrustManager trusting) {
        this.trusting = trusting;
    }

    /// Returns who decides whom to trust.
    ///
    /// @param certificates a PEM file; null for those that the JDK trusts
    static TrustManager managerFor(@Nullable File certificates) throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(certificates == null ? null : storeOf(certificates));
            TrustManager manager = factory.getTrustManagers()[0];
            return manager instanceof X509ExtendedTrustManager extended ? new DatedTrust(extended) : manager;
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "the trusted certificates cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static KeyStore storeOf(File file) throws IOException, GeneralSecurityException {
        InputStream content = new ByteArrayInputStream(Files.readAllBytes(file.toPath())); // it reads byte by byte
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(content);
        if (certificates.isEmpty()) {
            throw new CertificateException("there is none in " + file);
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate each : certificates) {
            store.setCertificateEntry(String.valueOf(number++), each);
        }
        return store;
    }

    /// Returns why the peer of an engine that has ended its handshake cannot be trusted today; null
    /// if it can, or has shown no certificate.
    static @Nullable SSLException problemWith(SSLEngine engine) {
        try {
            check(engine.getSession().getPeerCertificates());
            return null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        } catch (CertificateException wrong) {
            return ConnectionErrors.withCause(new SSLHandshakeException(wrong.getMessage()), wrong);
        }
    }

    /// Checks the first certificate, the peer's own.
    private static void check(Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
            return;
        }
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        Instant now = Instant.now();
        String dates = ": that of " + certificate.getSubjectX500Principal().getName() + " is valid from " + from
                + " to " + to + ", and it is now " + now
                + "; have the peer use a valid one, or set this machine's clock if that is wrong";
        if (now.isAfter(to)) {
            throw new CertificateExpiredException("the peer's certificate has expired" + dates);
        }
        if (now.isBefore(from)) {
            throw new CertificateNotYetValidException("the peer's certificate is not valid yet" + dates);
        }
    }

    // ------------------------------------------------------------------ in the handshake

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
        trusting.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
        trusting.checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
        trusting.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
        trusting.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
        trusting.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
        trusting.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusting.getAcceptedIssuers();
    }
}
