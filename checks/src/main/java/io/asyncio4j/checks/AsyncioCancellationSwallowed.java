package io.asyncio4j.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.TryTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.tree.VariableTree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The check for a cancellation that is caught and not thrown on, so that the task lives on and
/// whoever has cancelled it does not learn of that.
///
/// It leaves alone what is right more often than not: waiting for another task, whose cancellation
/// this may be; code that asks a future for its outcome; a program around `run`; and a handler that
/// hands the error on to somebody.
@BugPattern(
        summary = "This catches the cancellation of its own task and does not throw it on.",
        severity = WARNING,
        linkType = NONE)
public final class AsyncioCancellationSwallowed extends BugChecker implements TryTreeMatcher {
    private static final long serialVersionUID = 1L;

    private static final String CANCELLED = "io.asyncio4j.CancelledError";

    private static final Set<String> BROAD = Set.of("java.lang.Throwable", "java.lang.Error");

    /// Methods that suspend the calling task, by their package.
    private static final Map<String, Set<String>> SUSPEND = Map.of(
            "io.asyncio4j",
            Set.of("await", "sleep", "taskGroup", "timeout", "timeoutAt", "waitFor", "waitAll", "toThread"),
            "io.asyncio4j.sync",
            Set.of("acquire", "await", "awaitUntil", "get", "put", "join"),
            "io.asyncio4j.streams",
            Set.of(
                    "openConnection",
                    "read",
                    "readAll",
                    "readExactly",
                    "readLine",
                    "readUntil",
                    "drain",
                    "receive",
                    "serveForever",
                    "waitClosed",
                    "waitFor",
                    "communicate",
                    "await"));

    private static final Set<String> RUN = Set.of("run", "runUntilComplete", "runForever");

    private static final Set<String> OUTCOME = Set.of("result", "exception");

    private static final Set<String> OF_LOGGERS =
            Set.of("println", "print", "log", "trace", "debug", "info", "warn", "warning", "error", "severe", "fine");

    /// Creates the check.
    public AsyncioCancellationSwallowed() {}

    @Override
    public Description matchTry(TryTree block, VisitorState state) {
        for (CatchTree handler : block.getCatches()) {
            VariableTree caught = handler.getParameter();
            boolean isCancellation = catches(caught, Set.of(CANCELLED));
            if (isCancellation || catches(caught, BROAD)) {
                boolean isSwallowed = isOwnCancellation(block, state)
                        && (isCancellation || (CoroutineCode.contains(state) && suspends(block)))
                        && !isPassedOn(handler);
                return isSwallowed ? describe(handler, isCancellation) : NO_MATCH;
            }
        }
        return NO_MATCH;
    }

    private static boolean catches(VariableTree caught, Set<String> names) {
        List<? extends Tree> types = caught.getType() instanceof UnionTypeTree union
                ? union.getTypeAlternatives()
                : List.of(caught.getType());
        return types.stream()
                .map(ASTHelpers::getType)
                .anyMatch(type -> type != null && names.contains(Library.fullNameOf(type.tsym)));
    }

    private static boolean isOwnCancellation(TryTree block, VisitorState state) {
        return !has(block, RUN)
                && !has(block, OUTCOME)
                && !contains(block.getBlock(), tree -> awaitsFuture(tree, state));
    }

    private static boolean has(TryTree block, Set<String> calls) {
        return contains(block.getBlock(), tree -> Library.isCall(tree, calls));
    }

    private static boolean suspends(TryTree block) {
        return contains(
                block.getBlock(),
                tree -> tree instanceof MethodInvocationTree call
                        && SUSPEND.getOrDefault(Library.packageOf(ASTHelpers.getSymbol(call)), Set.of())
                                .contains(Library.nameOf(ASTHelpers.getSymbol(call))));
    }

    private static boolean awaitsFuture(Tree tree, VisitorState state) {
        if (!Library.isCall(tree, Set.of("await", "waitFor"))) {
            return false;
        }
        var call = (MethodInvocationTree) tree;
        ExpressionTree receiver = ASTHelpers.getReceiver(call);
        return (receiver != null && Library.isFuture(ASTHelpers.getType(receiver), state))
                || call.getArguments().stream().map(ASTHelpers::getType).anyMatch(type -> isFutureOrStage(type, state));
    }

    private static boolean isFutureOrStage(@Nullable Type type, VisitorState state) {
        return Library.isFuture(type, state) || Library.isStage(type, state);
    }

    /// Tells whether a handler throws, takes the cancellation back, or gives the error to somebody.
    private static boolean isPassedOn(CatchTree handler) {
        Symbol error = ASTHelpers.getSymbol(handler.getParameter());
        return contains(handler.getBlock(), tree -> switch (tree) {
            case ThrowTree _ -> true;
            case MethodInvocationTree call ->
                Library.isCall(call, Set.of("uncancel", "cancel"))
                        || (!isOfLogger(call) && anyIs(call.getArguments(), error));
            case NewClassTree creation -> anyIs(creation.getArguments(), error);
            case AssignmentTree assignment -> is(assignment.getExpression(), error);
            case ReturnTree result -> is(result.getExpression(), error);
            case InstanceOfTree question -> is(question.getExpression(), error);
            default -> false;
        });
    }

    private static boolean isOfLogger(MethodInvocationTree call) {
        return OF_LOGGERS.contains(Library.nameOf(ASTHelpers.getSymbol(call)));
    }

    private static boolean anyIs(List<? extends ExpressionTree> trees, Symbol variable) {
        return trees.stream().anyMatch(tree -> is(tree, variable));
    }

    private static boolean is(@Nullable Tree tree, Symbol variable) {
        return tree != null && variable.equals(ASTHelpers.getSymbol(tree));
    }

    private static boolean contains(Tree root, Predicate<Tree> wanted) {
        boolean[] found = {false};
        CoroutineCode.visit(root, tree -> found[0] = found[0] || wanted.test(tree));
        return found[0];
    }

    private Description describe(CatchTree handler, boolean isCancellation) {
        String problem = isCancellation
                ? "This catches the cancellation of its own task and does not throw it on: the task goes on, though its"
                        + " group or timeout, or whoever has cancelled it, wants it to end."
                : "This catches CancelledError with all others and does not throw it on, so the task cannot be"
                        + " cancelled here.";
        String remedy = isCancellation
                ? " Throw it at the end of the handler, or use finally; if the task is to go on, call uncancel()."
                : " Catch Exception, or CancelledError before this and throw it.";
        return buildDescription(handler).setMessage(problem + remedy).build();
    }
}
