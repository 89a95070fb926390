package io.asyncio4j.streams.netty;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The rules of TLS that a program has chosen.
///
/// @param given what it was made of, in place of files
public record TlsRules(
        boolean client,
        @Nullable SSLContext given,
        @Nullable Path certificate,
        @Nullable Path key,
        @Nullable Path trusted,
        boolean requireClient,
        List<String> protocols,
        boolean truncationAllowed) {
    public static TlsRules ofContext(boolean client, @Nullable SSLContext given) {
        return new TlsRules(client, given, null, null, null, false, List.of(), false);
    }

    public static TlsRules ofServer(Path certificate, Path key) {
        return new TlsRules(false, null, certificate, key, null, false, List.of(), false);
    }

    public TlsRules trusting(Path certificates) {
        return new TlsRules(client, null, certificate, key, certificates, requireClient, protocols, truncationAllowed);
    }

    public TlsRules presenting(Path own, Path itsKey) {
        return new TlsRules(client, null, own, itsKey, trusted, requireClient, protocols, truncationAllowed);
    }

    public TlsRules requiringClientCertificate() {
        return new TlsRules(client, given, certificate, key, trusted, true, protocols, truncationAllowed);
    }

    public TlsRules offering(List<String> names) {
        return new TlsRules(client, given, certificate, key, trusted, requireClient, names, truncationAllowed);
    }

    public TlsRules allowingTruncation() {
        return new TlsRules(client, given, certificate, key, trusted, requireClient, protocols, true);
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
