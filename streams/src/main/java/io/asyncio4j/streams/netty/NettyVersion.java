package io.asyncio4j.streams.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The check that the Netty on the class path is one that streams work with.
///
/// A build that manages Netty's version for other reasons, as Spring Boot's does, may bring an
/// older one than streams ask for. Without a check that ends in a [LinkageError] somewhere.
public final class NettyVersion {
    /// What the build has; a test compares.
    static final String TESTED = "4.2.18.Final";

    static final String OLDEST = "4.2.8.Final";

    /// Versions that are known to lose data, and whether that is worked around here.
    static final List<Flaw> FLAWS = List.of(new Flaw("netty-transport-classes-epoll", "4.2.13", "4.2.20", true));

    static final String HOW_TO_SET = "To set the version of Netty: with Maven and Spring Boot's parent, the"
            + " property netty.version; with Maven alone, import io.netty:netty-bom in dependencyManagement, before"
            + " other BOMs; with Gradle, implementation(enforcedPlatform(\"io.netty:netty-bom:VERSION\")), or"
            + " ext[\"netty.version\"] with Spring Boot's plugin.";

    private static final System.Logger LOG = System.getLogger("io.asyncio4j");
    private static final String FILE = "META-INF/io.netty.versions.properties";
    private static final String UNKNOWN = "of unknown version";

    /// A class of each artifact that streams use, wherever a build has put it.
    private static final Map<String, Supplier<Class<?>>> ARTIFACTS = Map.of(
            "netty-common", () -> AttributeKey.class,
            "netty-buffer", () -> ByteBuf.class,
            "netty-transport", () -> Channel.class,
            "netty-handler", () -> SslHandler.class,
            "netty-transport-native-unix-common", () -> DomainSocketAddress.class,
            "netty-transport-classes-epoll", () -> Epoll.class,
            "netty-transport-classes-io_uring", () -> IoUring.class);

    /// The versions from `first` to `last` of an artifact.
    record Flaw(String artifact, String first, String last, boolean workedAround) {
        boolean affects(String version) {
            return compare(version, first) >= 0 && compare(version, last) <= 0;
        }
    }

    /// The artifacts found at the first use; one of which nothing is known is absent.
    private static final class Found {
        static final Map<String, String> VERSIONS = versions();
        static final @Nullable String PROBLEM = problemWith(VERSIONS, isFit());
    }

    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private NettyVersion() {}

    /// Checks it, before anything of Netty's is used.
    ///
    /// @throws IllegalStateException if Netty is too old
    public static void require() {
        if (Found.PROBLEM != null) {
            throw new IllegalStateException(Found.PROBLEM);
        }
    }

    /// Logs a warning, once, if the jar by which I/O is done is known to lose data.
    static void warnOf(IoKind kind) {
        String artifact = kind == IoKind.EPOLL ? "netty-transport-classes-epoll" : "";
        String warning = warningOf(artifact, Found.VERSIONS.get(artifact), FLAWS);
        if (warning != null && WARNED.add(warning)) {
            LOG.log(System.Logger.Level.WARNING, warning);
        }
    }

    // ------------------------------------------------------------------ judging

    static @Nullable String warningOf(String artifact, @Nullable String version, List<Flaw> flaws) {
        for (Flaw each : flaws) {
            if (version != null && each.artifact.equals(artifact) && each.affects(version) && !each.workedAround) {
                return artifact + " " + version + " is known to lose data that a peer sent before it closed, as are all"
                        + " from " + each.first + " to " + each.last + ". Use another version of Netty, or the system"
                        + " property " + IoKind.PROPERTY + "=nio. " + HOW_TO_SET;
            }
        }
        return null;
    }

    /// @param fits whether the class that streams build on is as they need it
    static @Nullable String problemWith(Map<String, String> versions, boolean fits) {
        List<String> old = new ArrayList<>();
        versions.forEach((artifact, version) -> {
            if (version.matches("\\d.*") && compare(version, OLDEST) < 0) {
                old.add(artifact + " " + version);
            }
        });
        if (old.isEmpty() && fits) {
            return null;
        }
        String found = old.isEmpty() ? "a Netty " + UNKNOWN : String.join(", ", old);
        return "Streams need Netty " + OLDEST + " or newer, and were tested with " + TESTED
                + ", but the class path has " + found + ". " + HOW_TO_SET;
    }

    /// Compares the numbers of two versions, such as `4.2.8.Final`; what is no number counts as
    /// nothing.
    static int compare(String version, String other) {
        return Arrays.compare(numbers(version), numbers(other));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[.-]", -1))
                .limit(3)
                .mapToInt(part -> part.matches("\\d{1,9}") ? Integer.parseInt(part) : 0)
                .toArray();
    }

    // ------------------------------------------------------------------ finding out

    private static boolean isFit() {
        try {
            return !Modifier.isFinal(ManualIoEventLoop.class.getModifiers());
        } catch (NoClassDefFoundError older) {
            return false;
        }
    }

    private static Map<String, String> versions() {
        Map<String, String> found = new TreeMap<>();
        ARTIFACTS.forEach((artifact, type) -> {
            try {
                String version = versionOf(artifact, type.get());
                if (version != null) {
                    found.put(artifact, version);
                }
            } catch (LinkageError | IOException | RuntimeException missing) {
                // it is not there, or says nothing of itself
            }
        });
        return found;
    }

    /// Returns the version that the jar of a class says it has; null if it says nothing, as when
    /// several jars were made one. Other jars may have the same file, of a Netty that is not used.
    private static @Nullable String versionOf(String artifact, Class<?> type) throws IOException {
        ClassLoader loader = type.getClassLoader();
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (loader == null || source == null || source.getLocation() == null) {
            return null;
        }
        String jar = source.getLocation().toString();
        for (URL each : Collections.list(loader.getResources(FILE))) {
            if (each.toString().contains(jar)) {
                Properties properties = new Properties();
                try (InputStream input = each.openStream()) {
                    properties.load(input);
                }
                return properties.getProperty(artifact + ".version");
            }
        }
        return null;
    }
}
