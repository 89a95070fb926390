package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The imports that pages have readers copy leave no name to be ambiguous.
final class ImportsTest {
    private static final Pattern TYPE =
            Pattern.compile("(?m)^public .*?\\b(io\\.asyncio4j\\.((sync|streams)\\.)?[A-Z]\\w*)\\b(?!\\.)");

    private static final List<String> OF_THE_JDK =
            List.of("java.util", "java.util.concurrent", "java.util.concurrent.locks");

    @ParameterizedTest
    @ValueSource(strings = {"docs/learn/tutorial.md", GettingStartedTest.PAGE, "examples/docs/tutorial/Imports.java"})
    void everyNameThatTheJdkHasTooIsImportedByItself(String file) throws IOException {
        String text = Files.readString(Launch.ROOT.resolve(file));

        assertThat(text)
                .contains(OF_THE_JDK.stream()
                        .map(name -> "import " + name + ".*;")
                        .toList());
        assertThat(namesOfBoth())
                .hasSizeGreaterThan(5)
                .allSatisfy(type -> assertThat(text).contains("import " + type + ";"));
    }

    private static List<String> namesOfBoth() throws IOException {
        String types = Files.readString(api("core")) + Files.readString(api("streams"));
        return TYPE.matcher(types)
                .results()
                .map(type -> type.group(1))
                .filter(type ->
                        OF_THE_JDK.stream().anyMatch(name -> exists(name + type.substring(type.lastIndexOf('.')))))
                .distinct()
                .toList();
    }

    private static Path api(String module) {
        return Launch.ROOT.resolve("api/" + module + ".txt");
    }

    private static boolean exists(String type) {
        try {
            Class.forName(type, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
