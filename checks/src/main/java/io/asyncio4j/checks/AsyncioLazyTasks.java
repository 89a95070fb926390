package io.asyncio4j.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The check for a stream that creates tasks and awaits them in one pipeline. A stream takes one
/// element through all its stages before it begins with the next, so the tasks run one after
/// another.
@BugPattern(
        summary = "A stream that creates tasks and awaits them in one pipeline runs them one after another.",
        severity = WARNING,
        linkType = NONE)
public final class AsyncioLazyTasks extends BugChecker implements MethodInvocationTreeMatcher {
    private static final long serialVersionUID = 1L;

    private static final Set<String> MAPS = Set.of("map", "mapToObj");

    /// Stages that pass on each element before they ask for the next.
    private static final Set<String> PASS_ON = Set.of("filter", "peek", "skip", "limit", "boxed", "map");

    /// Calls for an element that do not need all of them.
    private static final Set<String> NEED_NOT_ALL =
            Set.of("limit", "takeWhile", "findFirst", "findAny", "anyMatch", "allMatch", "noneMatch", "iterator");

    private static final Set<String> AWAIT = Set.of("await", "waitFor");

    /// Creates the check.
    public AsyncioLazyTasks() {}

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        if (!isOfStream(call, state) || call.getArguments().isEmpty() || !awaitsElement(call)) {
            return NO_MATCH;
        }
        ExpressionTree before = ASTHelpers.getReceiver(call);
        while (before instanceof MethodInvocationTree stage && isOfStream(stage, state)) {
            if (MAPS.contains(nameOf(stage)) && createsTasks(stage, state)) {
                return describe(call, state);
            }
            if (!PASS_ON.contains(nameOf(stage))) {
                return NO_MATCH;
            }
            before = ASTHelpers.getReceiver(stage);
        }
        return NO_MATCH;
    }

    private static boolean isOfStream(MethodInvocationTree call, VisitorState state) {
        return Library.isA(ASTHelpers.getSymbol(call).owner.type, "java.util.stream.BaseStream", state)
                && ASTHelpers.getReceiver(call) != null;
    }

    private static String nameOf(MethodInvocationTree call) {
        return Library.nameOf(ASTHelpers.getSymbol(call));
    }

    /// Whoever awaits at once what he has created is not fooled by the stream.
    private static boolean createsTasks(MethodInvocationTree stage, VisitorState state) {
        return CoroutineCode.results(stage.getArguments().getFirst()).stream().anyMatch(result -> {
            Symbol method = result instanceof MethodInvocationTree || result instanceof MemberReferenceTree
                    ? ASTHelpers.getSymbol(result)
                    : null;
            return Library.isDeclaredToReturnFuture(method, state);
        });
    }

    private static boolean awaitsElement(MethodInvocationTree stage) {
        ExpressionTree function = stage.getArguments().getFirst();
        if (function instanceof MemberReferenceTree reference) {
            return Library.isMethod(ASTHelpers.getSymbol(reference), AWAIT);
        }
        if (!(function instanceof LambdaExpressionTree lambda)
                || lambda.getParameters().size() != 1) {
            return false;
        }
        Symbol element = ASTHelpers.getSymbol(lambda.getParameters().getFirst());
        boolean[] found = {false};
        CoroutineCode.visit(lambda.getBody(), tree -> found[0] |= awaits(tree, element));
        return found[0];
    }

    private static boolean awaits(Tree tree, Symbol element) {
        if (!Library.isCall(tree, AWAIT)) {
            return false;
        }
        var call = (MethodInvocationTree) tree;
        return isVariable(ASTHelpers.getReceiver(call), element)
                || call.getArguments().stream().anyMatch(argument -> isVariable(argument, element));
    }

    private static boolean isVariable(@Nullable Tree tree, Symbol variable) {
        return tree != null && variable.equals(ASTHelpers.getSymbol(tree));
    }

    private Description describe(MethodInvocationTree call, VisitorState state) {
        var description = buildDescription(call)
                .setMessage("This stream creates a task only after it has awaited the one before, so they run one"
                        + " after another. Collect the tasks first, with .toList(), and await them then; or"
                        + " use gather(...) or a task group.");
        if (needsAll(state)) {
            description.addFix(SuggestedFix.postfixWith(ASTHelpers.getReceiver(call), ".toList().stream()"));
        }
        return description.build();
    }

    /// Tells whether the rest of the pipeline asks for every element, so that all tasks may be
    /// created at once.
    private static boolean needsAll(VisitorState state) {
        for (TreePath path = state.getPath().getParentPath(); path != null; path = path.getParentPath()) {
            if (path.getLeaf() instanceof MethodInvocationTree call) {
                if (!isOfStream(call, state)) {
                    return true;
                }
                if (NEED_NOT_ALL.contains(nameOf(call))) {
                    return false;
                }
            } else if (!(path.getLeaf() instanceof MemberSelectTree)) {
                return true;
            }
        }
        return true;
    }
}
