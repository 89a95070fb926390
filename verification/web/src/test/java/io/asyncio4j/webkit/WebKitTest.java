package io.asyncio4j.webkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Applications as data, written as Java source and served as a user would: each request is
/// answered
/// as FastAPI has answered it, and each OpenAPI document says the same, but for the differences
/// that
/// are listed. The documents are valid, and requests drawn from them get answers that they declare.
final class WebKitTest {
    private static final Path HERE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();
    private static final Path ROOT = HERE.getParent().getParent();
    private static final Pattern DIFFERENCE = Pattern.compile("(?m)^--- (\\S+(?: [A-Z]+ \\S+)?)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^total +(\\d+) / +(\\d+) requests");

    private static final JsonMapper JSON = new JsonMapper();

    /// Requests that are drawn from the documents for each operation, and the seed they are drawn
    /// with: `-Dasyncio4j.webkit.draws=1000 -Dasyncio4j.webkit.seed=7` looks further.
    private static final int DRAWS = Integer.getInteger("asyncio4j.webkit.draws", 20);

    private static final int SEED = Integer.getInteger("asyncio4j.webkit.seed", 1);

    /// For a server that does not answer.
    private static final int LIMIT_MINUTES = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({"annotated, carrier", "functional, baton"})
    void answersAreFastApis(String form, String engine) throws IOException, InterruptedException {
        assumeTrue(canRun(), "python3 is missing");
        Path output = folder.resolve("output");
        Path documents = folder.resolve("documents");
        ProcessBuilder builder = new ProcessBuilder(
                        "python3",
                        HERE.resolve("drive.py").toString(),
                        HERE.resolve("cases/handmade.jsonl").toString(),
                        HERE.resolve("cases/public.jsonl").toString(),
                        "--server",
                        ROOT.resolve("asyncio4j") + " run {file} {port}",
                        "--openapi",
                        "--documents",
                        documents.toString(),
                        "--draw",
                        String.valueOf(DRAWS),
                        "--seed",
                        String.valueOf(SEED),
                        "--show",
                        "1000",
                        "--wait",
                        "600")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        if (form.equals("functional")) {
            builder.command().add("--functional");
        }
        builder.environment().put("ASYNCIO4J_JAVA_OPTS", "-Dasyncio4j.engine=" + engine);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        String report = Files.readString(output, StandardCharsets.UTF_8);
        Set<String> differences = new TreeSet<>();
        DIFFERENCE.matcher(report).results().forEach(found -> differences.add(form + " " + found.group(1)));
        assertThat(report).as("what the kit says").containsPattern(TOTAL);
        MatchResult total = TOTAL.matcher(report).results().findFirst().orElseThrow();
        int requests = Integer.parseInt(total.group(2));
        assertThat(requests).as(report).isGreaterThan(5_000);
        assertThat(differences).as(report).isEqualTo(known(form));
        documentsAreValid(documents);
        answersAreDeclared(documents);
    }

    /// Judges the answers to requests that were drawn from the documents.
    private static void answersAreDeclared(Path documents) throws IOException {
        AnswerJudge judge = new AnswerJudge(documents);
        List<String> faults = new ArrayList<>();
        int right = 0;
        int refused = 0;
        List<String> records = Files.readAllLines(documents.resolve("answers.jsonl"));
        for (String record : records) {
            JsonNode answer = JSON.readTree(record);
            for (String fault : judge.faults(answer)) {
                faults.add(fault + ", draw " + answer.path("draw") + "\n"
                        + answer.path("request").asString() + "\n" + answer.path("status") + " "
                        + answer.path("body").asString());
            }
            if (answer.path("right").asBoolean()) {
                right++;
                refused += answer.path("status").asInt() == 422 ? 1 : 0;
            }
        }
        assertThat(faults).as("seed " + SEED + ", " + DRAWS + " draws").isEmpty();
        assertThat(records).hasSizeGreaterThan(600 * DRAWS);
        assertThat(right).isGreaterThan(records.size() / 3);
        assertThat(refused).as("right requests that are refused").isLessThan(right / 5);
    }

    private static void documentsAreValid(Path documents) throws IOException {
        DocumentJudge judge = new DocumentJudge();
        List<String> faults = new ArrayList<>();
        int judged = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(documents, "*.json")) {
            for (Path file : files) {
                judge.faults(Files.readString(file)).forEach(fault -> faults.add(file.getFileName() + " " + fault));
                judged++;
            }
        }
        assertThat(judged).as("documents").isGreaterThan(200);
        assertThat(faults).isEmpty();
    }

    private static boolean canRun() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static Set<String> known(String form) throws IOException {
        Set<String> known = new TreeSet<>();
        for (String line : Files.readAllLines(HERE.resolve("known-differences.txt"))) {
            if (line.startsWith(form + " ")) {
                known.add(line.strip());
            }
        }
        return known;
    }
}
