package io.asyncio4j.streams;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Fails a run of the tests in which memory of Netty's was not given back.
public final class LeakListener implements LauncherSessionListener {
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

    /// Notes what Netty would only log.
    private static final class Detector<T> extends ResourceLeakDetector<T> {
        Detector(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
        }
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
                return new Detector<>(resource, 1);
            }

            @Override
            @SuppressWarnings("deprecation") // declared by the base class
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return new Detector<>(resource, 1);
            }
        });
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        for (int i = 0; i < 3; i++) {
            System.gc();
            io.netty.buffer.Unpooled.directBuffer(8).release(); // the detector looks when something is allocated
            io.netty.buffer.ByteBufAllocator.DEFAULT.directBuffer(8).release();
        }
        if (!LEAKS.isEmpty()) {
            throw new AssertionError("Memory of Netty's was not given back:\n" + String.join("\n", LEAKS));
        }
    }
}
