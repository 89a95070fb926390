package io.asyncio4j.checks;

import com.google.errorprone.VisitorState;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Streams, readers and addresses whose data is there already, so that nothing blocks.
final class InMemory {
    private static final List<String> SOURCES = List.of(
            "java.io.ByteArrayInputStream", "java.io.StringReader", "java.io.CharArrayReader", "java.lang.String");

    private InMemory() {}

    /// Tells whether an expression is seen to be a source in memory, or to wrap one:
    /// `new Scanner(text)`, or a variable that is declared with that as its value.
    static boolean isSource(@Nullable ExpressionTree expression, VisitorState state) {
        if (expression == null) {
            return false;
        }
        Type type = ASTHelpers.getType(expression);
        if (SOURCES.stream().anyMatch(source -> Library.isA(type, source, state))) {
            return true;
        }
        return switch (expression) {
            case NewClassTree creation ->
                !creation.getArguments().isEmpty()
                        && isSource(creation.getArguments().getFirst(), state);
            case IdentifierTree name -> isSource(valueOf(name, state), state);
            default -> false;
        };
    }

    /// Returns the value with which the file declares a variable.
    private static @Nullable ExpressionTree valueOf(IdentifierTree name, VisitorState state) {
        Symbol variable = ASTHelpers.getSymbol(name);
        ExpressionTree[] value = {null};
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitVariable(VariableTree declaration, @Nullable Void unused) {
                if (ASTHelpers.getSymbol(declaration).equals(variable)) {
                    value[0] = declaration.getInitializer();
                }
                return super.visitVariable(declaration, null);
            }
        }.scan(state.getPath().getCompilationUnit(), null);
        return value[0];
    }

    /// Tells whether a call looks up an address that is written in digits: no name server is asked.
    static boolean isAddress(MethodInvocationTree call) {
        return !call.getArguments().isEmpty() && isDigits(call.getArguments().getFirst());
    }

    private static boolean isDigits(Tree tree) {
        return tree instanceof LiteralTree literal
                && literal.getValue() instanceof String text
                && text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    }
}
