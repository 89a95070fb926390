package io.asyncio4j.testing;

import io.asyncio4j.ExceptionGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The expected shape of a failure: an exception of a type, perhaps with a message, or an
/// [ExceptionGroup] with such failures in any order. See [ExceptionGroupAssert#hasShape].
public final class GroupShape {
    private final Class<? extends Throwable> type;
    private final @Nullable String message;

    /// What the group has; null for an exception of which nothing is asked but its type.
    private final @Nullable List<GroupShape> members;

    private GroupShape(Class<? extends Throwable> type, @Nullable String message, @Nullable List<GroupShape> members) {
        this.type = Objects.requireNonNull(type, "type");
        this.message = message;
        this.members = members;
    }

    /// Returns the shape of an exception of a type, or of one of its subtypes.
    public static GroupShape exception(Class<? extends Throwable> type) {
        return new GroupShape(type, null, null);
    }

    /// Returns the shape of an exception of a type with this message.
    public static GroupShape exception(Class<? extends Throwable> type, String message) {
        return new GroupShape(type, Objects.requireNonNull(message, "message"), null);
    }

    /// Returns the shape of a group that has these failures and no others.
    public static GroupShape group(GroupShape... members) {
        return new GroupShape(ExceptionGroup.class, null, List.of(members));
    }

    /// Returns whether `failure` has this shape.
    boolean matches(Throwable failure) {
        if (!type.isInstance(failure) || (message != null && !message.equals(failure.getMessage()))) {
            return false;
        }
        return members == null
                || (failure instanceof ExceptionGroup group && canPair(members, new ArrayList<>(group.exceptions())));
    }

    /// Whether each shape can have a failure of its own, and none is left: the first takes any that
    /// leaves enough for the others.
    private static boolean canPair(List<GroupShape> shapes, List<Throwable> failures) {
        if (shapes.size() != failures.size()) {
            return false;
        }
        if (shapes.isEmpty()) {
            return true;
        }
        List<GroupShape> others = shapes.subList(1, shapes.size());
        for (int i = 0; i < failures.size(); i++) {
            List<Throwable> rest = new ArrayList<>(failures);
            if (shapes.getFirst().matches(rest.remove(i)) && canPair(others, rest)) {
                return true;
            }
        }
        return false;
    }

    /// Returns the shape as it is written, such as `group(IOException, group(TimeoutException))`.
    @Override
    public String toString() {
        return members == null ? text(type, message) : text(members);
    }

    /// Returns what `failure` has for a shape.
    static String of(Throwable failure) {
        return failure instanceof ExceptionGroup group
                ? text(group.exceptions().stream().map(GroupShape::of).toList())
                : text(failure.getClass(), failure.getMessage());
    }

    private static String text(List<?> members) {
        String list = members.toString();
        return "group(" + list.substring(1, list.length() - 1) + ")";
    }

    private static String text(Class<?> type, @Nullable String message) {
        return type.getSimpleName() + (message == null ? "" : " \"" + message + "\"");
    }
}
