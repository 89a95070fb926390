package io.asyncio4j.cli.run;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/// The types of a program that can be started.
///
/// They are picked as Java's source launcher does: the first type of the file, or else the one with
/// the name of the file.
final class MainClasses {
    private final Set<String> startable = new HashSet<>();
    private final Set<String> withMain = new HashSet<>();

    /// Takes a type that the compiler has analyzed.
    void add(TypeElement type, Elements elements) {
        List<ExecutableElement> mains = ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
                .filter(MainClasses::isMain)
                .toList();
        if (mains.isEmpty()) {
            return;
        }
        String name = type.getQualifiedName().toString();
        withMain.add(name);
        boolean takesArguments =
                mains.stream().anyMatch(main -> !main.getParameters().isEmpty());
        boolean needsInstance = mains.stream()
                .filter(main -> main.getParameters().isEmpty() != takesArguments)
                .anyMatch(main -> !main.getModifiers().contains(Modifier.STATIC));
        if (!needsInstance || canBeInstantiated(type)) {
            startable.add(name);
        }
    }

    private static boolean isMain(ExecutableElement method) {
        return method.getSimpleName().contentEquals("main")
                && method.getReturnType().getKind() == TypeKind.VOID
                && !method.getModifiers().contains(Modifier.PRIVATE)
                && !method.getModifiers().contains(Modifier.ABSTRACT)
                && (method.getParameters().isEmpty()
                        || (method.getParameters().size() == 1
                                && isStrings(method.getParameters().getFirst())));
    }

    private static boolean isStrings(VariableElement parameter) {
        return parameter.asType() instanceof ArrayType array
                && array.getComponentType().toString().equals("java.lang.String");
    }

    private static boolean canBeInstantiated(TypeElement type) {
        return type.getKind() == ElementKind.CLASS
                && !type.getModifiers().contains(Modifier.ABSTRACT)
                && ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                        .anyMatch(constructor -> constructor.getParameters().isEmpty()
                                && !constructor.getModifiers().contains(Modifier.PRIVATE));
    }

    /// Returns the name of the type to start; nothing if there is none, or one that has an instance
    /// method `main` and cannot be made.
    Optional<String> choose(ProgramShape shape, String fileName) {
        String first = shape.types().getFirst();
        String folder = first.substring(0, first.lastIndexOf('.') + 1);
        String named = folder + fileName.substring(0, fileName.length() - ".java".length());
        String chosen = withMain.contains(first) ? first : named;
        return shape.types().contains(chosen) && startable.contains(chosen) ? Optional.of(chosen) : Optional.empty();
    }
}
