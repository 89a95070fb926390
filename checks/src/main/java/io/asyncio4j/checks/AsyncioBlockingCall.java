package io.asyncio4j.checks;

import static com.google.errorprone.BugPattern.LinkType.NONE;
import static com.google.errorprone.BugPattern.SeverityLevel.WARNING;
import static com.google.errorprone.matchers.Description.NO_MATCH;

import com.google.errorprone.BugPattern;
import com.google.errorprone.VisitorState;
import com.google.errorprone.bugpatterns.BugChecker;
import com.google.errorprone.bugpatterns.BugChecker.MemberReferenceTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.MethodInvocationTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.NewClassTreeMatcher;
import com.google.errorprone.bugpatterns.BugChecker.TryTreeMatcher;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.matchers.Description;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreePath;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import io.asyncio4j.checks.BlockingMethods.Remedy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The check for a call in a coroutine that blocks the loop's thread, and with it all tasks.
@BugPattern(
        summary = "This call blocks the loop's thread, so that no other task runs meanwhile.",
        severity = WARNING,
        linkType = NONE)
public final class AsyncioBlockingCall extends BugChecker
        implements MethodInvocationTreeMatcher, MemberReferenceTreeMatcher, NewClassTreeMatcher, TryTreeMatcher {
    private static final long serialVersionUID = 1L;

    private static final String THREAD = "java.lang.Thread";

    /// A call longer than this is not repeated in a message.
    private static final int LONGEST_QUOTE = 60;

    /// Creates the check.
    public AsyncioBlockingCall() {}

    @Override
    public Description matchMethodInvocation(MethodInvocationTree call, VisitorState state) {
        MethodSymbol method = ASTHelpers.getSymbol(call);
        if (isSleepOfThreadByMistake(call, method, state)) {
            return describeSleepOfThread(call, state);
        }
        ExpressionTree receiver = ASTHelpers.getReceiver(call);
        Type type = receiver == null || method.isStatic() ? method.owner.type : ASTHelpers.getType(receiver);
        Optional<Remedy> remedy = BlockingMethods.remedy(method, type, state);
        if (remedy.isEmpty()
                || !CoroutineCode.contains(state)
                || Library.declares(type)
                || InMemory.isSource(receiver, state)
                || InMemory.isAddress(call)) {
            return NO_MATCH;
        }
        var description = buildDescription(call).setMessage(message(method, remedy.get(), call, state));
        if (remedy.get() == Remedy.SLEEP) {
            description.addFix(sleepFix(call, method, state));
        }
        return description.build();
    }

    @Override
    public Description matchMemberReference(MemberReferenceTree reference, VisitorState state) {
        MethodSymbol method = ASTHelpers.getSymbol(reference);
        Type type = method.isStatic() ? method.owner.type : ASTHelpers.getType(reference.getQualifierExpression());
        return BlockingMethods.remedy(method, type, state)
                .filter(_ -> CoroutineCode.isBody(reference, state.getPath())
                        && !InMemory.isSource(reference.getQualifierExpression(), state))
                .map(remedy -> buildDescription(reference)
                        .setMessage(message(method, remedy, reference, state))
                        .build())
                .orElse(NO_MATCH);
    }

    @Override
    public Description matchNewClass(NewClassTree creation, VisitorState state) {
        MethodSymbol constructor = ASTHelpers.getSymbol(creation);
        return BlockingMethods.remedy(constructor, ASTHelpers.getType(creation), state)
                .filter(_ -> CoroutineCode.contains(state))
                .map(remedy -> buildDescription(creation)
                        .setMessage(message(constructor, remedy, creation, state))
                        .build())
                .orElse(NO_MATCH);
    }

    /// An executor that is a resource waits for its threads at the end of the block.
    @Override
    public Description matchTry(TryTree block, VisitorState state) {
        for (Tree resource : block.getResources()) {
            if (Library.isA(ASTHelpers.getType(resource), "java.util.concurrent.ExecutorService", state)
                    && CoroutineCode.contains(state)) {
                state.reportMatch(buildDescription(resource)
                        .setMessage(
                                "The end of this block waits for the executor's threads and blocks the loop's thread,"
                                    + " so that no other task runs meanwhile. Write toThread(() -> ...) with the block"
                                    + " in it, or toThread(...) in place of the executor.")
                        .build());
            }
        }
        return NO_MATCH;
    }

    // ------------------------------------------------------------------ sleep

    /// In a subclass of `Thread`, its `sleep` hides the imported function.
    private static boolean isSleepOfThreadByMistake(
            MethodInvocationTree call, MethodSymbol method, VisitorState state) {
        return call.getMethodSelect() instanceof IdentifierTree
                && Library.nameOf(method).equals("sleep")
                && Library.fullNameOf(method.owner).equals(THREAD)
                && Library.isA(method.getParameters().getFirst().type, "java.time.Duration", state)
                && (CoroutineCode.contains(state) || Library.isImported("sleep", state));
    }

    private Description describeSleepOfThread(MethodInvocationTree call, VisitorState state) {
        return buildDescription(call)
                .setMessage("In a subclass of Thread, sleep is Thread.sleep, which blocks the loop's thread when a task"
                        + " calls it. Write Asyncio.sleep(duration), or Thread.sleep(duration) if that is meant.")
                .addFix(sleepFix(call, ASTHelpers.getSymbol(call), state))
                .build();
    }

    private static SuggestedFix sleepFix(MethodInvocationTree call, MethodSymbol method, VisitorState state) {
        boolean takesDuration = Library.isA(method.getParameters().getFirst().type, "java.time.Duration", state);
        boolean takesMillis = !takesDuration
                && Library.fullNameOf(method.owner).equals(THREAD)
                && call.getArguments().size() == 1;
        if ((!takesDuration && !takesMillis) || isInterruptExpected(state)) {
            return SuggestedFix.emptyFix();
        }
        var fix = SuggestedFix.builder();
        String argument = Library.source(call.getArguments().getFirst(), state);
        if (takesMillis) {
            fix.addImport("java.time.Duration");
            argument = "Duration.ofMillis(" + argument + ")";
        }
        return fix.replace(call, Library.function("sleep", fix, state) + "(" + argument + ")")
                .build();
    }

    /// Tells whether the code around catches an `InterruptedException`, which would not compile
    /// without the call.
    private static boolean isInterruptExpected(VisitorState state) {
        for (TreePath path = state.getPath(); path != null; path = path.getParentPath()) {
            if (path.getLeaf() instanceof TryTree block
                    && block.getCatches().stream()
                            .anyMatch(handler -> Library.source(
                                            handler.getParameter().getType(), state)
                                    .contains("InterruptedException"))) {
                return true;
            }
        }
        return false;
    }

    // ------------------------------------------------------------------ messages

    private static String message(MethodSymbol method, Remedy remedy, ExpressionTree tree, VisitorState state) {
        String name = method.isConstructor()
                ? "new " + method.owner.getSimpleName()
                : method.owner.getSimpleName() + "." + method.getSimpleName();
        ExpressionTree receiver = method.isConstructor() ? null : ASTHelpers.getReceiver(tree);
        return name + " blocks the loop's thread, so that no other task runs meanwhile. "
                + remedy.text(toThread(tree, state), quoted(receiver, state));
    }

    private static String toThread(ExpressionTree tree, VisitorState state) {
        return tree instanceof MemberReferenceTree reference
                ? "() -> toThread(() -> " + quoted(reference.getQualifierExpression(), state) + "."
                        + reference.getName() + "())"
                : "toThread(() -> " + quoted(tree, state) + ")";
    }

    private static String quoted(@Nullable ExpressionTree tree, VisitorState state) {
        String source = tree == null ? "" : Library.source(tree, state);
        return source.isEmpty() || source.length() > LONGEST_QUOTE || source.contains("\n") ? "..." : source;
    }
}
