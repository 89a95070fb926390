package io.asyncio4j.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.util.Set;

/// The check for a task or a future that a call returns and nobody uses. Its result is lost, its
/// failure is only logged, and the end of the run cancels it.
@BugPattern(summary = "Nobody keeps this task or future, so nobody can await it.", severity = WARNING, linkType = NONE)
public final class AsyncioFutureIgnored extends BugChecker
        implements MethodInvocationTreeMatcher, MemberReferenceTreeMatcher {
    private static final long serialVersionUID = 1L;

    private static final String GROUP = "io.asyncio4j.TaskGroup";

    /// Creates the check.
    public AsyncioFutureIgnored() {}

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        return CoroutineCode.isDiscarded(call, state) && isLost(call, state) && !isForGroup(call, state)
                ? describe(call, ASTHelpers.getSymbol(call), state)
                : NO_MATCH;
    }

    @Override
    public Description matchMemberReference(MemberReferenceTree reference, VisitorState state) {
        return CoroutineCode.isDiscarded(reference, state) && Library.isCreator(reference, state)
                ? describe(reference, ASTHelpers.getSymbol(reference), state)
                : NO_MATCH;
    }

    private static boolean isLost(MethodInvocationTree call, VisitorState state) {
        MethodSymbol method = ASTHelpers.getSymbol(call);
        if (Library.declares(method)) {
            return Library.isCreator(call, state) || Library.isMethod(method, Set.of("createFuture"));
        }
        return Library.isDeclaredToReturnFuture(method, state);
    }

    /// A method that is given a task group creates its task there.
    private static boolean isForGroup(MethodInvocationTree call, VisitorState state) {
        return call.getArguments().stream()
                .anyMatch(argument -> Library.isA(ASTHelpers.getType(argument), GROUP, state));
    }

    private Description describe(ExpressionTree tree, MethodSymbol method, VisitorState state) {
        String name = Library.nameOf(method);
        var description = buildDescription((Tree) tree).setMessage(messageFor(name, method));
        boolean meansAwait = Library.declares(method) && !name.equals("createTask") && !name.equals("createFuture");
        if (meansAwait && tree instanceof MethodInvocationTree) {
            description.addFix(Library.awaiting(tree, state));
        }
        return description.build();
    }

    private static String messageFor(String name, MethodSymbol method) {
        if (name.equals("createFuture")) {
            return "Nobody keeps this Future, so nobody can complete or await it. Assign it to a variable.";
        }
        if (Library.declares(method) && !name.equals("createTask")) {
            return "Nobody awaits this " + name + ": the code goes on at once, and a failure is only logged."
                    + " Write await(" + name + "(...)).";
        }
        return "Nobody keeps this " + Library.typeName(method.getReturnType())
                + ": if it fails, that is only logged, and the end of the run cancels it. Keep it and await it, or"
                + " create it in a task group; write 'var _ =' before it if that is meant.";
    }
}
