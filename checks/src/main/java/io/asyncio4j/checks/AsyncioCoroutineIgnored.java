package io.asyncio4j.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.ERROR;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Type;
import org.jspecify.annotations.Nullable;

/// The check for a coroutine or a generator that nobody runs: `fetcher("a");`.
@BugPattern(summary = "Nobody awaits this coroutine, so it never runs.", severity = ERROR, linkType = NONE)
public final class AsyncioCoroutineIgnored extends BugChecker
        implements MethodInvocationTreeMatcher, NewClassTreeMatcher {
    private static final long serialVersionUID = 1L;

    private static final String GENERATOR = "io.asyncio4j.Generator";

    /// Creates the check.
    public AsyncioCoroutineIgnored() {}

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        return CoroutineCode.isDiscarded(call, state)
                ? describe(call, ASTHelpers.getSymbol(call).getReturnType(), state)
                : NO_MATCH;
    }

    @Override
    public Description matchNewClass(NewClassTree creation, VisitorState state) {
        return CoroutineCode.isDiscarded(creation, state)
                ? describe(creation, ASTHelpers.getType(creation), state)
                : NO_MATCH;
    }

    /// A class of the program's own that implements one may be used for something else as well.
    private Description describe(ExpressionTree tree, @Nullable Type type, VisitorState state) {
        if (Library.isA(type, GENERATOR, state)) {
            return buildDescription((Tree) tree)
                    .setMessage("Nobody asks this Generator for values, so it never runs. Write for (var value : ...).")
                    .build();
        }
        if (!Library.declares(type) || !Library.isCoroutine(type, state)) {
            return NO_MATCH;
        }
        return buildDescription((Tree) tree)
                .setMessage("Nobody awaits this " + Library.typeName(type)
                        + ", so it never runs. Write await(...), or createTask(...) to go on meanwhile.")
                .addFix(Library.awaiting(tree, state))
                .build();
    }
}
