package io.asyncio4j.streams.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.Asyncio;
import io.asyncio4j.EventLoop;
import io.asyncio4j.VoidCoroutine;
import io.asyncio4j.streams.Bounded;
import io.asyncio4j.streams.NettyLoop;
import io.asyncio4j.streams.Streams;
import io.netty.util.Version;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NettyVersionTest {
    private static final String NEEDED = "Streams need Netty 4.2.8.Final or newer, and were tested with "
            + NettyVersion.TESTED + ", but the class path has ";

    private static final String HOW_TO_SET = " To set the version of Netty: with Maven and Spring Boot's parent, the"
            + " property netty.version; with Maven alone, import io.netty:netty-bom in dependencyManagement, before"
            + " other BOMs; with Gradle, implementation(enforcedPlatform(\"io.netty:netty-bom:VERSION\")), or"
            + " ext[\"netty.version\"] with Spring Boot's plugin.";

    private static final String ALL_OLD = "netty-buffer 4.2.7.Final, netty-common 4.2.7.Final, netty-handler"
            + " 4.2.7.Final, netty-transport 4.2.7.Final, netty-transport-native-unix-common 4.2.7.Final.";

    // ------------------------------------------------------------------ on a class path of its own

    /// Runs in another class loader, on the Netty that is there.
    public static final class Program {
        private Program() {}

        /// Uses streams, and returns what came of it.
        public static String use(String what) {
            VoidCoroutine use = switch (what) {
                case "server" -> () -> Streams.startServer((reader, writer) -> {}, "127.0.0.1", 0);
                case "connection" -> () -> Streams.openConnection("127.0.0.1", 1);
                case "unix" -> () -> Streams.openUnixConnection(Path.of("none"));
                case "unix server" -> () -> Streams.startUnixServer((reader, writer) -> {}, Path.of("none"));
                case "datagram" -> () -> Streams.openDatagram(null, null);
                case "lent loop" -> () -> NettyLoop.of(Asyncio.runningLoop());
                case "lent class" -> NettyLoop::socketChannel;
                default -> throw new IllegalArgumentException(what);
            };
            try {
                Asyncio.run(use);
                return "works";
            } catch (Throwable thrown) {
                return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
            }
        }
    }

    /// A class path on which nothing is found but what is given.
    private static final class Separate extends URLClassLoader {
        private final boolean telling;

        /// @param telling whether Netty's jars tell their version
        Separate(List<URL> classPath, boolean telling) {
            super(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
            this.telling = telling;
        }

        @Override
        public Enumeration<URL> findResources(String name) throws IOException {
            return !telling && name.startsWith("META-INF/io.netty")
                    ? Collections.emptyEnumeration()
                    : super.findResources(name);
        }

        String use(String what) throws ReflectiveOperationException {
            return (String) loadClass(Program.class.getName())
                    .getMethod("use", String.class)
                    .invoke(null, what);
        }
    }

    private static Separate withOldNetty(boolean telling) throws IOException {
        List<URL> classPath = new ArrayList<>();
        for (Class<?> each : List.of(NettyVersionTest.class, Streams.class, EventLoop.class)) {
            classPath.add(each.getProtectionDomain().getCodeSource().getLocation());
        }
        try (Stream<Path> jars = Files.list(Path.of("target", "old-netty"))) {
            for (Path jar : jars.toList()) {
                classPath.add(jar.toUri().toURL());
            }
        }
        return new Separate(classPath, telling);
    }

    private static Separate withThisNetty(boolean telling) throws IOException {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        return new Separate(classPath, telling);
    }

    @Test
    void anOldNettyIsRefusedAtTheFirstUseAndEveryOther() throws Exception {
        try (Separate old = withOldNetty(true)) {
            for (String use : List.of(
                    "server", "server", "connection", "unix", "unix server", "datagram", "lent loop", "lent class")) {
                assertThat(old.use(use)).as(use).isEqualTo("IllegalStateException: " + NEEDED + ALL_OLD + HOW_TO_SET);
            }
        }
    }

    @Test
    void anOldNettyThatDoesNotTellItsVersionIsRefusedToo() throws Exception {
        try (Separate old = withOldNetty(false)) {
            assertThat(old.use("server"))
                    .isEqualTo("IllegalStateException: " + NEEDED + "a Netty of unknown version." + HOW_TO_SET);
        }
    }

    @Test
    void aNettyThatDoesNotTellItsVersionWorks() throws Exception {
        try (Separate shaded = withThisNetty(false)) {
            assertThat(shaded.use("server")).isEqualTo("works");
        }
    }

    @Test
    void anOldNettyBehindTheOneThatIsUsedDoesNotMatter() throws Exception {
        List<URL> classPath = new ArrayList<>();
        try (Separate ours = withThisNetty(true);
                Separate old = withOldNetty(true)) {
            classPath.addAll(List.of(ours.getURLs()));
            classPath.addAll(List.of(old.getURLs()));
        }
        try (Separate both = new Separate(classPath, true)) {
            assertThat(both.use("server")).isEqualTo("works");
        }
    }

    // ------------------------------------------------------------------ judging

    @Test
    void theVersionTestedIsTheOneOfTheBuild() {
        assertThat(Version.identify().get("netty-transport").artifactVersion()).isEqualTo(NettyVersion.TESTED);
    }

    @Test
    void whatIsTooOldIsNamed() {
        assertThat(NettyVersion.problemWith(
                        Map.of("netty-common", "4.2.18.Final", "netty-transport", "4.1.138.Final"), true))
                .isEqualTo(NEEDED + "netty-transport 4.1.138.Final." + HOW_TO_SET);
        assertThat(NettyVersion.problemWith(Map.of("netty-common", "4.2.8.Final"), true))
                .isNull();
        assertThat(NettyVersion.problemWith(Map.of("netty-common", "5.0.0.Alpha1"), true))
                .isNull();
        assertThat(NettyVersion.problemWith(Map.of("netty-common", "custom"), true))
                .isNull();
        assertThat(NettyVersion.problemWith(Map.of(), true)).isNull();
    }

    @Test
    void versionsAreComparedAsNumbers() {
        assertThat(NettyVersion.compare("4.2.10.Final", "4.2.8.Final")).isPositive();
        assertThat(NettyVersion.compare("4.10.0.Final", "4.2.8.Final")).isPositive();
        assertThat(NettyVersion.compare("4.2.8.Final-redhat-00001", "4.2.8.Final"))
                .isZero();
        assertThat(NettyVersion.compare("4.2.7.Final", "4.2.8.Final")).isNegative();
    }

    @Test
    void aVersionThatLosesDataIsWarnedOf() {
        String epoll = "netty-transport-classes-epoll";
        List<NettyVersion.Flaw> flaws = List.of(new NettyVersion.Flaw(epoll, "4.2.13", "4.2.18", false));
        assertThat(NettyVersion.warningOf(epoll, "4.2.13.Final", flaws))
                .isEqualTo("netty-transport-classes-epoll 4.2.13.Final is known to lose data that a peer sent before it"
                        + " closed, as are all from 4.2.13 to 4.2.18. Use another version of Netty, or the system"
                        + " property asyncio4j.io=nio." + HOW_TO_SET);
        assertThat(NettyVersion.warningOf(epoll, "4.2.18.Final", flaws)).isNotNull();
        assertThat(NettyVersion.warningOf(epoll, "4.2.12.Final", flaws)).isNull();
        assertThat(NettyVersion.warningOf(epoll, "4.2.19.Final", flaws)).isNull();
        assertThat(NettyVersion.warningOf(epoll, null, flaws)).isNull();
        assertThat(NettyVersion.warningOf("netty-common", "4.2.13.Final", flaws))
                .isNull();
        assertThat(NettyVersion.warningOf(
                        epoll, "4.2.13.Final", List.of(new NettyVersion.Flaw(epoll, "4.2.13", "4.2.18", true))))
                .isNull();
    }

    @Test
    void theNettyOfTheBuildIsGoodEnough() {
        NettyVersion.require();
        assertThatThrownBy(() -> Bounded.run(() -> Streams.openConnection("127.0.0.1", 1)))
                .isInstanceOf(IOException.class);
    }
}
