package io.asyncio4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExceptionGroupTest {
    private final IOException io = framed(new IOException("disk"), "read");
    private final FileNotFoundException missing = framed(new FileNotFoundException("file"), "open");
    private final IllegalArgumentException argument = framed(new IllegalArgumentException("bad"), "check");
    private final ExceptionGroup inner = framed(new ExceptionGroup("inner", List.of(missing, argument)), "inside");
    private final ExceptionGroup outer = framed(new ExceptionGroup("outer", List.of(inner, io)), "outside");

    /// Gives an exception a trace of one frame.
    private static <E extends Throwable> E framed(E exception, String method) {
        exception.setStackTrace(new StackTraceElement[] {new StackTraceElement("Program", method, "Program.java", 7)});
        return exception;
    }

    @Test
    void theMessageCountsTheFailures() {
        assertThat(outer).hasMessage("outer (2 exceptions)");
        assertThat(new ExceptionGroup("one", List.of(io))).hasMessage("one (1 exception)");
    }

    @Test
    void forToolsThatKnowNothingOfGroupsTheFirstIsTheCauseAndTheOthersAreSuppressed() {
        assertThat(outer.exceptions()).containsExactly(inner, io);
        assertThat(outer.getCause()).isSameAs(inner);
        assertThat(outer.getSuppressed()).containsExactly(io);
    }

    @Test
    void theListOfFailuresCannotBeChanged() {
        assertThatThrownBy(() -> outer.exceptions().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anEmptyGroupIsRefused() {
        assertThatThrownBy(() -> new ExceptionGroup("nothing", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("An ExceptionGroup needs at least one exception; 'nothing' got none");
    }

    @Test
    void itPrintsAsATree() {
        var text = new StringWriter();
        outer.printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString().lines()).containsExactly("""
            io.asyncio4j.ExceptionGroup: outer (2 exceptions)
            	at Program.outside(Program.java:7)
            ├── io.asyncio4j.ExceptionGroup: inner (2 exceptions)
            │   	at Program.inside(Program.java:7)
            │   ├── java.io.FileNotFoundException: file
            │   │   	at Program.open(Program.java:7)
            │   └── java.lang.IllegalArgumentException: bad
            │       	at Program.check(Program.java:7)
            └── java.io.IOException: disk
                	at Program.read(Program.java:7)
            """.lines().toArray(String[]::new));
    }

    @Test
    void theTreeShowsCausesAndWhatElseWasSuppressed() {
        argument.initCause(framed(new IOException("the reason"), "reason"));
        outer.addSuppressed(framed(new IllegalStateException("while closing"), "close"));
        var bytes = new ByteArrayOutputStream();
        outer.printStackTrace(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("""
                    io.asyncio4j.ExceptionGroup: outer (2 exceptions)
                    	at Program.outside(Program.java:7)
                    	Suppressed: java.lang.IllegalStateException: while closing
                    ├── io.asyncio4j.ExceptionGroup: inner (2 exceptions)
                    │   	at Program.inside(Program.java:7)
                    │   ├── java.io.FileNotFoundException: file
                    │   │   	at Program.open(Program.java:7)
                    │   └── java.lang.IllegalArgumentException: bad
                    │       	at Program.check(Program.java:7)
                    │       Caused by: java.io.IOException: the reason
                    │       	at Program.reason(Program.java:7)
                    └── java.io.IOException: disk
                        	at Program.read(Program.java:7)
                    """.lines().toArray(String[]::new));
    }

    @Test
    void splitDividesTheFailuresAndKeepsTheShape() {
        ExceptionGroup.Split parts = outer.split(IOException.class::isInstance);
        ExceptionGroup matching = parts.matching();
        assertThat(matching).hasMessage("outer (2 exceptions)");
        assertThat(matching.getStackTrace()).isEqualTo(outer.getStackTrace());
        assertThat(matching.exceptions().get(1)).isSameAs(io);
        assertThat(matching.exceptions().getFirst())
                .isInstanceOfSatisfying(
                        ExceptionGroup.class,
                        group -> assertThat(group.exceptions()).containsExactly(missing));
        ExceptionGroup rest = parts.rest();
        assertThat(rest).hasMessage("outer (1 exception)");
        assertThat(rest.exceptions().getFirst())
                .isInstanceOfSatisfying(
                        ExceptionGroup.class,
                        group -> assertThat(group.exceptions()).containsExactly(argument));
    }

    @Test
    void aPartWithoutFailuresIsNull() {
        assertThat(outer.split(e -> e instanceof Error)).satisfies(parts -> {
            assertThat(parts.matching()).isNull();
            assertThat(parts.rest()).hasMessage("outer (2 exceptions)");
        });
        assertThat(outer.split(e -> !(e instanceof ExceptionGroup)).rest()).isNull();
    }

    @Test
    void aGroupThatIsAcceptedItselfIsTakenWhole() {
        assertThat(outer.split(e -> true)).isEqualTo(new ExceptionGroup.Split(outer, null));
        assertThat(outer.split(inner::equals).matching().exceptions()).containsExactly(inner);
        assertThat(outer.subgroup(ExceptionGroup.class)).isSameAs(outer);
    }

    @Test
    void subgroupKeepsWhatMatches() {
        assertThat(outer.subgroup(IllegalArgumentException.class)).hasMessage("outer (1 exception)");
        assertThat(outer.subgroup(io::equals).exceptions()).containsExactly(io);
        assertThat(outer.subgroup(Error.class)).isNull();
    }

    @Test
    void aSubclassDecidesWhatIsDerivedFromIt() {
        var group = new ServiceFailure(3, List.of(io, argument));
        assertThat(group.subgroup(IOException.class))
                .isInstanceOfSatisfying(
                        ServiceFailure.class, part -> assertThat(part.code).isEqualTo(3))
                .hasMessage("service (1 exception)");
        assertThat(outer.derive(List.of(io))).hasMessage("outer (1 exception)");
    }

    private static final class ServiceFailure extends ExceptionGroup {
        private static final long serialVersionUID = 1L;

        final int code;

        ServiceFailure(int code, List<? extends Throwable> failures) {
            super("service", failures);
            this.code = code;
        }

        @Override
        public ExceptionGroup derive(List<? extends Throwable> others) {
            return new ServiceFailure(code, others);
        }
    }
}
