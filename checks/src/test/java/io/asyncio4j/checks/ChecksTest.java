package io.asyncio4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.bugpatterns.BugChecker;
import io.asyncio4j.checks.Compilation.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every check finds in its file of cases what the comments there say, and nothing else.
///
/// A comment `// finds: ...` has the whole message for the line of code after it, `// fix: ...`
/// that line as the fix makes it. Both may go on in further lines.
final class ChecksTest {
    private static final Path CASES = Path.of(System.getProperty("basedir", "."), "src/test/resources/cases");

    private static final Pattern EXPECTED = Pattern.compile("\\s*// (finds|fix): (.*)");
    private static final Pattern CONTINUED = Pattern.compile("\\s*// +(.*)");

    @ParameterizedTest
    @MethodSource("checks")
    void aCheckFindsWhatItsCasesSay(Class<? extends BugChecker> check) throws IOException {
        Path cases = casesOf(check);

        List<String> found = Compilation.findings(List.of(check), List.of(cases)).stream()
                .map(finding -> describe(finding.line(), finding.check(), finding.message(), finding.fix()))
                .toList();

        assertThat(found).containsExactlyInAnyOrderElementsOf(expectedBy(cases, check.getSimpleName()));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aFixCompilesAndLeavesNothingToFix(Class<? extends BugChecker> check, @TempDir Path folder) throws IOException {
        Path cases = Files.copy(casesOf(check), folder.resolve(casesOf(check).getFileName()));

        Compilation.findings(
                List.of(check),
                List.of(cases),
                "-XepPatchChecks:" + check.getSimpleName(),
                "-XepPatchLocation:IN_PLACE");

        assertThat(Compilation.findings(List.of(check), List.of(cases)))
                .extracting(Finding::fix)
                .containsOnlyNulls();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void aCheckHasEnoughCases(Class<? extends BugChecker> check) throws IOException {
        String cases = Files.readString(casesOf(check));

        assertThat(Pattern.compile("(?m)^    (\\S+ )+\\w+\\(.*\\{$")
                        .matcher(cases)
                        .results()
                        .count())
                .isGreaterThanOrEqualTo(8);
    }

    static List<Class<? extends BugChecker>> checks() {
        return Compilation.checks();
    }

    private static Path casesOf(Class<? extends BugChecker> check) {
        return CASES.resolve(check.getSimpleName() + "Cases.java");
    }

    private static List<String> expectedBy(Path cases, String check) throws IOException {
        var expected = new ArrayList<String>();
        var texts = new ArrayList<String[]>();
        long line = 0;
        for (String source : Files.readAllLines(cases)) {
            line++;
            Matcher text = EXPECTED.matcher(source);
            Matcher more = CONTINUED.matcher(source);
            if (text.matches()) {
                texts.add(new String[] {text.group(1), text.group(2)});
            } else if (more.matches() && !texts.isEmpty()) {
                texts.getLast()[1] += " " + more.group(1);
            } else if (!texts.isEmpty()) {
                String fix = texts.size() > 1 && texts.get(1)[0].equals("fix") ? texts.remove(1)[1] : null;
                expected.add(describe(line, check, texts.removeFirst()[1], fix));
                assertThat(texts).as("one finding a line").isEmpty();
            }
        }
        return expected;
    }

    private static String describe(long line, String check, String message, String fix) {
        return line + ": [" + check + "] " + message + (fix == null ? "" : "\n    fix: " + fix);
    }
}
