package io.asyncio4j.checks;

import com.google.errorprone.VisitorState;
import com.google.errorprone.matchers.UnusedReturnValueMatcher;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The code that the library runs in a task, as far as a program's text shows it: lambdas and
/// method references where a functional interface of the library is wanted, classes that implement
/// one, and asynchronous tests.
final class CoroutineCode {
    /// Functional interfaces of the library whose methods are called on the loop or by the program,
    /// but not in a task.
    private static final Set<String> CALLBACKS = Set.of(
            "io.asyncio4j.EventLoop.ExceptionHandler", "io.asyncio4j.Generator.Output", "io.asyncio4j.TaskFactory");

    /// Functions that run their body in another thread.
    static final Set<String> OFF_THE_LOOP = Set.of("toThread", "runInExecutor");

    /// Functions that run their body in the calling task, before they return.
    private static final Set<String> IN_PLACE = Set.of("await", "taskGroup", "timeout", "timeoutAt", "waitFor");

    private static final UnusedReturnValueMatcher UNUSED = UnusedReturnValueMatcher.get(true);

    private CoroutineCode() {}

    // ------------------------------------------------------------------ where code is

    /// Tells whether the code at the path of `state` runs in a task, in the loop's thread.
    static boolean contains(VisitorState state) {
        for (TreePath path = state.getPath().getParentPath(); path != null; path = path.getParentPath()) {
            switch (path.getLeaf()) {
                case LambdaExpressionTree lambda -> {
                    if (!isRunWhereItStands(path)) {
                        return isBody(lambda, path);
                    }
                }
                case MethodTree method -> {
                    return isBody(method, state);
                }
                case ClassTree _ -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    /// Tells whether a lambda or a method reference becomes a coroutine that runs on the loop.
    ///
    /// @param path where it stands
    static boolean isBody(Tree function, TreePath path) {
        return isBodyType(ASTHelpers.getType(function)) && !Library.isCall(receiver(path), OFF_THE_LOOP);
    }

    private static boolean isBody(MethodTree method, VisitorState state) {
        var symbol = ASTHelpers.getSymbol(method);
        return ASTHelpers.hasAnnotation(symbol, "io.asyncio4j.testing.AsyncTest", state)
                || ASTHelpers.findSuperMethods(symbol, state.getTypes()).stream()
                        .anyMatch(overridden -> isBodyType(overridden.owner.type));
    }

    /// Tells whether a type is a functional interface of the library for code that a task runs.
    static boolean isBodyType(@Nullable Type type) {
        return type != null
                && Library.declares(type)
                && type.isInterface()
                && !CALLBACKS.contains(Library.fullNameOf(type.tsym))
                && !Library.packageOf(type.tsym).endsWith(".spi");
    }

    /// Tells whether the lambda at `path` is run by the task that comes to it, then and there.
    static boolean isRunInPlace(TreePath path) {
        return Library.isCall(receiver(path), IN_PLACE);
    }

    /// `Context.run` calls its body at once, in a task or outside.
    private static boolean isRunWhereItStands(TreePath path) {
        return receiver(path) instanceof MethodInvocationTree call
                && Library.isCall(call, Set.of("run"))
                && Library.fullNameOf(ASTHelpers.getSymbol(call).owner).equals("io.asyncio4j.Context");
    }

    /// Returns what is given the expression at `path`: a call, as a rule.
    private static Tree receiver(TreePath path) {
        TreePath parent = path.getParentPath();
        while (parent.getLeaf() instanceof ParenthesizedTree || parent.getLeaf() instanceof TypeCastTree) {
            parent = parent.getParentPath();
        }
        return parent.getLeaf();
    }

    // ------------------------------------------------------------------ what becomes of values

    /// Tells whether the value of a call or of a method reference is dropped: by a statement, or
    /// where none is wanted. Left alone are tests that expect a failure, and methods whose value
    /// may be ignored.
    static boolean isDiscarded(ExpressionTree expression, VisitorState state) {
        return UNUSED.matches(expression, state)
                && !ASTHelpers.hasAnnotation(
                        ASTHelpers.getSymbol(expression),
                        "com.google.errorprone.annotations.CanIgnoreReturnValue",
                        state);
    }

    /// Returns the expressions whose values a lambda or a method reference gives back; a method
    /// reference is one itself.
    static List<ExpressionTree> results(ExpressionTree function) {
        return switch (function) {
            case MemberReferenceTree reference -> List.of(reference);
            case LambdaExpressionTree lambda
            when lambda.getBody() instanceof ExpressionTree result -> List.of(ASTHelpers.stripParentheses(result));
            case LambdaExpressionTree lambda -> {
                var results = new ArrayList<ExpressionTree>();
                visit(lambda.getBody(), tree -> {
                    if (tree instanceof ReturnTree returned && returned.getExpression() != null) {
                        results.add(ASTHelpers.stripParentheses(returned.getExpression()));
                    }
                });
                yield results;
            }
            default -> List.of();
        };
    }

    /// The type of what an expression gives back: what the method returns, for a method reference.
    static @Nullable Type resultType(ExpressionTree result) {
        return result instanceof MemberReferenceTree reference
                ? ASTHelpers.getSymbol(reference).getReturnType()
                : ASTHelpers.getType(result);
    }

    /// Visits a tree and all in it but lambdas and classes, whose code runs at another time.
    static void visit(Tree root, Consumer<Tree> visitor) {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
                if (tree == null || tree instanceof LambdaExpressionTree || tree instanceof ClassTree) {
                    return null;
                }
                visitor.accept(tree);
                return super.scan(tree, null);
            }
        }.scan(root, null);
    }
}
