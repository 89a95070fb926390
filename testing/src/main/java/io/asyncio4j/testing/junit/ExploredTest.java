package io.asyncio4j.testing.junit;

import io.asyncio4j.RunnerOptions;
import io.asyncio4j.testing.ScheduleOptions;
import io.asyncio4j.testing.explore.Exploration;
import io.asyncio4j.testing.explore.ExploredOrder;
import io.asyncio4j.testing.outcome.Thrown;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExecutableInvoker;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/// Runs a test in several interleavings, or in a given one, each with the `@BeforeEach` and
/// `@AfterEach` methods on a fresh instance.
final class ExploredTest {
    private final AsyncTestExtension.Running running;
    private final Method test;
    private final ExecutableInvoker invoker;
    private final FreshInstances instances;

    ExploredTest(AsyncTestExtension.Running running, ExtensionContext context) {
        this.running = running;
        this.test = context.getRequiredTestMethod();
        this.invoker = context.getExecutableInvoker();
        this.instances = FreshInstances.of(context);
    }

    /// Runs the test.
    ///
    /// @throws ScheduleFailure if it fails in an interleaving
    void run() {
        TestSettings settings = running.settings;
        if (settings.seed() == null) {
            new Exploration(ScheduleOptions.of(settings.schedules()), this::runOnce).explore();
        } else {
            Exploration.replay(settings.seed(), this::runOnce);
        }
    }

    private void runOnce(ExploredOrder order) throws Throwable {
        TestLoop loop = new TestLoop(running.settings, order.applyTo(RunnerOptions.defaults()));
        running.loop = loop;
        Thrown thrown = new Thrown();
        thrown.during(() -> runMethods(loop, instances.create(), thrown));
        order.end();
        running.loop = null;
        thrown.during(loop::close);
        thrown.rethrow();
    }

    /// Calls the methods that JUnit would call, in the same order: from the outermost class and the
    /// topmost superclass, and back.
    private void runMethods(TestLoop loop, List<Object> fresh, Thrown thrown) {
        for (Object instance : fresh) {
            for (Method method : AnnotationSupport.findAnnotatedMethods(
                    instance.getClass(), BeforeEach.class, HierarchyTraversalMode.TOP_DOWN)) {
                if (thrown.isEmpty()) {
                    thrown.during(() -> call(loop, method, instance));
                }
            }
        }
        if (thrown.isEmpty()) {
            thrown.during(() -> call(loop, test, fresh.getLast()));
        }
        for (Object instance : fresh.reversed()) {
            for (Method method : AnnotationSupport.findAnnotatedMethods(
                    instance.getClass(), AfterEach.class, HierarchyTraversalMode.BOTTOM_UP)) {
                thrown.during(() -> call(loop, method, instance));
            }
        }
    }

    private void call(TestLoop loop, Method method, Object instance) throws Throwable {
        loop.run(method.getName() + "()", () -> invoker.invoke(method, instance));
    }
}
