package io.asyncio4j.testing;

import io.asyncio4j.Body;
import io.asyncio4j.VoidBody;
import io.asyncio4j.testing.memory.MemoryMachine;
import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A host of a [MemoryNetwork]: where servers listen, and where tasks connect from.
public final class MemoryHost {
    private final MemoryMachine machine;

    MemoryHost(MemoryMachine machine) {
        this.machine = machine;
    }

    /// Returns the name by which other hosts find it.
    public String name() {
        return machine.name();
    }

    /// Returns its address, which is made up.
    public InetAddress address() {
        return machine.address();
    }

    /// Runs a coroutine at this host, with the tasks that it creates: their servers listen here,
    /// and their connections come from here.
    ///
    /// @throws X what the coroutine throws
    public <T extends @Nullable Object, X extends Exception> T run(Body<T, X> body) throws X {
        return machine.run(body);
    }

    /// Runs a coroutine without a result at this host.
    ///
    /// @throws X what the coroutine throws
    public <X extends Exception> void run(VoidBody<X> body) throws X {
        run(Objects.requireNonNull(body, "body").returningNull());
    }

    /// Returns its name and address.
    @Override
    public String toString() {
        return "MemoryHost[" + machine.name() + ", " + machine.address().getHostAddress() + "]";
    }
}
