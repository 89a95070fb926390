package io.asyncio4j.conformance;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// Reads programs, one a line, runs them, and writes a trace a line.
public final class Main {
    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final String USAGE = """
        Usage: run PROGRAMS.jsonl [--engine carrier|baton] > TRACES.jsonl

        Runs each program (a JSON object per line) and writes its trace as {"id": ..., "trace": ...}.
        "-" instead of a file reads standard input and answers each line at once.
        """;

    private Main() {}

    /// Runs the command line.
    public static void main(String[] args) throws IOException {
        String file = null;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--engine") && i + 1 < args.length) {
                System.setProperty("asyncio4j.engine", args[++i]);
            } else if (file == null && (args[i].equals("-") || !args[i].startsWith("-"))) {
                file = args[i];
            } else {
                fail();
            }
        }
        if (file == null) {
            fail();
        } else {
            run(file);
        }
        System.exit(0); // a program that hangs may have left its thread
    }

    private static void fail() {
        System.err.print(USAGE);
        System.exit(2);
    }

    private static void run(String file) throws IOException {
        boolean answering = file.equals("-");
        try (BufferedReader in = answering
                        ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                        : Files.newBufferedReader(Path.of(file));
                BufferedWriter out = new BufferedWriter(
                        new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8))) {
            Worker worker = new Worker();
            for (String line; (line = in.readLine()) != null; ) {
                if (!line.isBlank()) {
                    out.write(answer(worker, line));
                    out.newLine();
                }
                if (answering) {
                    out.flush();
                }
            }
        }
    }

    private static String answer(Worker worker, String line) {
        Program program = Program.read(JSON.readTree(line));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", program.id());
        answer.put("trace", worker.run(program));
        return JSON.writeValueAsString(answer);
    }
}
