package io.asyncio4j.cli.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/// The compiler's files: keeps the classes that it writes, and notes in which packages of the
/// program it has looked for sources.
final class ClassFiles extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, byte[]> classes = new TreeMap<>();
    private final Set<String> packagesSearched = new TreeSet<>();

    /// @param root the folder of the program's unnamed package
    ClassFiles(StandardJavaFileManager files, Path root) throws IOException {
        super(files);
        files.setLocationFromPaths(StandardLocation.SOURCE_PATH, Set.of(root));
    }

    Set<String> packagesSearched() {
        return packagesSearched;
    }

    /// Returns the classes by their names.
    Map<String, byte[]> classes() {
        return classes;
    }

    /// Writes the classes into a jar.
    void writeTo(OutputStream out) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(out)) {
            for (var entry : classes.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey().replace('.', '/') + ".class"));
                jar.write(entry.getValue());
            }
        }
    }

    @Override
    public Iterable<JavaFileObject> list(
            JavaFileManager.Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
            throws IOException {
        if (location == StandardLocation.SOURCE_PATH) {
            packagesSearched.add(packageName);
        }
        return super.list(location, packageName, kinds, recurse);
    }

    @Override
    public boolean contains(JavaFileManager.Location location, FileObject file) throws IOException {
        return file instanceof ProgramSource || super.contains(location, file);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            JavaFileManager.Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
        URI name = URI.create("memory:///" + Integer.toString(classes.size()) + ".class");
        return new SimpleJavaFileObject(name, kind) {
            @Override
            public OutputStream openOutputStream() {
                return new ByteArrayOutputStream() {
                    @Override
                    public void close() {
                        classes.put(className, toByteArray());
                    }
                };
            }
        };
    }
}
