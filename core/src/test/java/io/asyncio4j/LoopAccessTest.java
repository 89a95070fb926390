package io.asyncio4j;

import static io.asyncio4j.Asyncio.run;
import static io.asyncio4j.Asyncio.runningLoop;
import static org.assertj.core.api.Assertions.assertThat;

import io.asyncio4j.spi.LoopAccess;
import org.junit.jupiter.api.Test;

/// The access of modules to a loop.
final class LoopAccessTest {
    @Test
    void keepsOneAttachmentOfAType() {
        run(() -> {
            LoopAccess loop = EventLoop.access();
            StringBuilder kept = loop.attachment(StringBuilder.class, StringBuilder::new);
            assertThat(loop.attachment(StringBuilder.class, StringBuilder::new)).isSameAs(kept);
        });
    }

    @Test
    void tellsTheLoopsTimeModeAndTasks() {
        run(() -> {
            LoopAccess loop = EventLoop.access();
            assertThat(loop.time()).isLessThanOrEqualTo(runningLoop().time());
            assertThat(loop.isDebug()).isEqualTo(runningLoop().isDebug());
            assertThat(loop.tasks()).extracting(TaskSnapshot::name).containsExactly("Task-1");
        });
    }
}
