package io.asyncio4j.diagnose;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The signs in a stack that its thread loads or links classes.
///
/// That happens once, at the first use of what is loaded, so a step that takes long for it will not
/// do so again. What cannot be told from other work, such as the verification of a class, is not
/// seen here.
final class ClassLoading {
    private static final Set<String> LOADERS =
            Set.of("java.lang.ClassLoader", "java.security.SecureClassLoader", "java.net.URLClassLoader");

    /// The types that link call sites and make classes for them. None calls code of the program but
    /// loaders, bootstrap methods and static initializers.
    private static final Set<String> LINKERS = Set.of(
            "java.lang.invoke.InnerClassLambdaMetafactory",
            "java.lang.invoke.InvokerBytecodeGenerator",
            "java.lang.invoke.MethodHandleNatives",
            "java.lang.invoke.MethodHandles$Lookup",
            "java.lang.reflect.ProxyGenerator");

    private ClassLoading() {}

    /// Whether a thread of this stack loads or links classes on behalf of what the loop runs.
    ///
    /// A static initializer of the program is code of the program, whoever has it run.
    ///
    /// @param stack innermost frame first
    static boolean isIn(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            if (isLoading(frame)) {
                return true;
            }
            if (BlockedStep.isBelowStep(frame) || isInitializerOfProgram(frame)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isLoading(StackTraceElement frame) {
        String type = frame.getClassName();
        String method = frame.getMethodName();
        if (LOADERS.contains(type) || type.startsWith("jdk.internal.loader.")) {
            return method.startsWith("loadClass") || method.startsWith("findClass") || method.startsWith("defineClass");
        }
        return LINKERS.contains(type)
                || (type.equals("sun.instrument.InstrumentationImpl") && method.equals("transform"));
    }

    private static boolean isInitializerOfProgram(StackTraceElement frame) {
        return frame.getMethodName().equals("<clinit>") && !isOfJdk(frame.getModuleName());
    }

    private static boolean isOfJdk(@Nullable String module) {
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }
}
