package io.asyncio4j.cli;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/// Asks another process for its loops and tasks: attaches to it as `jcmd` does, has it open a
/// connection for this machine's user, and calls the bean that asyncio4j has registered there.
final class Attachment {
    private static final String BEAN = "io.asyncio4j:type=Inspection";

    /// A process registers the bean when it sees that JMX is in use, for which it looks four times
    /// a second.
    private static final int ATTEMPTS = 15;

    private static final long PAUSE_MILLIS = 100;

    /// How long the JDK's tools may take to connect: they give up after 10 seconds, and are let
    /// clean up behind them.
    private static final long CONNECT_SECONDS = 15;

    /// From when on a process that cannot be attached to is one that does not answer.
    private static final long SILENCE_SECONDS = 5;

    /// How long a process may take to answer: it waits a second for loops that are blocked, and
    /// walks stacks.
    private static final long ANSWER_SECONDS = 30;

    private final long pid;

    Attachment(long pid) {
        this.pid = pid;
    }

    /// Returns what the process tells, as it has sent it.
    ///
    /// @throws Refusal if it cannot be asked
    String inspect(int maxTasks, int maxStacks) {
        requireProcess();
        String address = inTime(CONNECT_SECONDS, this::connectorAddress);
        return inTime(ANSWER_SECONDS, () -> call(address, maxTasks, maxStacks));
    }

    // ------------------------------------------------------------------ whom to ask

    private void requireProcess() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            throw new Refusal("there is no process " + pid);
        }
        if (pid == ProcessHandle.current().pid()) {
            throw new Refusal("process " + pid + " is this command itself");
        }
        String owner = process.get().info().user().orElse(null);
        String me = ProcessHandle.current().info().user().orElse(null);
        if (owner != null && me != null) {
            requireMine(owner, me);
        }
        requireJava(process.get());
    }

    /// Only the user of a process may attach to it; not even the administrator may in some systems.
    void requireMine(String owner, String me) {
        if (!owner.equals(me) && !me.equals("root")) {
            throw new Refusal("process " + pid + " belongs to user " + owner + ", and you are " + me + "; run this as "
                    + owner + ", for example with sudo -u " + owner);
        }
    }

    /// A signal by which the JDK asks for a connection would end a process that is no JVM.
    private void requireJava(ProcessHandle process) {
        boolean java;
        try {
            java = Files.readString(Path.of("/proc/" + pid + "/maps"), StandardCharsets.ISO_8859_1)
                    .contains("libjvm.so");
        } catch (IOException unreadable) {
            return; // the JDK will find out
        }
        if (!java) {
            throw new Refusal("process " + pid + " is not a Java process, but "
                    + process.info().command().orElse("another program"));
        }
    }

    // ------------------------------------------------------------------ asking

    @SuppressWarnings("BanJNDI") // the address is the one the attached process has given, on this machine
    private String call(String address, int maxTasks, int maxStacks) throws Exception {
        try (JMXConnector connection = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            var server = connection.getMBeanServerConnection();
            for (int attempt = 1; ; attempt++) {
                try {
                    return (String) Objects.requireNonNull(server.invoke(
                            new ObjectName(BEAN), "inspect", new Object[] {maxTasks, maxStacks}, new String[] {
                                "int", "int"
                            }));
                } catch (InstanceNotFoundException absent) {
                    if (attempt == ATTEMPTS) {
                        throw new Refusal("no event loop of asyncio4j has run in process " + pid
                                + ", or its library is too old to be asked");
                    }
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            }
        } catch (JMException failed) {
            throw refusal("failed to answer: " + failed);
        }
    }

    private String connectorAddress() throws IOException {
        long begun = System.nanoTime();
        VirtualMachine machine;
        try {
            machine = VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException | IOException e) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            if (seconds >= SILENCE_SECONDS) {
                throw silence(seconds);
            }
            throw refusal("cannot be attached to: " + e.getMessage()
                    + " (is it a Java program, started without -XX:+DisableAttachMechanism?)");
        }
        try {
            return machine.startLocalManagementAgent();
        } finally {
            machine.detach();
        }
    }

    /// Attaching waits for the other process, which may be stopped.
    private String inTime(long seconds, Callable<String> question) {
        FutureTask<String> answer = new FutureTask<>(question);
        Thread.ofPlatform().daemon().name("attachment").start(answer);
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw silence(seconds);
        } catch (InterruptedException e) {
            throw new Refusal("interrupted");
        } catch (ExecutionException e) {
            throw refusal(e.getCause());
        }
    }

    private Refusal silence(long seconds) {
        return refusal("did not answer for " + seconds + " seconds; is it stopped, or out of memory?");
    }

    /// Says why asking failed.
    Refusal refusal(@Nullable Throwable cause) {
        return cause instanceof Refusal refusal ? refusal : refusal("cannot be asked: " + cause);
    }

    /// @param what has failed, unless the process is over
    private Refusal refusal(String what) {
        boolean alive = ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        return new Refusal("process " + pid + " " + (alive ? what : "has ended meanwhile"));
    }
}
