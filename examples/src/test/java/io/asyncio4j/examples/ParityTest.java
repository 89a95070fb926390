package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/know/parity.md` names no counterpart that does not exist, and leaves no name of asyncio
/// out.
final class ParityTest {
    private static final Path PAGE = Launch.ROOT.resolve("docs/know/parity.md");

    /// How many names the page lists. A name that is added or dropped is counted here.
    private static final int NAMES = 408;

    private static final String HEADING = "| asyncio | here | note |";
    private static final String RULE = "|---|---|---|";
    private static final String NONE = "—";

    /// Counterparts in backticks, with commas between them.
    private static final Pattern COUNTERPARTS = Pattern.compile("`[^`]+`(, `[^`]+`)*");

    /// A type of the five packages, and a member of it: `Timeout`, `sync.Lock.acquire`,
    /// `EventLoop.ExceptionContext.message`.
    private static final Pattern COUNTERPART = Pattern.compile("(?<package>sync\\.|spi\\.|streams\\.|testing\\.)?"
            + "(?<type>[A-Z]\\w*(\\.[A-Z]\\w*)*?)(\\.(?<member>\\w+))?");

    /// A command of the launcher.
    private static final Pattern COMMAND = Pattern.compile("\\./(?<usage>asyncio4j [a-z]+)");

    private record Row(int line, String name, String here, String note) {
        List<String> counterparts() {
            return here.equals(NONE) ? List.of() : List.of(here.replace("`", "").split(", ", -1));
        }

        @Override
        public String toString() {
            return "docs/know/parity.md, line " + line + ": " + name;
        }
    }

    @Test
    void everyCounterpartExists() {
        List<String> missing = new ArrayList<>();
        for (Row row : rows()) {
            for (String counterpart : row.counterparts()) {
                if (!exists(counterpart)) {
                    missing.add(row + " has the counterpart " + counterpart + ", which is not public or not there");
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyRowHasACounterpartOrSaysWhyThereIsNone() {
        List<String> wrong = new ArrayList<>();
        for (Row row : rows()) {
            if (row.name().isEmpty()) {
                wrong.add(row + " has no name");
            } else if (row.here().equals(NONE) && row.note().isEmpty()) {
                wrong.add(row + " has no counterpart, and no note says why");
            } else if (!row.here().equals(NONE)
                    && !COUNTERPARTS.matcher(row.here()).matches()) {
                wrong.add(row + " has '" + row.here() + "' where counterparts in backticks or " + NONE + " belong");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyNameIsThereOnce() {
        List<Row> rows = rows();
        assertThat(rows).extracting(Row::name).doesNotHaveDuplicates();
        assertThat(rows.size()).as("rows of docs/know/parity.md").isEqualTo(NAMES);
    }

    @Test
    void whatIsNotPublicOrNotOursIsNoCounterpart() {
        assertThat(List.of(
                        "Asyncio.gather",
                        "Task.isDone",
                        "sync.LifoQueue.put",
                        "spi.Clock.NEVER",
                        "streams.StreamReader.readLine",
                        "ReturnWhen.ALL_COMPLETED",
                        "ContextVar.Token",
                        "EventLoop.ExceptionContext.message",
                        "testing.AsyncTest",
                        "./asyncio4j run"))
                .allMatch(ParityTest::exists);
        assertThat(List.of(
                        "Asyncio.wait",
                        "Loop",
                        "Task.strand",
                        "Task.execute",
                        "sync.Lock.notify",
                        "sync.Home",
                        "streams.Tls.isClient",
                        "streams.NettyPoller",
                        "Lock.acquire",
                        "sync.Task",
                        "ContextVar.Token.Token",
                        "gather",
                        "java.lang.String",
                        "./asyncio4j sing",
                        "asyncio4j run",
                        ""))
                .noneMatch(ParityTest::exists);
    }

    // ------------------------------------------------------------------ the page

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("|") && !line.equals(HEADING) && !line.equals(RULE)) {
                rows.add(row(i + 1, line));
            }
        }
        return rows;
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(PAGE);
        } catch (IOException e) {
            return fail("Cannot read " + PAGE, e);
        }
    }

    /// The launcher, a script that has its usage in it.
    private static String launcher() {
        try {
            return Files.readString(Launch.LAUNCHER);
        } catch (IOException e) {
            return fail("Cannot read " + Launch.LAUNCHER, e);
        }
    }

    private static Row row(int number, String line) {
        String[] cells = line.split("\\|", -1);
        assertThat(cells)
                .as("docs/know/parity.md, line %d, between its bars: %s", number, line)
                .hasSize(5);
        return new Row(number, cells[1].strip(), cells[2].strip(), cells[3].strip());
    }

    // ------------------------------------------------------------------ the API

    private static boolean exists(String counterpart) {
        Matcher command = COMMAND.matcher(counterpart);
        if (command.matches()) {
            return launcher().contains(" " + command.group("usage") + " ");
        }
        Matcher parts = COUNTERPART.matcher(counterpart);
        if (!parts.matches()) {
            return false;
        }
        String prefix = Optional.ofNullable(parts.group("package")).orElse("");
        String member = parts.group("member");
        return publicType(prefix, parts.group("type"))
                .filter(type -> member == null || hasMember(type, member))
                .isPresent();
    }

    private static Optional<Class<?>> publicType(String prefix, String name) {
        try {
            Class<?> type = Class.forName(
                    "io.asyncio4j." + prefix + name.replace('.', '$'), false, ParityTest.class.getClassLoader());
            return Modifier.isPublic(type.getModifiers()) ? Optional.of(type) : Optional.empty();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /// Whether a public type has or inherits a public member. What every object has, `wait` and
    /// `notify` above all, is none of ours. A record's components are among its methods.
    private static boolean hasMember(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                        .filter(method -> method.getDeclaringClass() != Object.class)
                        .map(Method::getName)
                        .anyMatch(name::equals)
                || Arrays.stream(type.getFields()).map(Field::getName).anyMatch(name::equals)
                || Arrays.stream(type.getClasses()).map(Class::getSimpleName).anyMatch(name::equals);
    }
}
