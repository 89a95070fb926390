package io.asyncio4j.inspect;

import io.asyncio4j.diagnose.Watchdog;
import javax.management.MBeanServerFactory;

/// The registration of [Inspection], once for the process.
public final class Publication implements Watchdog.Chore {
    private static final System.Logger LOG = System.getLogger("io.asyncio4j");

    /// Whether somebody uses JMX in this process, as does who attaches to it: before that, nobody
    /// can look for the bean, and loading JMX for it would take half a second of a processor.
    @Override
    public boolean isDue() {
        try {
            return !MBeanServerFactory.findMBeanServer(null).isEmpty();
        } catch (LinkageError absent) {
            return false;
        }
    }

    @Override
    public void run() {
        try {
            Inspection.publish();
        } catch (Exception | LinkageError unable) {
            // Without the module java.management, or with a second copy of this library, nobody can.
            LOG.log(System.Logger.Level.DEBUG, "The loops of this process cannot be inspected from outside", unable);
        }
    }
}
