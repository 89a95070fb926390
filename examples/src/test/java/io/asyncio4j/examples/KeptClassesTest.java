package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cache of loaded classes that `./asyncio4j serve` makes by itself: the scripts that choose
/// and make it with a JDK that only pretends to, and once the whole with a real one.
final class KeptClassesTest {
    @TempDir
    private Path folder;

    private Path jdk;
    private Path jar;

    @BeforeEach
    void pretend() throws IOException {
        jdk = Files.createDirectories(folder.resolve("jdk/bin"));
        Path java = Files.writeString(jdk.resolve("java"), """
            #!/bin/sh
            echo run >>'%s/runs'
            for option; do
                case $option in
                    -XX:AOTCacheOutput=*) [ -e '%s/broken' ] || echo classes >"${option#*=}" ;;
                esac
            done
            """.formatted(folder, folder));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        jdk = folder.resolve("jdk");
        Files.createDirectories(folder.resolve("target/lib"));
        jar = Files.writeString(folder.resolve("target/web.jar"), "web");
        Files.writeString(folder.resolve("target/lib/core.jar"), "core");
    }

    /// Returns the cache that a server is started with; empty if there is none.
    private String chosen(String aot, String changed) throws Exception {
        String script = """
            home='%s' jdk='%s' build='25.0.1' jar='%s' added_path='' class_path="$jar:lib/*"
            fail() { echo "$1" >&2; exit 2; }
            . "$home/build/serve.sh"
            cache_folder() { cache='%s/cache'; }
            %s
            choose_loaded_classes
            wait
            echo "$loaded"
            """.formatted(Launch.ROOT, jdk, jar, folder, changed);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
        builder.environment().put("ASYNCIO4J_AOT", aot);
        return output(builder).strip();
    }

    private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private int runs() throws IOException {
        Path runs = folder.resolve("runs");
        return Files.exists(runs) ? Files.readAllLines(runs).size() : 0;
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/aot"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theFirstStartMakesItAndTheSecondUsesIt() throws Exception {
        assertThat(chosen("", "")).isEmpty();
        assertThat(kept()).hasSize(1);
        assertThat(chosen("", ""))
                .isEqualTo(
                        folder.resolve("cache/aot").resolve(kept().getFirst()).toString());
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void theFirstStartUsesItIfItIsToWait() throws Exception {
        assertThat(chosen("wait", "")).endsWith(".aot");
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void noneIsMadeOrUsedIfItIsOff() throws Exception {
        assertThat(chosen("wait", "")).endsWith(".aot");
        assertThat(chosen("off", "")).isEmpty();
        assertThat(chosen("", "added_path=/classes"))
                .as("the library is not first")
                .isEmpty();
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void oneOfAnotherJdkOrLibraryIsNotUsed() throws Exception {
        String first = chosen("wait", "");
        assertThat(chosen("", "build=25.0.2")).as("another build of the JDK").isEmpty();
        assertThat(chosen("", "jdk='" + folder + "/./jdk'")).as("another JDK").isEmpty();
        assertThat(chosen("", "")).isEqualTo(first);

        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        assertThat(chosen("", "class_path=other.jar")).as("another class path").isEmpty();
        assertThat(chosen("", "")).as("a library that was built anew").isEmpty();
        String second = chosen("", "");
        assertThat(second).endsWith(".aot").isNotEqualTo(first);
        Files.writeString(folder.resolve("target/lib/core.jar"), "another version");
        assertThat(chosen("wait", "")).endsWith(".aot").isNotEqualTo(second);
    }

    @Test
    void theLastThreeAreKept() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(chosen("wait", "build=" + i)).endsWith(".aot");
        }
        assertThat(kept()).hasSize(3).allMatch(name -> name.endsWith(".aot"));
    }

    @Test
    void oneThatCannotBeMadeIsNotTriedAgainTheSameDay() throws Exception {
        Files.createFile(folder.resolve("broken"));
        assertThat(chosen("wait", "")).isEmpty();
        assertThat(chosen("wait", "")).isEmpty();
        assertThat(kept()).hasSize(1).allMatch(name -> name.endsWith(".aot.failed"));
        assertThat(runs()).isEqualTo(1);

        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(folder.resolve("cache/aot").resolve(kept().getFirst()), longAgo);
        Files.delete(folder.resolve("broken"));
        assertThat(chosen("wait", "")).endsWith(".aot");
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void oneIsMadeByOneProcessAtATime() throws Exception {
        Path file = folder.resolve("cache/aot/one.aot");
        Path lock = folder.resolve("cache/aot/one.aot.lock");
        Files.createDirectories(file.getParent());
        ProcessBuilder make = new ProcessBuilder(
                "sh",
                "-c",
                "sh '" + Launch.ROOT + "/build/aot.sh' '" + jdk + "' '" + file + "' x && echo made || echo left");
        Files.createSymbolicLink(
                lock, Path.of(String.valueOf(ProcessHandle.current().pid())));
        assertThat(output(make)).isEqualTo("left\n");
        assertThat(runs()).isZero();

        Files.delete(lock);
        Files.createSymbolicLink(lock, Path.of("999999999")); // of a process that is no more
        assertThat(output(make)).isEqualTo("made\n");
        assertThat(kept()).containsExactly("one.aot");
    }

    @Test
    void aServerStartsWithTheOneThatTheServerBeforeHasMade() throws Exception {
        Path file = Files.writeString(folder.resolve("App.java"), """
            import io.asyncio4j.web.*;

            void main() {
                WebApp app = WebApp.create();
                app.get("/", request -> "x");
                app.serve(8000);
            }
            """);
        Path made = Files.createDirectories(folder.resolve("home/asyncio4j/aot"));
        try (WatchService watch = made.getFileSystem().newWatchService()) {
            made.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            try (Launch.Running first = serve(file).start()) {
                first.awaitValue("  Service  ");
                awaitCache(watch);
                assertThat(first.interrupt().end().exitCode()).isZero();
            }
        }
        // With this option the JDK refuses to start where it cannot use the cache.
        try (Launch.Running second =
                serve(file).with("JDK_JAVA_OPTIONS", "-XX:AOTMode=on").start()) {
            second.awaitValue("  Service  ");
            assertThat(second.interrupt().end().exitCode()).isZero();
        }
    }

    private static void awaitCache(WatchService watch) throws InterruptedException {
        while (true) {
            WatchKey key = watch.poll(5, TimeUnit.MINUTES);
            assertThat(key).as("a file that is made").isNotNull();
            for (WatchEvent<?> event : key.pollEvents()) {
                String name = String.valueOf(event.context());
                assertThat(name).doesNotEndWith(".failed");
                if (name.endsWith(".aot")) {
                    return;
                }
            }
            key.reset();
        }
    }

    private Launch serve(Path file) {
        return Launch.of("serve", file, "--port", 0)
                .with("XDG_CACHE_HOME", folder.resolve("home").toString())
                .with("ASYNCIO4J_AOT", "");
    }
}
