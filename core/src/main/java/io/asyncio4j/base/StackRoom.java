package io.asyncio4j.base;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The check that enough of the calling thread's stack is left for what the kernel is about to do.
///
/// A stack can overflow at any call. So that it never does so halfway through a change, each entry
/// into the kernel that changes something asks here first. Either the overflow is thrown at once,
/// before anything has changed, or all that follows has room.
public abstract class StackRoom {
    /*
     * HotSpot checks, where a method is entered, that the method's whole frame has room, and throws
     * StackOverflowError if it has not. The interpreter's frame is as large as the method's local variables; compiled
     * code checks for as much, since it may have to go on in the interpreter. So it is enough to enter a method with
     * very many of them, which is made here since nobody wants to read one. The check is one write for each page of
     * 4 KiB.
     */

    /// More than any step of the kernel takes in interpreted code, the JDK's suspension of a
    /// virtual thread included.
    private static final StackRoom FOR_STEP = ofKilobytes(8);

    /// For operations of several steps, of which each then passes the check of its own.
    private static final StackRoom FOR_STEPS = ofKilobytes(14);

    /// Always false, which the compiler does not know: so it keeps the frame.
    private static boolean exhausted;

    /// Checks that there is room for one step of the kernel.
    ///
    /// @throws StackOverflowError if there is not
    public static void require() {
        FOR_STEP.check(exhausted);
    }

    /// Checks that there is room for an operation of several steps.
    ///
    /// @throws StackOverflowError if there is not
    public static void requireForSteps() {
        FOR_STEPS.check(exhausted);
    }

    /// Does nothing, in a large frame.
    ///
    /// @param never false
    abstract void check(boolean never);

    private static StackRoom ofKilobytes(int kilobytes) {
        ClassDesc parent = ClassDesc.of(StackRoom.class.getName());
        MethodTypeDesc check = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_boolean);
        int lastVariable = kilobytes * 1024 / Long.BYTES;
        byte[] made = ClassFile.of()
                .build(
                        parent.nested("Of" + kilobytes),
                        type -> type.withSuperclass(parent)
                                .withMethodBody(
                                        ConstantDescs.INIT_NAME,
                                        ConstantDescs.MTD_void,
                                        0,
                                        code -> code.aload(0)
                                                .invokespecial(parent, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "check",
                                        check,
                                        0,
                                        code -> code.iload(1)
                                                .ifThen(never -> never.iload(1)
                                                        .istore(lastVariable)
                                                        .aload(0)
                                                        .iload(1)
                                                        .invokevirtual(parent, "check", check))
                                                .return_()));
        try {
            MethodHandles.Lookup type = MethodHandles.lookup().defineHiddenClass(made, true);
            return (StackRoom) type.findConstructor(type.lookupClass(), MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable unable) {
            throw new ExceptionInInitializerError(unable);
        }
    }
}
