package io.asyncio4j.cli.run;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;

/// The classes of one version of a program, as the compiler made them, and the files beside it.
final class ProgramLoader extends URLClassLoader {
    private final Map<String, byte[]> classes;

    /// @param root the folder of the unnamed package
    ProgramLoader(Map<String, byte[]> classes, Path root) throws IOException {
        super("program", new URL[] {root.toUri().toURL()}, ProgramLoader.class.getClassLoader());
        this.classes = Map.copyOf(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        return bytes == null ? super.findClass(name) : defineClass(name, bytes, 0, bytes.length);
    }
}
