package io.asyncio4j.examples;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// A local Maven repository for the library of this checkout.
///
/// It has links to the folders of the repository that this build uses, so that nothing is
/// downloaded twice. Only `io/asyncio4j` is its own. So the user's repository gets no library from
/// here.
final class LocalRepository {
    private static final String GROUP = "asyncio4j";
    private static final Path FOLDERS = Launch.ROOT.resolve("examples/target/repositories");
    private static final Pattern VERSION = Pattern.compile("<version>(.*)</version>");

    private static boolean prepared;

    private LocalRepository() {}

    /// Returns the folder of one that has the library as it is, as if it had been installed.
    static synchronized Path withLibrary() throws IOException {
        Path repository = FOLDERS.resolve("with-library");
        if (!prepared) {
            linkAll(repository);
            String version = version();
            put("parent", version, Launch.ROOT.resolve("pom.xml"), repository);
            put("bom", version, Launch.ROOT.resolve("bom/pom.xml"), repository);
            for (String module : List.of("core", "streams", "testing")) {
                Path pom = Launch.ROOT.resolve(module).resolve("pom.xml");
                putJar(module, put(module, version, pom, repository));
            }
            prepared = true;
        }
        return repository;
    }

    /// Returns the folder of one that does not have the library.
    static Path withoutLibrary() throws IOException {
        Path repository = FOLDERS.resolve("without-library");
        linkAll(repository);
        Path library = repository.resolve("io").resolve(GROUP);
        if (Files.exists(library)) {
            try (Stream<Path> files = Files.walk(library)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return repository;
    }

    /// Surefire tells where it is.
    private static Path usersRepository() {
        return Stream.of("localRepository", "maven.repo.local")
                .map(System::getProperty)
                .flatMap(folder -> Optional.ofNullable(folder).stream())
                .findFirst()
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".m2", "repository"));
    }

    private static void linkAll(Path repository) throws IOException {
        Path users = usersRepository();
        link(users, repository, "io");
        link(users.resolve("io"), repository.resolve("io"), GROUP);
    }

    /// Links all of a folder but one.
    private static void link(Path from, Path to, String but) throws IOException {
        Files.createDirectories(to);
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Path link = to.resolve(entry.getFileName());
                if (!entry.endsWith(but) && !Files.exists(link)) {
                    Files.deleteIfExists(link); // leads nowhere
                    Files.createSymbolicLink(link, entry);
                }
            }
        }
    }

    private static String version() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Launch.ROOT.resolve("pom.xml")));
        if (!version.find()) {
            throw new AssertionError("pom.xml has no version");
        }
        return version.group(1);
    }

    /// Puts a POM in its place, which is returned, without the extension.
    private static Path put(String module, String version, Path pom, Path repository) throws IOException {
        String artifact = GROUP + "-" + module;
        Path folder = repository.resolve("io").resolve(GROUP).resolve(artifact).resolve(version);
        Files.createDirectories(folder);
        Path place = folder.resolve(artifact + "-" + version);
        Files.copy(pom, Path.of(place + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        return place;
    }

    /// Puts the jar of a module in its place: the one on the tests' class path or, where the module
    /// was compiled only, one of its classes.
    private static void putJar(String module, Path place) throws IOException {
        Path jar = Path.of(place + ".jar");
        Path entry = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.endsWith(Path.of(module, "target", "classes"))
                        || path.getFileName().toString().matches(GROUP + "-" + module + "-.*\\.jar"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + GROUP + "-" + module + " on the class path"));
        if (Files.isDirectory(entry)) {
            Files.deleteIfExists(jar);
            pack(entry, jar);
        } else {
            Files.copy(entry, jar, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void pack(Path classes, Path jar) {
        int failed = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file=" + jar, "-C", classes.toString(), ".");
        if (failed != 0) {
            throw new UncheckedIOException(new IOException("cannot make " + jar + " of " + classes));
        }
    }
}
