package io.asyncio4j.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.fixes.SuggestedFixes;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.tools.javac.code.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The check for `Object`'s methods `wait`, `notify` and `notifyAll` on an object of the library,
/// such as `event.wait()`.
@BugPattern(
        summary = "wait, notify and notifyAll are methods of every Java object, about threads and not about tasks.",
        severity = ERROR,
        linkType = NONE)
public final class AsyncioObjectWait extends BugChecker implements MethodInvocationTreeMatcher {
    private static final long serialVersionUID = 1L;

    private static final Set<String> MONITOR_METHODS = Set.of("wait", "notify", "notifyAll");

    /// Creates the check.
    public AsyncioObjectWait() {}

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        var method = ASTHelpers.getSymbol(call);
        ExpressionTree receiver = ASTHelpers.getReceiver(call);
        Type type = receiver == null ? null : ASTHelpers.getType(receiver);
        if (receiver == null
                || type == null
                || !MONITOR_METHODS.contains(Library.nameOf(method))
                || !Library.fullNameOf(method.owner).equals("java.lang.Object")
                || !Library.declares(type)) {
            return NO_MATCH;
        }
        return describe(call, receiver, type, Library.nameOf(method), state);
    }

    private Description describe(
            MethodInvocationTree call, ExpressionTree receiver, Type type, String method, VisitorState state) {
        String problem = method + " is Object's method, about threads and not about tasks, and blocks or fails here.";
        String counterpart = counterpart(type, method, state);
        if (counterpart == null) {
            return buildDescription(call)
                    .setMessage(problem + " A " + Library.typeName(type) + " has no such method for tasks.")
                    .build();
        }
        String source = Library.source(receiver, state);
        if (!call.getArguments().isEmpty()) {
            return buildDescription(call)
                    .setMessage(problem + " Write timeout(duration, () -> " + source + "." + counterpart + "()).")
                    .build();
        }
        return buildDescription(call)
                .setMessage(problem + " Write " + source + "." + counterpart + "().")
                .addFix(SuggestedFixes.renameMethodInvocation(call, counterpart, state))
                .build();
    }

    /// Returns the method of the library that does for tasks what was wanted for threads.
    private static @Nullable String counterpart(Type type, String method, VisitorState state) {
        boolean isEvent = Library.isA(type, "io.asyncio4j.sync.Event", state);
        String wanted = switch (method) {
            case "wait" -> "await";
            case "notify" -> isEvent ? "set" : "signal";
            default -> isEvent ? "set" : "signalAll";
        };
        boolean exists = !ASTHelpers.findMatchingMethods(
                        state.getName(wanted), found -> found.getParameters().isEmpty(), type, state.getTypes())
                .isEmpty();
        return exists ? wanted : null;
    }
}
