package io.asyncio4j.testing;

import io.asyncio4j.ExceptionGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/// Assertions of AssertJ about an [ExceptionGroup].
///
/// ```java
/// assertThatGroup(() -> taskGroup(tg -> { ... })).hasShape(group(exception(IOException.class)));
/// ```
@SuppressWarnings("exports") // who uses this has AssertJ, and requires it
public final class ExceptionGroupAssert extends AbstractThrowableAssert<ExceptionGroupAssert, ExceptionGroup> {
    private ExceptionGroupAssert(ExceptionGroup actual) {
        super(actual, ExceptionGroupAssert.class);
    }

    /// Begins assertions about `failure`, which must be a group.
    public static ExceptionGroupAssert assertThatGroup(@Nullable Throwable failure) {
        Assertions.assertThat(failure).isInstanceOf(ExceptionGroup.class);
        return new ExceptionGroupAssert((ExceptionGroup) Objects.requireNonNull(failure));
    }

    /// Runs `code`, which must throw a group, and begins assertions about that.
    public static ExceptionGroupAssert assertThatGroup(ThrowingCallable code) {
        return assertThatGroup(Assertions.catchThrowable(code));
    }

    /// Asserts that the group has failures of exactly these types, in this order. Groups in it
    /// count as one failure each.
    @SafeVarargs
    @SuppressWarnings("varargs") // AssertJ only reads them
    public final ExceptionGroupAssert containsExactlyExceptionsOfTypes(Class<? extends Throwable>... types) {
        Assertions.assertThat(actual.exceptions()).hasExactlyElementsOfTypes(types);
        return this;
    }

    /// Asserts that there is a failure of this type in the group, or in a group in it.
    public ExceptionGroupAssert hasException(Class<? extends Throwable> type) {
        if (actual.subgroup(type) == null) {
            failWithMessage(
                    "%nExpecting an exception group with:%n  %s%nbut it is:%n  %s",
                    type.getSimpleName(), GroupShape.of(actual));
        }
        return this;
    }

    /// Asserts that the group, with the groups in it, has this shape; the order does not matter.
    ///
    /// @param shape made by [GroupShape#group]
    public ExceptionGroupAssert hasShape(GroupShape shape) {
        if (!shape.matches(actual)) {
            failWithMessage(
                    "%nExpecting an exception group of the shape:%n  %s%nbut it is:%n  %s",
                    shape, GroupShape.of(actual));
        }
        return this;
    }

    /// Returns assertions about the failures without the groups they are in.
    public ListAssert<Throwable> flattened() {
        List<Throwable> leaves = new ArrayList<>();
        flatten(actual, leaves);
        return Assertions.assertThat(leaves);
    }

    private static void flatten(ExceptionGroup group, List<Throwable> leaves) {
        for (Throwable exception : group.exceptions()) {
            if (exception instanceof ExceptionGroup nested) {
                flatten(nested, leaves);
            } else {
                leaves.add(exception);
            }
        }
    }
}
