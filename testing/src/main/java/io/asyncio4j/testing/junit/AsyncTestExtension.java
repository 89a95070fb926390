package io.asyncio4j.testing.junit;

import io.asyncio4j.EventLoop;
import io.asyncio4j.RunnerOptions;
import io.asyncio4j.testing.TestClock;
import io.asyncio4j.testing.VirtualClock;
import io.asyncio4j.testing.outcome.Thrown;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/// Runs the methods of an [AsyncTest][io.asyncio4j.testing.AsyncTest] as tasks of a loop.
///
/// JUnit makes one for each test method, and calls it around that method and those with
/// `@BeforeEach` and `@AfterEach`. A test in several interleavings is run by [ExploredTest]
/// instead, within the call of the test method; JUnit's calls of the other methods are then passed
/// over.
public final class AsyncTestExtension
        implements BeforeEachCallback, AfterEachCallback, InvocationInterceptor, ParameterResolver {
    /// The test that an [ExtensionContext] is about.
    static final class Running {
        final TestSettings settings;

        /// The loop of the test, or of the interleaving that is tried; null between those.
        @Nullable
        TestLoop loop;

        Running(TestSettings settings) {
            this.settings = settings;
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestSettings settings = TestSettings.of(context.getRequiredTestClass(), context.getRequiredTestMethod());
        Running running = new Running(settings);
        if (!settings.explores()) {
            RunnerOptions options = RunnerOptions.defaults();
            boolean virtual = settings.clock() == TestClock.VIRTUAL;
            running.loop = new TestLoop(settings, virtual ? options.clock(new VirtualClock()) : options);
        }
        store(context).put(Running.class, running);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Running running = store(context).get(Running.class, Running.class);
        if (running != null && running.loop != null) {
            try {
                running.loop.close();
            } catch (Throwable thrown) {
                throw Thrown.<Exception>sneaky(thrown);
            }
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(AsyncTestExtension.class));
    }

    private static Running running(ExtensionContext context) {
        Running running = store(context).get(Running.class, Running.class);
        if (running == null) {
            throw new IllegalStateException("No @AsyncTest runs in " + context.getDisplayName());
        }
        return running;
    }

    // ------------------------------------------------------------------ methods

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runAround(invocation, method, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Running running = running(context);
        if (running.settings.explores()) {
            invocation.skip();
            new ExploredTest(running, context).run();
        } else {
            runAround(invocation, method, context);
        }
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        runAround(invocation, method, context);
    }

    private static void runAround(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        TestLoop loop = running(context).loop;
        if (loop == null) {
            invocation.skip();
        } else {
            loop.run(method.getExecutable().getName() + "()", invocation::proceed);
        }
    }

    // ------------------------------------------------------------------ parameters

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return (type == EventLoop.class || type == VirtualClock.class)
                && !(parameter.getDeclaringExecutable() instanceof Constructor<?>);
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running = running(context);
        if (parameter.getParameter().getType() == VirtualClock.class && running.settings.clock() == TestClock.REAL) {
            throw new ParameterResolutionException("There is no VirtualClock in '" + running.settings.test()
                    + "', which runs in real time; remove the parameter, or clock = REAL");
        }
        TestLoop loop = running.loop;
        if (loop == null) {
            return null; // of a call that is passed over
        }
        return parameter.getParameter().getType() == EventLoop.class ? loop.eventLoop() : loop.clock();
    }
}
