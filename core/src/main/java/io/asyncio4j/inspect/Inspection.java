package io.asyncio4j.inspect;

import io.asyncio4j.TaskSnapshot;
import io.asyncio4j.kernel.LiveLoops;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;

/// Lets other processes look at the loops of this one, through a JMX bean with one operation, which
/// `./asyncio4j ps` and `pstree` call.
///
/// `inspect(maxTasks, maxStacks)` returns JSON, by a thread of JMX, so that it answers also while
/// every loop hangs.
final class Inspection implements DynamicMBean {
    /// The bean's name.
    static final String NAME = "io.asyncio4j:type=Inspection";

    /// A loop that takes longer to answer is blocked.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final MBeanInfo INFO = new MBeanInfo(
            Inspection.class.getName(),
            "The event loops and tasks of asyncio4j in this process",
            null,
            null,
            new MBeanOperationInfo[] {
                new MBeanOperationInfo(
                        "inspect",
                        "Returns what is known of every task, as JSON",
                        new MBeanParameterInfo[] {
                            new MBeanParameterInfo("maxTasks", "int", "how many tasks of each loop to tell of"),
                            new MBeanParameterInfo("maxStacks", "int", "how many of these with their stacks")
                        },
                        "java.lang.String",
                        MBeanOperationInfo.INFO)
            },
            null);

    Inspection() {}

    /// Registers the bean.
    ///
    /// @throws JMException if there is one already, of another copy of this library
    static void publish() throws JMException {
        ManagementFactory.getPlatformMBeanServer().registerMBean(new Inspection(), new ObjectName(NAME));
    }

    /// Returns what is known of every loop, as JSON.
    static String inspect(int maxTasks, int maxStacks) {
        List<Object> loops = new ArrayList<>();
        for (LoopSnapshot loop : LoopInspector.read(LiveLoops.list(), PATIENCE, maxTasks, maxStacks)) {
            loops.add(json(loop));
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("pid", ProcessHandle.current().pid());
        all.put("loops", loops);
        return Json.of(all);
    }

    private static Map<String, Object> json(LoopSnapshot loop) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", loop.id());
        if (loop.thread() != null) {
            object.put("thread", loop.thread());
        }
        object.put("state", loop.state());
        if (loop.blockade() != null) {
            object.put("blockade", json(loop.blockade()));
        }
        object.put("tasks", loop.tasks().stream().map(Inspection::json).toList());
        object.put("omitted", loop.omitted());
        object.put("circles", loop.circles());
        if (loop.trouble() != null) {
            object.put("trouble", loop.trouble());
        }
        return object;
    }

    private static Map<String, Object> json(LoopSnapshot.Blockade blockade) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("by", blockade.by());
        object.put("seconds", blockade.lasted().toMillis() / 1e3);
        if (!blockade.reason().isEmpty()) {
            object.put("reason", blockade.reason());
        }
        object.put("stack", blockade.stack());
        return object;
    }

    private static Map<String, Object> json(TaskSnapshot task) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", task.id());
        object.put("name", task.name());
        object.put("state", task.state());
        object.put("about", task.about());
        if (task.awaited() != null) {
            object.put("awaits", task.awaited());
            object.put("awaitsTasks", task.awaitedTasks());
            object.put("waitedSeconds", task.waited().toMillis() / 1e3);
        }
        object.put("stack", task.stack());
        if (!task.createdAt().isEmpty()) {
            object.put("createdAt", task.createdAt());
        }
        return object;
    }

    // ------------------------------------------------------------------ the bean

    @Override
    public Object invoke(String operation, Object[] arguments, String[] signature) {
        if (!operation.equals("inspect") || arguments.length != 2) {
            throw new IllegalArgumentException("There is no operation " + operation + " with " + arguments.length
                    + " arguments; call inspect(int, int)");
        }
        return inspect((int) arguments[0], (int) arguments[1]);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return INFO;
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute);
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName());
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        return new AttributeList();
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }
}
