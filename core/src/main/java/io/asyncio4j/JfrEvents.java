package io.asyncio4j;

import jdk.jfr.FlightRecorder;

/// What the JDK's flight recorder is told. Where there is no recording, or no flight recorder at
/// all, as in an image without the module `jdk.jfr`, nothing is: no class of an event is even
/// loaded.
final class JfrEvents {
    /*
     * FlightRecorder.isInitialized() is a read of a field, false until the first recording of the process. After
     * that, isEnabled() of an event that no recording wants is a field or two. So a recording may begin at any time,
     * and no code here refers to an event before one has.
     */

    private static final boolean PRESENT = isPresent();

    private JfrEvents() {}

    private static boolean isPresent() {
        try {
            var _ = FlightRecorder.isInitialized();
            return true;
        } catch (LinkageError absent) {
            return false;
        }
    }

    private static boolean isOn() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    /// Whether a recording wants what only a [StepObserver] knows.
    static boolean wantLoop() {
        return isOn() && LoopRecording.isWanted();
    }

    static void taskCreated(Task<?> task) {
        if (isOn()) {
            try {
                TaskCreatedEvent.commit(task);
            } catch (Throwable unable) {
                task.loop.problems.lose(unable);
            }
        }
    }

    static void taskEnded(Task<?> task) {
        if (isOn()) {
            try {
                TaskEndedEvent.commit(task);
            } catch (Throwable unable) {
                task.loop.problems.lose(unable);
            }
        }
    }

    /// The loop can never go on.
    static void deadlock(Loop loop, String message) {
        if (isOn()) {
            DeadlockEvent.commit(loop, message);
        }
    }
}
