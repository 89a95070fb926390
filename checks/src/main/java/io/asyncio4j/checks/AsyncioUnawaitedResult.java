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
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The check for a coroutine whose result is something that should have been awaited in it: another
/// coroutine, a stage, or a new task. An example is `createTask(() -> fetcher("a"))`.
@BugPattern(
        summary = "The result of this coroutine is something that it should have awaited.",
        severity = ERROR,
        linkType = NONE)
public final class AsyncioUnawaitedResult extends BugChecker implements MethodInvocationTreeMatcher {
    private static final long serialVersionUID = 1L;

    /// The result becomes that of a task.
    private static final Set<String> MAKE_TASKS = Set.of(
            "createTask",
            "gather",
            "gatherOutcomes",
            "asCompleted",
            "shield",
            "runInExecutor",
            "runCoroutineThreadsafe");

    /// The result is handed to the caller, who may await it.
    private static final Set<String> HAND_BACK =
            Set.of("run", "runUntilComplete", "await", "timeout", "timeoutAt", "waitFor", "taskGroup", "toThread");

    private static final Set<String> AWAIT = Set.of("await");

    /// Creates the check.
    public AsyncioUnawaitedResult() {}

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        boolean isLost = (Library.isCall(call, MAKE_TASKS) && !isWanted(state))
                || (Library.isCall(call, HAND_BACK) && CoroutineCode.isDiscarded(call, state));
        if (!isLost) {
            return NO_MATCH;
        }
        for (ExpressionTree argument : call.getArguments()) {
            for (ExpressionTree result : CoroutineCode.results(argument)) {
                String problem = problemWith(result, call, state);
                if (problem != null) {
                    state.reportMatch(describe(result, problem, call, state));
                }
            }
        }
        return NO_MATCH;
    }

    /// Somebody who writes the type `Task<Coroutine<String>>`, or awaits twice, means it.
    private static boolean isWanted(VisitorState state) {
        TreePath await = awaitOf(state.getPath());
        if (await != null) {
            return awaitOf(await) != null;
        }
        return state.getPath().getParentPath().getLeaf() instanceof VariableTree variable
                && !ASTHelpers.hasImplicitType(variable, state)
                && ASTHelpers.getSymbol(variable).type.getTypeArguments().stream()
                        .anyMatch(argument -> Library.isCoroutine(argument, state)
                                || Library.isStage(argument, state)
                                || Library.isFuture(argument, state));
    }

    /// Returns the path of the call that awaits the expression at `path`, if it is awaited at once:
    /// `await(x)` or `x.await()`.
    private static @Nullable TreePath awaitOf(TreePath path) {
        TreePath parent = path.getParentPath();
        TreePath call = parent.getLeaf() instanceof MemberSelectTree ? parent.getParentPath() : parent;
        return Library.isCall(call.getLeaf(), AWAIT) ? call : null;
    }

    private static @Nullable String problemWith(ExpressionTree result, MethodInvocationTree call, VisitorState state) {
        Type type = CoroutineCode.resultType(result);
        if (Library.isCoroutine(type, state)) {
            return Library.aType(type) + ", which nobody runs";
        }
        if (Library.isStage(type, state)) {
            return Library.aType(type) + ", which nobody waits for";
        }
        boolean isNewFuture = Library.isFuture(type, state)
                && Library.isCreator(result, state)
                && !AsyncioTaskAsMainResult.isRun(call);
        return isNewFuture ? "a new " + Library.typeName(type) + ", which nobody awaits" : null;
    }

    private Description describe(ExpressionTree result, String problem, MethodInvocationTree call, VisitorState state) {
        if (Library.isCall(call, CoroutineCode.OFF_THE_LOOP)) {
            return describeInThread(result, problem, call, state);
        }
        var description = buildDescription((Tree) result)
                .setMessage("The result of this coroutine is " + problem + ". Await it in there: await(...).");
        if (!(result instanceof MemberReferenceTree)) {
            description.addFix(Library.awaiting(result, state));
        }
        return description.build();
    }

    /// Nothing can be awaited in another thread.
    private Description describeInThread(
            ExpressionTree result, String problem, MethodInvocationTree call, VisitorState state) {
        boolean isDirect = Library.isCall(call, HAND_BACK);
        boolean isAwaited = awaitOf(state.getPath()) != null;
        var description = buildDescription((Tree) result)
                .setMessage("The result of this call in another thread is " + problem + ". Await it in the task: "
                        + (isDirect ? "await(toThread(...))." : "await(await(runInExecutor(...)))."));
        if (isDirect || isAwaited) {
            description.addFix(Library.awaiting(call, state));
        }
        return description.build();
    }
}
