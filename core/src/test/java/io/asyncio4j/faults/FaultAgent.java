package io.asyncio4j.faults;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Java agent that has each method of the library call [FaultPoint#pass] wherever memory may run
/// out: before it creates an object, and before it calls the JDK.
public final class FaultAgent implements ClassFileTransformer {
    private static final ClassDesc POINT = ClassDesc.of("io.asyncio4j.faults.FaultPoint");

    /// Owners of methods that allocate nothing, or whose failure is the JDK's to deal with.
    private static final Set<String> SILENT = Set.of(
            "java/lang/Object",
            "java/lang/Runnable",
            "java/util/Objects",
            "java/lang/Math",
            "java/lang/System",
            "java/lang/Boolean",
            "java/lang/invoke/VarHandle",
            "java/lang/invoke/MethodHandle",
            "java/util/concurrent/locks/LockSupport",
            "java/lang/ref/Reference",
            "java/lang/ref/ReferenceQueue");

    /// The same, of threads.
    private static final Set<String> SILENT_OF_THREADS =
            Set.of("currentThread", "interrupted", "isInterrupted", "isVirtual", "isAlive", "onSpinWait", "interrupt");

    private FaultAgent() {}

    public static void premain(String options, Instrumentation instrumentation) {
        instrumentation.addTransformer(new FaultAgent());
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String className,
            @Nullable Class<?> redefined,
            ProtectionDomain domain,
            byte[] classFile) {
        if (!className.startsWith("io/asyncio4j/")
                || !domain.getCodeSource().getLocation().getPath().endsWith("/classes/")) {
            return null;
        }
        ClassFile api = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                java.lang.classfile.ClassHierarchyResolver.ofResourceParsing(loader)));
        CodeTransform points = (code, element) -> {
            if (element instanceof Instruction instruction && mayAllocate(instruction)) {
                code.invokestatic(POINT, "pass", MethodTypeDesc.of(ConstantDescs.CD_void));
            }
            code.with(element);
        };
        return api.transformClass(
                api.parse(classFile),
                ClassTransform.transformingMethodBodies(
                        method -> !method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)
                                && !method.methodName().stringValue().startsWith("$"), // made by another agent
                        points));
    }

    private static boolean mayAllocate(Instruction instruction) {
        return switch (instruction) {
            case NewObjectInstruction _,
                    NewReferenceArrayInstruction _,
                    NewPrimitiveArrayInstruction _,
                    NewMultiArrayInstruction _,
                    InvokeDynamicInstruction _ -> true;
            case InvokeInstruction call -> isForeign(call);
            default -> false;
        };
    }

    private static boolean isForeign(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        if (!owner.startsWith("java/") || name.equals(ConstantDescs.INIT_NAME) || SILENT.contains(owner)) {
            return false;
        }
        return !owner.equals("java/lang/Thread") || !SILENT_OF_THREADS.contains(name);
    }
}
