package io.asyncio4j.checks;

import com.google.errorprone.VisitorState;
import com.google.errorprone.fixes.SuggestedFix;
import com.google.errorprone.util.ASTHelpers;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.TypeTag;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The types and methods of asyncio4j as the compiler sees them. All are found by name: the checks
/// run beside any version of the library.
final class Library {
    private static final String PACKAGE = "io.asyncio4j";
    private static final String FUNCTIONS = PACKAGE + ".Asyncio";
    private static final String GROUP = PACKAGE + ".TaskGroup";

    /// Makes a future that does its work whether or not somebody waits.
    private static final Set<String> CREATORS =
            Set.of("createTask", "gather", "gatherOutcomes", "shield", "runInExecutor");

    private Library() {}

    // ------------------------------------------------------------------ types

    /// Tells whether the library declares a type.
    static boolean declares(@Nullable Type type) {
        return type != null && !type.isPrimitiveOrVoid() && declares(type.tsym);
    }

    /// Tells whether the library declares a type or a method.
    static boolean declares(@Nullable Symbol symbol) {
        if (symbol == null) {
            return false;
        }
        String name = packageOf(symbol);
        return name.equals(PACKAGE) || name.startsWith(PACKAGE + ".");
    }

    static boolean isFuture(@Nullable Type type, VisitorState state) {
        return isA(type, PACKAGE + ".Future", state);
    }

    /// Tells whether a type is that of something which runs only if somebody awaits it.
    static boolean isCoroutine(@Nullable Type type, VisitorState state) {
        return !isFuture(type, state)
                && Stream.of("Awaitable", "VoidCoroutine", "VoidBody")
                        .anyMatch(name -> isA(type, PACKAGE + "." + name, state));
    }

    static boolean isStage(@Nullable Type type, VisitorState state) {
        return isA(type, "java.util.concurrent.CompletionStage", state);
    }

    /// Tells whether a type is a class or a subtype of it; false if there is no such class.
    static boolean isA(@Nullable Type type, String className, VisitorState state) {
        if (type == null || type.isPrimitiveOrVoid() || type.hasTag(TypeTag.BOT) || type.isErroneous()) {
            return false;
        }
        Type wanted = state.getTypeFromString(className);
        return wanted != null && ASTHelpers.isSubtype(type, wanted, state);
    }

    /// The simple name of a type, for messages.
    static String typeName(@Nullable Type type) {
        return type == null ? "value" : nameOf(type.tsym);
    }

    /// The simple name of a type, with its article.
    static String aType(@Nullable Type type) {
        String name = typeName(type);
        return ("AEIOU".indexOf(name.charAt(0)) < 0 ? "a " : "an ") + name;
    }

    /// The text of a piece of a program, for messages and fixes.
    static String source(Tree tree, VisitorState state) {
        return Objects.requireNonNullElse(state.getSourceForNode(tree), "...");
    }

    /// The simple name of a type or a method.
    static String nameOf(Symbol symbol) {
        return symbol.getSimpleName().toString();
    }

    static String packageOf(Symbol symbol) {
        return ASTHelpers.enclosingPackage(symbol).map(Library::fullNameOf).orElse("");
    }

    static String fullNameOf(Symbol symbol) {
        return symbol.getQualifiedName().toString();
    }

    // ------------------------------------------------------------------ methods

    /// Tells whether a tree calls a method of the library with one of the given names.
    static boolean isCall(Tree tree, Set<String> names) {
        return tree instanceof MethodInvocationTree call && isMethod(ASTHelpers.getSymbol(call), names);
    }

    static boolean isMethod(@Nullable Symbol method, Set<String> names) {
        return method != null && names.contains(nameOf(method)) && declares(method);
    }

    /// Tells whether a call, or a reference to a method, makes a future that is lost if nobody
    /// awaits it. A task group's tasks are not: the group waits for them.
    static boolean isCreator(ExpressionTree tree, VisitorState state) {
        return isMethod(ASTHelpers.getSymbol(tree), CREATORS) && !isA(ASTHelpers.getReceiverType(tree), GROUP, state);
    }

    /// Tells whether a method's declaration says that it returns a future. That of `Map.get` does
    /// not.
    static boolean isDeclaredToReturnFuture(@Nullable Symbol symbol, VisitorState state) {
        return symbol instanceof MethodSymbol method
                && !method.isConstructor()
                && !method.getReturnType().hasTag(TypeTag.TYPEVAR)
                && isFuture(method.getReturnType(), state);
    }

    // ------------------------------------------------------------------ fixes

    /// Awaits an expression.
    static SuggestedFix awaiting(ExpressionTree expression, VisitorState state) {
        var fix = SuggestedFix.builder();
        String await = function("await", fix, state);
        return fix.prefixWith(expression, await + "(")
                .postfixWith(expression, ")")
                .build();
    }

    /// Returns how to write a function of `Asyncio` at the place of `state`.
    ///
    /// @param fix gets the import that this needs
    static String function(String name, SuggestedFix.Builder fix, VisitorState state) {
        if (isImported(name, state) && !isHidden(name, state)) {
            return name;
        }
        fix.addImport(FUNCTIONS);
        return "Asyncio." + name;
    }

    /// Tells whether a compilation unit has a static import of a function of `Asyncio`.
    static boolean isImported(String name, VisitorState state) {
        return state.getPath().getCompilationUnit().getImports().stream()
                .filter(ImportTree::isStatic)
                .map(line -> line.getQualifiedIdentifier().toString())
                .anyMatch(what -> what.equals(FUNCTIONS + ".*") || what.equals(FUNCTIONS + "." + name));
    }

    /// Tells whether an enclosing class has a method of a name, which hides the function.
    private static boolean isHidden(String name, VisitorState state) {
        for (Tree tree : state.getPath()) {
            if (tree instanceof ClassTree type
                    && !ASTHelpers.findMatchingMethods(
                                    state.getName(name), _ -> true, ASTHelpers.getType(type), state.getTypes())
                            .isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
