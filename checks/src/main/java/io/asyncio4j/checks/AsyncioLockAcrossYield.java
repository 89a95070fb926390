package io.asyncio4j.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import org.jspecify.annotations.Nullable;

/// The check for a generator that holds a lock while it yields a value. Whoever takes the values
/// decides when it goes on, and may never ask for another.
@BugPattern(
        summary = "This generator holds a lock while it waits for somebody to ask for the next value.",
        severity = WARNING,
        linkType = NONE)
public final class AsyncioLockAcrossYield extends BugChecker implements MethodInvocationTreeMatcher {
    private static final long serialVersionUID = 1L;

    /// Creates the check.
    public AsyncioLockAcrossYield() {}

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        var method = ASTHelpers.getSymbol(call);
        if (!Library.nameOf(method).equals("yield")
                || !Library.fullNameOf(method.owner).equals("io.asyncio4j.Generator.Output")) {
            return NO_MATCH;
        }
        String lock = lockHeldAt(state);
        return lock == null
                ? NO_MATCH
                : buildDescription(call)
                        .setMessage(
                                "This generator holds " + lock + " until somebody asks for the next value, which may"
                                        + " be never. Take what you need under the lock, and"
                                        + " yield it after the lock's block.")
                        .build();
    }

    /// Walks up to the generator's body, or to the method that a body has called.
    private static @Nullable String lockHeldAt(VisitorState state) {
        Tree inner = state.getPath().getLeaf();
        for (TreePath path = state.getPath().getParentPath(); path != null; path = path.getParentPath()) {
            Tree tree = path.getLeaf();
            String lock = lockHeldBy(tree, inner, state);
            boolean isOuterCode = tree instanceof MethodTree
                    || tree instanceof ClassTree
                    || (tree instanceof LambdaExpressionTree && !CoroutineCode.isRunInPlace(path));
            if (lock != null || isOuterCode) {
                return lock;
            }
            inner = tree;
        }
        return null;
    }

    private static @Nullable String lockHeldBy(Tree tree, Tree inner, VisitorState state) {
        return switch (tree) {
            case TryTree block
            when block.getBlock() == inner
                    && block.getResources().stream()
                            .anyMatch(resource ->
                                    Library.isA(ASTHelpers.getType(resource), "io.asyncio4j.sync.Held", state)) ->
                "a lock";
            case SynchronizedTree _ -> "a monitor";
            default -> null;
        };
    }
}
