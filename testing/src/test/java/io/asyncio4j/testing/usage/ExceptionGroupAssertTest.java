package io.asyncio4j.testing.usage;

import static io.asyncio4j.Asyncio.sleep;
import static io.asyncio4j.Asyncio.taskGroup;
import static io.asyncio4j.testing.ExceptionGroupAssert.assertThatGroup;
import static io.asyncio4j.testing.GroupShape.exception;
import static io.asyncio4j.testing.GroupShape.group;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.asyncio4j.ExceptionGroup;
import io.asyncio4j.testing.AsyncTest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Assertions about groups of failures.
final class ExceptionGroupAssertTest {
    private final ExceptionGroup nested = new ExceptionGroup(
            "outer",
            List.of(
                    new IOException("disk full"),
                    new ExceptionGroup("inner", List.of(new IllegalStateException("late"), new IOException("gone")))));

    @AsyncTest
    void aGroupIsTakenFromWhatThrowsIt() {
        assertThatGroup(() -> taskGroup(tg -> {
                    tg.createTask(() -> sleep(ofSeconds(1)));
                    tg.createTask(() -> {
                        throw new FileNotFoundException("config");
                    });
                }))
                .containsExactlyExceptionsOfTypes(FileNotFoundException.class)
                .hasException(IOException.class)
                .hasShape(group(exception(IOException.class, "config")));
    }

    @Test
    void aGroupHasTheUsualAssertionsToo() {
        assertThatGroup(nested).hasMessage("outer (2 exceptions)").hasCauseInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoGroupIsRefused() {
        assertThatThrownBy(() -> assertThatGroup(new IOException("disk full")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("io.asyncio4j.ExceptionGroup");
        assertThatThrownBy(() -> assertThatGroup(() -> {})).isInstanceOf(AssertionError.class);
    }

    @Test
    void typesAreComparedInOrder() {
        assertThatGroup(nested).containsExactlyExceptionsOfTypes(IOException.class, ExceptionGroup.class);
        assertThatThrownBy(() -> assertThatGroup(nested)
                        .containsExactlyExceptionsOfTypes(ExceptionGroup.class, IOException.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anExceptionIsFoundHoweverDeep() {
        assertThatGroup(nested).hasException(IllegalStateException.class);
        assertThatThrownBy(() -> assertThatGroup(nested).hasException(UncheckedIOException.class))
                .isInstanceOf(AssertionError.class)
                .hasMessage(("%nExpecting an exception group with:%n  UncheckedIOException%nbut it is:%n"
                                + "  group(IOException \"disk full\", group(IllegalStateException \"late\","
                                + " IOException \"gone\"))")
                        .formatted());
    }

    @Test
    void shapesMatchInAnyOrder() {
        assertThatGroup(nested)
                .hasShape(group(
                        group(exception(IOException.class, "gone"), exception(RuntimeException.class)),
                        exception(IOException.class)));
        assertThatGroup(new ExceptionGroup("two", List.of(new IOException("a"), new FileNotFoundException("b"))))
                .hasShape(group(exception(IOException.class), exception(IOException.class, "a")));
    }

    @Test
    void anotherShapeIsShownBesideTheExpectedOne() {
        assertThatThrownBy(() -> assertThatGroup(nested)
                        .hasShape(group(exception(IOException.class), group(exception(IOException.class, "lost")))))
                .isInstanceOf(AssertionError.class)
                .hasMessage(("%nExpecting an exception group of the shape:%n"
                                + "  group(IOException, group(IOException \"lost\"))%nbut it is:%n"
                                + "  group(IOException \"disk full\", group(IllegalStateException \"late\","
                                + " IOException \"gone\"))")
                        .formatted());
        assertThatThrownBy(() -> assertThatGroup(nested).hasShape(group(exception(IOException.class))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theFailuresCanBeSeenWithoutTheirGroups() {
        assertThatGroup(nested)
                .flattened()
                .extracting(Throwable::getMessage)
                .containsExactly("disk full", "late", "gone");
    }
}
