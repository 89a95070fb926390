package io.asyncio4j.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// The commands that look at a live program. Exit codes: 0; 1 if the program cannot be asked; 2 for
/// wrong use.
@Command(
        name = "asyncio4j",
        description = "Looks at the tasks of a live Java program from outside; nothing need be switched on there.")
final class Asyncio4j {
    private static final String PID = "the process id of the program, as jps shows it";
    private static final String JSON = "print all that is known, as JSON";
    private static final String MAX_TASKS = "tell of so many tasks of each loop (default: ${DEFAULT-VALUE})";
    private static final String DEFAULT_MAX_TASKS = "1000";

    private final PrintStream out;

    private Asyncio4j(PrintStream out) {
        this.out = out;
    }

    /// Runs a command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        CommandLine commands = new CommandLine(new Asyncio4j(out));
        commands.registerConverter(ProcessId.class, ProcessId::parse);
        commands.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        commands.setParameterExceptionHandler((wrong, _) -> {
            err.println("asyncio4j: " + wrong.getMessage() + "; asyncio4j --help shows how to use it");
            return 2;
        });
        commands.setExecutionExceptionHandler((thrown, _, _) -> {
            if (!(thrown instanceof Refusal)) {
                throw thrown;
            }
            err.println("asyncio4j: " + thrown.getMessage());
            return 1;
        });
        return commands.execute(args);
    }

    @Command(description = "Lists every task of every event loop: what it awaits, since when, and where.")
    int ps(
            @Parameters(paramLabel = "PID", description = PID) ProcessId pid,
            @Option(names = "--json", description = JSON) boolean json,
            @Option(names = "--no-stack", description = "leave the stacks out") boolean noStack,
            @Option(names = "--max-tasks", defaultValue = DEFAULT_MAX_TASKS, description = MAX_TASKS) int maxTasks,
            @Mixin Help help) {
        String answer = new Attachment(pid.number).inspect(maxTasks, noStack ? 0 : maxTasks);
        out.print(json ? LiveProgram.indented(answer) : new Table(!noStack).of(LiveProgram.parse(answer)));
        return 0;
    }

    @Command(description = "Draws which task waits for which, and names the circles.")
    int pstree(
            @Parameters(paramLabel = "PID", description = PID) ProcessId pid,
            @Option(names = "--json", description = JSON) boolean json,
            @Option(names = "--max-tasks", defaultValue = DEFAULT_MAX_TASKS, description = MAX_TASKS) int maxTasks,
            @Mixin Help help) {
        String answer = new Attachment(pid.number).inspect(maxTasks, json ? maxTasks : 0);
        out.print(json ? LiveProgram.indented(answer) : new Tree().of(LiveProgram.parse(answer)));
        return 0;
    }

    /// The option for help, which picocli gives.
    static final class Help {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "show this help")
        @SuppressWarnings("UnusedVariable") // picocli's
        private boolean wanted;
    }

    /// The argument PID.
    record ProcessId(long number) {
        static ProcessId parse(String text) {
            try {
                return new ProcessId(Long.parseLong(text));
            } catch (NumberFormatException e) {
                throw new TypeConversionException("it must be the number of a process, not '" + text + "'");
            }
        }
    }
}
