package io.asyncio4j.jfr;

import jdk.jfr.FlightRecorder;

/// The gate before the events of the JDK's flight recorder. Where there is no recording, or no
/// flight recorder at all, as in an image without the module `jdk.jfr`, no class of an event is
/// even loaded.
public final class JfrEvents {
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

    /// Whether there may be a recording.
    public static boolean areOn() {
        return PRESENT && FlightRecorder.isInitialized();
    }
}
