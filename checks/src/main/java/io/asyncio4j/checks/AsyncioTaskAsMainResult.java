package io.asyncio4j.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import java.util.Set;

/// The check for a main coroutine that ends with a task or a future which nobody has awaited:
/// `run(() -> createTask(...))`.
@BugPattern(
        summary = "The main coroutine gives back a task that nobody awaits, and the run ends without it.",
        severity = ERROR,
        linkType = NONE)
public final class AsyncioTaskAsMainResult extends BugChecker implements MethodInvocationTreeMatcher {
    private static final long serialVersionUID = 1L;

    private static final Set<String> RUNS = Set.of("run", "runUntilComplete");

    private static final Set<String> ENDING_RUNS = Set.of("io.asyncio4j.Asyncio", "io.asyncio4j.testing.VirtualTime");

    /// Their next run goes on with the tasks of the last.
    private static final Set<String> REPEATED_RUNS = Set.of("io.asyncio4j.EventLoop", "io.asyncio4j.Runner");

    /// Creates the check.
    public AsyncioTaskAsMainResult() {}

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        boolean isLost =
                isRun(call, ENDING_RUNS) || (isRun(call, REPEATED_RUNS) && CoroutineCode.isDiscarded(call, state));
        if (!isLost) {
            return NO_MATCH;
        }
        for (ExpressionTree argument : call.getArguments()) {
            for (ExpressionTree result : CoroutineCode.results(argument)) {
                if (isForgotten(result, argument, state)) {
                    state.reportMatch(describe(result, call, state));
                }
            }
        }
        return NO_MATCH;
    }

    /// Tells whether a call runs a main coroutine.
    static boolean isRun(MethodInvocationTree call) {
        return isRun(call, ENDING_RUNS) || isRun(call, REPEATED_RUNS);
    }

    private static boolean isRun(MethodInvocationTree call, Set<String> owners) {
        return Library.isCall(call, RUNS) && owners.contains(Library.fullNameOf(ASTHelpers.getSymbol(call).owner));
    }

    /// What a body with braces returns may have been awaited in it. What is created in the `return`
    /// has not been, nor what a body without braces calls.
    private static boolean isForgotten(ExpressionTree result, ExpressionTree body, VisitorState state) {
        if (!(result instanceof MethodInvocationTree || result instanceof MemberReferenceTree)) {
            return false;
        }
        var method = ASTHelpers.getSymbol(result);
        boolean isWholeBody =
                !(body instanceof LambdaExpressionTree lambda) || lambda.getBody() instanceof ExpressionTree;
        return Library.isCreator(result, state)
                || (isWholeBody && !Library.declares(method) && Library.isDeclaredToReturnFuture(method, state));
    }

    private Description describe(ExpressionTree result, MethodInvocationTree call, VisitorState state) {
        String fate = isRun(call, ENDING_RUNS) ? "the end of the run cancels it" : "it stands still when the run ends";
        var description = buildDescription((Tree) result)
                .setMessage("The main coroutine gives back " + Library.aType(CoroutineCode.resultType(result))
                        + " that nobody awaits, and " + fate + ". Await it there: await(...).");
        if (!(result instanceof MemberReferenceTree)) {
            description.addFix(Library.awaiting(result, state));
        }
        return description.build();
    }
}
