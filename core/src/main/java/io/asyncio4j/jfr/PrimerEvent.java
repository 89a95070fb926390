package io.asyncio4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Experimental;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// For the flight recorder, says nothing: it is lost instead of the event that follows it.
///
/// In JDK 25 the first event that a platform thread commits after a virtual thread mounted on it
/// has committed one is lost. On the carrier engine the loop's thread is in that situation all the
/// time.
@Name("io.asyncio4j.Primer")
@Label("Primer")
@Description("Says nothing; the JDK loses it instead of the event that follows")
@Category("asyncio4j")
@StackTrace(false)
@Experimental
public final class PrimerEvent extends Event {
    /// The calling thread is about to commit an event.
    ///
    /// @param mountsTasks whether the loop's thread carries virtual threads, so that an event may
    ///     be lost
    public static void precede(boolean mountsTasks) {
        if (mountsTasks && !Thread.currentThread().isVirtual()) {
            new PrimerEvent().commit();
        }
    }
}
