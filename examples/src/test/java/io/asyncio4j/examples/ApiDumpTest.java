package io.asyncio4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The public API of each module, as `api/MODULE.txt` has it: a change of the one is a change of
/// the other.
final class ApiDumpTest {
    private static final String REGENERATE = "asyncio4j.api.write";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "core, io.asyncio4j.Asyncio", //
        "streams, io.asyncio4j.streams.Streams",
        "testing, io.asyncio4j.testing.VirtualClock",
        "web, io.asyncio4j.web.WebApp"
    })
    void thePublicApiIsTheOneThatWasCommitted(String module, Class<?> member) throws Exception {
        List<String> actual = dump(member);
        Path file = Launch.ROOT.resolve("api").resolve(module + ".txt");
        if (Boolean.getBoolean(REGENERATE)) {
            Files.write(file, actual);
        }
        assertThat(Files.readAllLines(file))
                .as("api/" + module + ".txt; if the change is meant, say so in CHANGELOG.md and regenerate it with"
                        + " mvn -pl examples -am test -Dtest=ApiDumpTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -D" + REGENERATE + "=true")
                .isEqualTo(actual);
    }

    /// Describes the public types in the packages that a class's module exports.
    private static List<String> dump(Class<?> member) throws Exception {
        Path location = Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
        ModuleReference module = ModuleFinder.of(location).findAll().iterator().next();
        Set<String> exported = module.descriptor().exports().stream()
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        List<String> lines = new ArrayList<>();
        try (ModuleReader reader = module.open();
                Stream<String> files = reader.list()) {
            files.filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
                    .map(ApiDumpTest::load)
                    .filter(ApiDumpTest::isPublic)
                    .sorted(Comparator.comparing((Class<?> type) -> type.getPackageName())
                            .thenComparing(type -> type.getName()))
                    .forEach(type -> describe(type, lines));
        }
        return lines;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ApiDumpTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isPublic(Class<?> type) {
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            if (!Modifier.isPublic(outer.getModifiers())) {
                return false;
            }
        }
        return !type.isAnonymousClass() && !type.isLocalClass();
    }

    private static void describe(Class<?> type, List<String> lines) {
        lines.add(heading(type));
        List<String> members = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (isApi(field.getModifiers()) && !field.isSynthetic()) {
                members.add(modifiers(field.getModifiers()) + name(field.getAnnotatedType()) + " " + field.getName());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isApi(constructor.getModifiers()) && !constructor.isSynthetic()) {
                members.add(signature(constructor, "", type.getSimpleName()));
            }
        }
        for (Method method : methods(type)) {
            if (isApi(method.getModifiers()) && !method.isSynthetic() && !isOfEveryRecord(type, method)) {
                members.add(signature(method, name(method.getAnnotatedReturnType()) + " ", method.getName()));
            }
        }
        members.stream()
                .sorted(Comparator.comparing(ApiDumpTest::nameOfMember).thenComparing(text -> text))
                .forEach(member -> lines.add("    " + member));
    }

    /// The methods of a type and those that it has from a superclass which programs cannot name.
    private static List<Method> methods(Class<?> type) {
        List<Method> methods = new ArrayList<>(List.of(type.getDeclaredMethods()));
        for (Class<?> above = type.getSuperclass(); above != null && !isPublic(above); above = above.getSuperclass()) {
            methods.addAll(List.of(above.getDeclaredMethods()));
        }
        return methods;
    }

    private static boolean isOfEveryRecord(Class<?> type, Method method) {
        return type.isRecord() && List.of("toString", "equals", "hashCode").contains(method.getName());
    }

    /// `name(` or `name`, after the last blank before the parameters.
    private static String nameOfMember(String member) {
        String declared = member.contains("(") ? member.substring(0, member.indexOf('(') + 1) : member;
        return declared.substring(declared.lastIndexOf(' ') + 1);
    }

    private static boolean isApi(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String heading(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
        int modifiers = type.getModifiers() & ~(Modifier.INTERFACE | Modifier.STATIC);
        if (type.isInterface()) {
            modifiers &= ~Modifier.ABSTRACT;
        }
        StringBuilder line = new StringBuilder(modifiers(modifiers));
        if (type.isSealed()) {
            line.append("sealed ");
        }
        line.append(kind).append(' ').append(type.getName().replace('$', '.')).append(variables(type));
        if (type.isRecord()) {
            line.append(Arrays.stream(type.getRecordComponents())
                    .map(ApiDumpTest::component)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        AnnotatedType parent = type.getAnnotatedSuperclass();
        if (parent != null
                && isPublic(type.getSuperclass())
                && type.getSuperclass() != Object.class
                && !type.isRecord()) {
            line.append(" extends ").append(name(parent));
        }
        String interfaces = publicInterfaces(type);
        if (!interfaces.isEmpty()) {
            line.append(type.isInterface() ? " extends " : " implements ").append(interfaces);
        }
        return line.toString();
    }

    private static String publicInterfaces(Class<?> type) {
        AnnotatedType[] annotated = type.getAnnotatedInterfaces();
        return IntStream.range(0, annotated.length)
                .filter(i -> isPublic(type.getInterfaces()[i]))
                .mapToObj(i -> name(annotated[i]))
                .collect(Collectors.joining(", "));
    }

    private static String component(RecordComponent component) {
        return name(component.getAnnotatedType()) + " " + component.getName();
    }

    private static String signature(Executable executable, String result, String name) {
        StringBuilder line = new StringBuilder(modifiers(executable.getModifiers()));
        if (executable instanceof Method method && method.isDefault()) {
            line.append("default ");
        }
        String variables = variables(executable);
        line.append(variables)
                .append(variables.isEmpty() ? "" : " ")
                .append(result)
                .append(name);
        line.append(Arrays.stream(executable.getParameters())
                .map(ApiDumpTest::parameter)
                .collect(Collectors.joining(", ", "(", ")")));
        if (executable.getGenericExceptionTypes().length > 0) {
            line.append(" throws ").append(names(executable.getAnnotatedExceptionTypes()));
        }
        return line.toString();
    }

    private static String parameter(Parameter parameter) {
        String type = name(parameter.getAnnotatedType());
        return parameter.isVarArgs() ? type.substring(0, type.length() - 2) + "..." : type;
    }

    private static String modifiers(int modifiers) {
        int told = modifiers
                & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT);
        return told == 0 ? "" : Modifier.toString(told) + " ";
    }

    private static String variables(GenericDeclaration declaration) {
        TypeVariable<?>[] variables = declaration.getTypeParameters();
        return variables.length == 0
                ? ""
                : Arrays.stream(variables).map(ApiDumpTest::variable).collect(Collectors.joining(", ", "<", ">"));
    }

    private static String variable(TypeVariable<?> variable) {
        String bounds = Arrays.stream(variable.getAnnotatedBounds())
                .map(ApiDumpTest::name)
                .filter(bound -> !bound.equals("Object"))
                .collect(Collectors.joining(" & "));
        return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
    }

    private static String names(AnnotatedType[] types) {
        return Arrays.stream(types).map(ApiDumpTest::name).collect(Collectors.joining(", "));
    }

    /// The name of a type, without packages.
    private static String name(AnnotatedType type) {
        return withoutPackages(type.toString().replace("@org.jspecify.annotations.Nullable()", "@Nullable"));
    }

    private static String withoutPackages(String name) {
        return name.replace('$', '.').replaceAll("\\b([a-z][a-z0-9]*\\.)+(?=[@A-Z])", "");
    }
}
