package io.asyncio4j.burgers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A page in a headless Chromium, driven by its DevTools protocol: messages in JSON over a pair of
/// pipes, each ended by a zero.
final class Chromium implements AutoCloseable {
    private static final int LIMIT_SECONDS = 180;
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;
    private int lastId;
    private Map<String, Object> session = Map.of();

    private Chromium(Process process) {
        this.process = process;
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS).execute(this::close);
    }

    /// Starts a browser of its own, with an empty page. Without Chromium, the test is aborted.
    static Chromium start(Path folder) throws IOException {
        List<String> command = List.of(
                "sh",
                "-c",
                "command -v chromium >&2 || exit; exec chromium \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null",
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--remote-debugging-pipe",
                "--user-data-dir=" + folder.resolve("profile"));
        Path errors = folder.resolve("chromium.err");
        Chromium chromium = new Chromium(
                new ProcessBuilder(command).redirectError(errors.toFile()).start());
        try {
            String page = chromium.call("Target.createTarget", Map.of("url", "about:blank"))
                    .get("targetId")
                    .stringValue();
            String id = chromium.call("Target.attachToTarget", Map.of("targetId", page, "flatten", true))
                    .get("sessionId")
                    .stringValue();
            chromium.session = Map.of("sessionId", id);
            return chromium;
        } catch (IOException failure) {
            chromium.close();
            if (Files.size(errors) == 0) {
                abort("chromium is missing");
            }
            throw new IOException(Files.readString(errors), failure);
        }
    }

    /// Opens a page.
    void open(String url) throws IOException {
        call("Page.navigate", Map.of("url", url));
    }

    /// Sets the size of the page.
    void resize(int width, int height) throws IOException {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /// Waits until an expression in JavaScript is true in the page, and returns its value as text.
    String await(String expression) throws IOException {
        JsonNode evaluated = call(
                "Runtime.evaluate",
                Map.of("awaitPromise", true, "returnByValue", true, "expression", """
                    new Promise((resolve, reject) => {
                      const begun = Date.now();
                      const look = () => {
                        let value = null;
                        try { value = (%s); } catch (error) { reject(error); return; }
                        if (value) resolve(String(value));
                        else if (Date.now() - begun > 100000) reject(new Error("never; the page is " + document.body.innerText));
                        else setTimeout(look, 20);
                      };
                      look();
                    })
                    """.formatted(expression)));
        JsonNode thrown = evaluated.get("exceptionDetails");
        if (thrown != null) {
            throw new AssertionError(expression + ": " + thrown);
        }
        return evaluated.get("result").get("value").stringValue();
    }

    /// Clicks on the element that an expression gives, once there is one.
    void click(String element) throws IOException {
        await("(element => element && (element.click(), true))(" + element + ")");
    }

    private JsonNode call(String method, Map<String, Object> parameters) throws IOException {
        int id = ++lastId;
        Map<String, Object> request = new HashMap<>(session);
        request.putAll(Map.of("id", id, "method", method, "params", parameters));
        requests.write(JSON.writeValueAsString(request) + "\0");
        requests.flush();
        while (true) {
            JsonNode message = JSON.readTree(read());
            if (message.has("id") && message.get("id").intValue() == id) {
                if (message.has("error")) {
                    throw new IOException(method + ": " + message.get("error"));
                }
                return message.get("result");
            }
        }
    }

    private String read() throws IOException {
        StringBuilder message = new StringBuilder();
        for (int c; (c = answers.read()) != 0; ) {
            if (c < 0) {
                throw new IOException("Chromium has ended");
            }
            message.append((char) c);
        }
        return message.toString();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
